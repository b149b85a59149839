import { memoize } from '../../../lib/memoize.ts';
import { hasAddress } from '../../../note/links/label-claims.ts';
import { isInvisible } from '../../../note/links/skeleton.ts';
import { escapeLabel, escapeMarkdown, sanitize } from './escape.ts';

/** Characters that end an address early or open markup. Parentheses do so only in masked links. */
const UNSAFE = /[\s\\*|~`<>[\]"]|@(?=everyone|here)/giu;
const PARENTHESES = /[()]/gu;

/** Discord shows masked links with an emoji in the label as plain text; an unpaired bracket ends the label. */
const FORBIDDEN_IN_LABELS =
  /((?:\p{RGI_Emoji}|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\u20e3|[\[\]])+)/v;

/** Discord doesn't count these as part of an address that it links automatically. */
const TRAILING_PUNCTUATION = /^[.,:;"']*(?:\s|$)/u;

/** The address as it can be written in a message; `undefined` unless it is http or https. */
export const safeAddress = memoize(toSafeAddress);

function toSafeAddress(url: string): string | undefined {
  const address = sanitize(url.trim()).replace(/^https?:/iu, (scheme) => scheme.toLowerCase());
  return /^https?:\/\//u.test(address) && URL.canParse(address)
    ? address.replace(UNSAFE, percentEncode)
    : undefined;
}

/** Discord ends an address before this text. */
export const endsAddress = (rest: string): boolean => TRAILING_PUNCTUATION.test(rest);

/** The address itself, which Discord links. In angle brackets, which Discord hides, if its end would be unclear. */
export function bareLink(address: string, rest: string): string {
  const clear = endsAddress(rest) && !/[.,:;"')]$/u.test(address);
  return clear ? address : `<${address}>`;
}

/**
 * A link with a label. If the label contains an address, the target is written out after it: Discord doesn't render such links,
 * and readers would trust the label.
 */
export function labelledLink(label: string, address: string, rest: string): string {
  const words = sanitize(label).replace(/\s+/gu, ' ').trim();
  if (isInvisible(words) || sameAddress(words, address)) return bareLink(address, rest);
  if (hasAddress(words)) return `${escapeMarkdown(words)} (<${address}>)`;
  return maskedLink(words, address) ?? `${escapeMarkdown(words)} <${address}>`;
}

/** The label as masked links, with emoji between them; `undefined` if nothing in it can be linked. */
export function maskedLink(label: string, address: string): string | undefined {
  if (hasAddress(label)) return undefined;
  const target = address.replace(PARENTHESES, percentEncode);
  const pieces = sanitize(label).split(FORBIDDEN_IN_LABELS);
  if (pieces.every((piece, index) => index % 2 === 1 || piece.trim() === '')) return undefined;
  return pieces
    .map((piece, index) => {
      const words = piece.trim();
      if (index % 2 === 1 || words === '') return escapeMarkdown(piece);
      const [before = '', after = ''] = piece.split(words);
      return `${before}[${escapeLabel(words)}](${target})${after}`;
    })
    .join('');
}

function sameAddress(label: string, address: string): boolean {
  const plain = (url: string) => url.replace(/^https?:\/\/(?:www\.)?/u, '').replace(/\/$/u, '');
  return plain(label) === plain(address);
}

function percentEncode(character: string): string {
  return [...Buffer.from(character)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}
