import { verifyEvent } from 'nostr-tools/pure';
import { MAX_CONTENT, MAX_EVENT_TAGS, type NostrEvent, type VerifiedEvent } from '../../note/note.ts';

const HEX_64 = /^[0-9a-f]{64}$/u;
const HEX_128 = /^[0-9a-f]{128}$/u;
/** NIP-01 */
const MAX_KIND = 65_535;
/** The last second that fits the four bytes in which relays and clients keep dates. */
const MAX_SECONDS = 2 ** 32 - 1;

const isWhole = (value: unknown, max: number): boolean =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= max;
const isText = (value: unknown): value is string => typeof value === 'string';
const isTag = (tag: unknown): boolean => Array.isArray(tag) && tag.every(isText);

/** What each field has to be (NIP-01), in the order in which problems are reported. */
const FIELDS: Readonly<
  Record<keyof NostrEvent, { readonly expected: string; readonly isValid: (value: unknown) => boolean }>
> = {
  id: { expected: '64 lower-case hex digits', isValid: (id) => isText(id) && HEX_64.test(id) },
  pubkey: { expected: '64 lower-case hex digits', isValid: (key) => isText(key) && HEX_64.test(key) },
  created_at: {
    expected: `a whole number of seconds from 0 to ${MAX_SECONDS}`,
    isValid: (at) => isWhole(at, MAX_SECONDS),
  },
  kind: { expected: `a whole number from 0 to ${MAX_KIND}`, isValid: (kind) => isWhole(kind, MAX_KIND) },
  tags: {
    expected: `an array of at most ${MAX_EVENT_TAGS} arrays of strings`,
    isValid: (tags) => Array.isArray(tags) && tags.length <= MAX_EVENT_TAGS && tags.every(isTag),
  },
  content: {
    expected: `a string of at most ${MAX_CONTENT} UTF-16 units`,
    isValid: (content) => isText(content) && content.length <= MAX_CONTENT,
  },
  sig: { expected: '128 lower-case hex digits', isValid: (sig) => isText(sig) && HEX_128.test(sig) },
};

/** What is wrong with a value that should be an event, as a sentence without a full stop. */
export type EventProblem = { readonly problem: string };

/**
 * A copy of the event, with the fields of NIP-01 only. With `verify`, its id and signature are checked, which takes some
 * milliseconds; without, it's taken for genuine.
 */
export function checkEvent(candidate: unknown, verify: boolean): VerifiedEvent | EventProblem {
  if (typeof candidate !== 'object' || candidate === null || Array.isArray(candidate))
    return { problem: 'it has to be an object' };
  const fields = candidate as Readonly<Record<string, unknown>>;
  for (const [name, { expected, isValid }] of Object.entries(FIELDS))
    if (!isValid(fields[name])) return { problem: `\`${name}\` has to be ${expected}` };
  const { id, pubkey, created_at, kind, tags, content, sig } = candidate as NostrEvent;
  const copy = { id, pubkey, created_at, kind, tags: tags.map((tag) => [...tag]), content, sig };
  // A second copy, because nostr-tools leaves its verdict on the object.
  if (verify && !verifyEvent({ ...copy }))
    return { problem: '`id` or `sig` doesn’t belong to the rest of the event' };
  return copy as NostrEvent as VerifiedEvent;
}
