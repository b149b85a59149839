/** Both signs: Chinese and Japanese keyboards write the wide one. */
const SIGN = /^[#＃]+/u;

/** What is not seen: the second dot of an i, and what asks for a sign in colour or in black. */
const UNSEEN = /(?<=i)\u0307|[\ufe00-\ufe0f]/gu;

/**
 * A hashtag as hashtags are compared, without its sign: `#ＡＩ`, `＃AI` and `ai` are one, however their accents are
 * encoded, and so are `#İzmir` and `#izmir`.
 */
export function hashtagKey(written: string): string {
  return withoutSign(written.trim()).normalize('NFKC').toLowerCase().replace(UNSEEN, '').normalize('NFKC');
}

/** A hashtag without its sign, as it was written. */
export const withoutSign = (written: string): string => written.replace(SIGN, '');
