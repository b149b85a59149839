import type { NostrEvent } from './note.ts';
import { parseAddress, tagValue } from './pointer.ts';

/** What a note answers, and whether its author answers somebody else. */
export interface ReplyPointer {
  /** Id of the event, or address (`kind:pubkey:d`); absent where it is something outside Nostr. */
  readonly to?: string;
  readonly toOthers: boolean;
}

/** Whether an id or address is known to be one of the author's own events: the archive has it, or once had it. */
export type IsOwn = (idOrAddress: string) => boolean;

/** A fourth value of an `e` or `a` tag that says what the tag is for: NIP-10's, or a client's own such as `quote`. */
const MARKER = /^[a-z]{1,20}$/iu;

/**
 * What a kind 1 note answers (NIP-10): the tag marked `reply`, else `root`; without any markers the last `e` tag. What
 * the note quotes answers nothing: an unmarked tag whose id is in a `q` tag or in `written`, the ids and addresses that
 * the text names. The thread is the author's own where the parent is, or where the tags name nobody
 * but the author; where they name nobody at all, the parent is taken for somebody else's.
 */
export function replyPointer(
  event: NostrEvent,
  written: () => ReadonlySet<string>,
  isOwn: IsOwn = () => false,
): ReplyPointer | undefined {
  const candidates = event.tags.filter(
    ([name, value = '']) => (name === 'e' && isId(value)) || (name === 'a' && parseAddress(value)),
  );
  const marked = (marker: string) => candidates.find((tag) => tag[3]?.toLowerCase() === marker);
  const unmarked = candidates.some((tag) => MARKER.test(tag[3] ?? ''))
    ? []
    : candidates.filter(([name]) => name === 'e');
  const parent = marked('reply') ?? marked('root') ?? lastAnswered(unmarked, event, written);
  const to = parent?.[1];
  if (!parent || !to) return undefined;
  const named = parent[0] === 'a' ? to.split(':')[1] : [parent[4], parent[3]].find(isId);
  const people = event.tags.flatMap(([name, pubkey = '']) => (name === 'p' ? [pubkey] : []));
  const isThread = named
    ? named === event.pubkey
    : people.length > 0 && people.every((pubkey) => pubkey === event.pubkey);
  return { to, toOthers: !isThread && !isOwn(to) };
}

/** The last of the tags that is no quotation. Most notes have none: then their text is not looked through. */
function lastAnswered(
  tags: NostrEvent['tags'],
  event: NostrEvent,
  written: () => ReadonlySet<string>,
): NostrEvent['tags'][number] | undefined {
  if (tags.length === 0) return undefined;
  const quoted = new Set(written());
  for (const [name, value = ''] of event.tags) if (name === 'q') quoted.add(value);
  return tags.findLast(([, value = '']) => !quoted.has(value));
}

/**
 * What a comment answers (NIP-22): its parent stands in the tags in small letters. Of an addressable event both version
 * and address are named; the address stays.
 */
export function commentPointer(event: NostrEvent, isOwn: IsOwn = () => false): ReplyPointer {
  const parent =
    event.tags.find(([name, value = '']) => name === 'a' && parseAddress(value) !== undefined) ??
    event.tags.find(([name, value = '']) => name === 'e' && isId(value));
  const [name, to] = parent ?? [];
  const named = (name === 'a' ? to?.split(':')[1] : parent?.[3]) || tagValue(event, 'p');
  if (to === undefined) return { toOthers: named !== event.pubkey };
  return { to, toOthers: named !== event.pubkey && !isOwn(to) };
}

const isId = (value: string | undefined): value is string =>
  value !== undefined && /^[0-9a-f]{64}$/u.test(value);
