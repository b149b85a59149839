/** Both signs: Chinese and Japanese keyboards write the wide one. */
const SIGN = /^[#＃]+/u;

/** A hashtag as hashtags are compared, without its sign: `#ＡＩ`, `＃AI` and `ai` are one, however their accents are encoded. */
export function hashtagKey(written: string): string {
  return withoutSign(written.trim()).normalize('NFKC').toLowerCase().normalize('NFKC');
}

/** A hashtag without its sign, as it was written. */
export const withoutSign = (written: string): string => written.replace(SIGN, '');
