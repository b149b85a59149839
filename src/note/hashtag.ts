/** Chinese and Japanese keyboards type the full-width sign. */
const SIGN = /^[#＃]+/u;

/** Invisible characters: the dot left over from lower-casing `İ`, and variation selectors. */
const UNSEEN = /(?<=i)\u0307|[\ufe00-\ufe0f]/gu;

/**
 * The form in which hashtags are compared, without the sign: `#ＡＩ`, `＃AI` and `ai` are equal, so are `#İzmir` and
 * `#izmir`, however their accents are encoded.
 */
export function hashtagKey(written: string): string {
  return withoutSign(written.trim()).normalize('NFKC').toLowerCase().replace(UNSEEN, '').normalize('NFKC');
}

/** The hashtag as it was written, without its sign. */
export const withoutSign = (written: string): string => written.replace(SIGN, '');
