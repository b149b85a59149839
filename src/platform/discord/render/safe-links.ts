import { memoize } from '../../../lib/memoize.ts';
import { hasAddress } from '../../../note/links/label-claims.ts';
import { isInvisible } from '../../../note/links/skeleton.ts';
import { cleaned, escaped, inLabel } from './escape.ts';

/** What would end an address early, or open markup around it. Parentheses only count in masked links. */
const UNSAFE = /[\s\\*|~`<>[\]"]|@(?=everyone|here)/giu;
const PARENTHESES = /[()]/gu;

/** Discord shows a masked link as written when an emoji stands in its label; an odd bracket ends the label. */
const FORBIDDEN_IN_LABELS =
  /((?:\p{RGI_Emoji}|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\u20e3|[\[\]])+)/v;

/** Punctuation that Discord leaves out at the end of an address it links by itself. */
const TRAILING_PUNCTUATION = /^[.,:;"']*(?:\s|$)/u;

/** An address that can stand in a message, or nothing where it is not http or https. */
export const safeAddress = memoize(toSafeAddress);

function toSafeAddress(url: string): string | undefined {
  const address = cleaned(url.trim()).replace(/^https?:/iu, (scheme) => scheme.toLowerCase());
  return /^https?:\/\//u.test(address) && URL.canParse(address)
    ? address.replace(UNSAFE, percentEncode)
    : undefined;
}

/** Whether Discord ends an address where this follows it. */
export const endsAddress = (rest: string): boolean => TRAILING_PUNCTUATION.test(rest);

/** The address itself, linked by Discord. In angle brackets where the end would be unclear: these are not shown. */
export function bareLink(address: string, rest: string): string {
  const clear = endsAddress(rest) && !/[.,:;"')]$/u.test(address);
  return clear ? address : `<${address}>`;
}

/**
 * A label that leads to an address. A label with an address in it, be it its own, is shown with the true one beside it:
 * Discord shows such links as they are written, and readers trust them.
 */
export function labelledLink(label: string, address: string, rest: string): string {
  const words = cleaned(label).replace(/\s+/gu, ' ').trim();
  if (isInvisible(words) || sameAddress(words, address)) return bareLink(address, rest);
  if (hasAddress(words)) return `${escaped(words)} (<${address}>)`;
  return maskedLink(words, address) ?? `${escaped(words)} <${address}>`;
}

/** The label as a link, or nothing where no letter of it can be one. Emoji stay outside, between links. */
export function maskedLink(label: string, address: string): string | undefined {
  if (hasAddress(label)) return undefined;
  const target = address.replace(PARENTHESES, percentEncode);
  const pieces = cleaned(label).split(FORBIDDEN_IN_LABELS);
  if (pieces.every((piece, index) => index % 2 === 1 || piece.trim() === '')) return undefined;
  return pieces
    .map((piece, index) => {
      const words = piece.trim();
      if (index % 2 === 1 || words === '') return escaped(piece);
      const [before = '', after = ''] = piece.split(words);
      return `${before}[${inLabel(words)}](${target})${after}`;
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
