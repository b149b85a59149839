import type { NostrEvent } from './note.ts';
import { parseAddress, tagValue } from './pointer.ts';

/** What a note replies to, and whether it replies to somebody else. */
export interface ReplyPointer {
  /** Event id or address (`kind:pubkey:d`); absent for something outside Nostr. */
  readonly to?: string;
  readonly toOthers: boolean;
}

/** Whether an id or address is known as the author's own: the archive has the event, or once had it. */
export type IsOwn = (idOrAddress: string) => boolean;

/** The marker of an `e` or `a` tag: one of NIP-10's, or a client's own, such as `quote`. */
const MARKER = /^[a-z]{1,20}$/iu;

/**
 * The parent of a kind 1 note (NIP-10): the tag marked `reply`, else `root`, else, if no tag has a marker, the last `e`
 * tag. Quotes are not parents: an unmarked tag whose id is also in a `q` tag or in `written`, the ids and addresses named
 * in the text, doesn't count. The thread is the author's own if the parent is, or if the tags mention only the author; if
 * they mention nobody, the parent counts as somebody else's.
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

/** The last tag that is not a quote. Looks through the text only if there are candidates; most notes have none. */
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
 * The parent of a comment (NIP-22), in the lower-case tags. Of an addressable event both version and address are given;
 * the address wins, since it survives edits.
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
