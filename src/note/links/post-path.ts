import { decodePointer, encodePointer, type NotePointer, pointerKey } from '../pointer.ts';

/** Digits of an id in an address; enough that two notes of one author won't share them. */
const ID_DIGITS = 16;
/** UTF-16 units, encoded. Nobody types or shares longer addresses; a note with a longer one is addressed by its id. */
const MAX_LENGTH = 500;
const ARTICLE = 30_023;

/** Identifiers that look like an id, a NIP-19 code, or an identifier with its kind. */
const AMBIGUOUS = /^(?:[0-9a-f]{4,64}|(?:nostr:)?n[a-z]+1.*|\d{1,5}:.*|\.{0,2})$/isu;

/** Proxies may decode these, and browsers rewrite some; a note with one of them is addressed by its NIP-19 code. */
const CHANGED_ON_THE_WAY = /[/\\%\p{Cc}]/u;

/**
 * The path of a note's page on the public site: `post/` and the beginning of its id or, for an addressable note, its
 * `d` tag (NIP-01), prefixed with the kind number for every kind but articles. So an article keeps its address when
 * it's edited. `undefined` if an identifier is too long or can't be part of a URL.
 */
export function postPath(pointer: NotePointer): string | undefined {
  if (pointer.type === 'event') return `post/${pointer.id.slice(0, ID_DIGITS)}`;
  const { kind, identifier } = pointer;
  const isClear = kind === ARTICLE && !AMBIGUOUS.test(identifier);
  const segment = isClear ? identifier : `${kind}:${identifier}`;
  if (!segment.isWellFormed()) return undefined;
  const encoded = CHANGED_ON_THE_WAY.test(identifier) ? encodePointer(pointer) : encodeSegment(segment);
  return encoded.length > MAX_LENGTH || encoded.startsWith('npub') ? undefined : `post/${encoded}`;
}

/**
 * Percent-encodes characters with a meaning in a path, like `encodeURIComponent`, but not those allowed in a segment.
 */
export const encodeSegment = (words: string): string =>
  encodeURIComponent(words).replaceAll('%3A', ':').replaceAll('%40', '@').replaceAll('%2C', ',');

/**
 * Parses the last segment of a path: returns the decoded id, beginning of an id, or key; accepts a NIP-19 code, too.
 * `author`: the site's author, 64 hex digits.
 */
export function keyInPostPath(segment: string, author: string): string {
  const named = segment.replace(/^nostr:/iu, '');
  if (/^[0-9a-f]{4,64}$/iu.test(named)) return named.toLowerCase();
  const pointer = decodePointer(named);
  if (pointer) return pointerKey(pointer);
  const [, kind = String(ARTICLE), identifier = ''] = /^(?:(\d{1,5}):)?(.*)$/su.exec(segment) ?? [];
  return `${kind}:${author}:${identifier}`;
}
