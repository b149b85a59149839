import { memoize } from '../../lib/memoize.ts';

/**
 * Text as it looks rather than as it is encoded (after the skeletons of Unicode Technical Standard 39): two texts with
 * the same skeleton can be mistaken for each other. Only for comparison, never shown.
 */

/** Characters without width: format and default-ignorable characters, controls, fillers, hair spaces. */
const UNSEEN =
  /[\p{Default_Ignorable_Code_Point}\p{Cf}\u2006\u2008-\u200a\u202f\u205f\u2800\ufffc\u{1d159}\u{16fe4}]|[^\P{Cc}\t\n\r]/gu;

/** Private-use and unassigned characters: drawn as a box or not at all, depending on the font. */
const WITHOUT_LOOK = /[\p{Co}\p{Cn}]/gu;

/** Punctuation that never occurs in an address. Detected before NFKC, which turns some of it into ASCII. */
const APART = /[、，！；？（）「」『』《》〈〉【】〔〕“”„‘’«»—…]/gu;

/** A vertical colon, which NFKC would turn into two dots. */
const UPRIGHT_COLON = /\ufe30/gu;

/** A raised dot, which NFKC would turn into a space with an accent. */
const HIGH_DOT = /\u02d9/gu;

/** Letters in circles, squares and flags that NFKC keeps; each range begins with an A. */
const DRAWN_LETTERS = /[\u{1f150}-\u{1f169}\u{1f170}-\u{1f189}\u{1f1e6}-\u{1f1ff}]/gu;
const DRAWN_A = [0x1f1e6, 0x1f170, 0x1f150];

/** Circles and squares look like dots; checked before they count as emoji. */
const BULLETS =
  /[\u2218\u25cb\u25e6\u2981\u2b58\u23fa\u{1f518}\u{1f534}\u{1f535}\u{1f7e0}-\u{1f7e4}\u26aa\u26ac\u2cf9\u2022\u2027\u2219\u22c5\u25aa\u25cf\u25fe\u26ab\u2b24\u30fb\u318d\u119e\u2e31\u2e33\ua78f\u16eb\u1427\u{10101}]/gu;
/** Full stops and tone marks of other scripts, and the Arabic zero, a dot, between letters of another script. */
const STOPS =
  /(?<=\p{scx=Latin})[\u0660\u06f0](?=\p{scx=Latin})|[\u06d4\u0701\u0702\u166e\u2e3c\ua4f8\ua60e\ua6f3\u{10a50}\u{1d16d}]/gu;
const COLONS =
  /[\ua789\ua4fd\u2236\u205a\u05c3\u02d0\u02f8\u0589\u0703\u0704\u16ec\u1803\u1809\u2982]|[\u0903\u0a83](?=[/\u2044\u2215\u29f8\u2571\u27cb])/gu;
const SLASHES = /[\\\u2041\u2cc6\u31d3\u2044\u2215\u2216\u2571\u27cb\u29f5\u29f8\u29f9\u1735\u{1d23a}]/gu;
/** Kana and strokes that look like slashes, where slashes are expected. */
const LEANING = /:[\u30ce\u3033\u4e3f]{2}/gu;

/** Emoji are decoration in names, and brackets around an address are not part of it. */
const DECORATION = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u20e3|[[\]]/gu;

/** How people write addresses so that they don't become links. */
const BRACKETED_DOT = /\[dot\]/giu;

/** An accent on a dot or slash doesn't make it a letter. */
const STRAY_MARKS = /(^|[.·。:/@\s])\p{M}+/gu;

/** Text that is its own skeleton. */
const PLAIN = /^[\t\n\r\x20-\x5a\x5e-\x7e]*$/;

/**
 * The skeleton of `words`, with case preserved. Look-alikes of colons, slashes and at signs become ASCII; a dot is `.` if
 * NFKC says so, `。` if it is an ideographic full stop, and `·` if it only looks like a dot.
 */
export function skeletonOf(words: string): string {
  return PLAIN.test(words) ? words : folded(words);
}

const folded = memoize((words: string): string =>
  words
    .replace(UNSEEN, '')
    .replace(WITHOUT_LOOK, '')
    .replace(APART, ' ')
    .replace(UPRIGHT_COLON, ':')
    .replace(HIGH_DOT, '·')
    .normalize('NFKC')
    .replace(DRAWN_LETTERS, latin)
    .replace(BULLETS, '·')
    .replace(STOPS, '·')
    .replace(COLONS, ':')
    .replace(SLASHES, '/')
    .replace(LEANING, '://')
    .replace(BRACKETED_DOT, '.')
    .replace(DECORATION, '')
    .replace(STRAY_MARKS, '$1'),
);

/** Whether a text has no visible characters. */
export const isInvisible = (words: string): boolean => words.replace(UNSEEN, '').trim() === '';

function latin(drawn: string): string {
  const code = drawn.codePointAt(0) ?? 0;
  const first = DRAWN_A.find((letter) => letter <= code) ?? code;
  return String.fromCodePoint(0x41 + code - first);
}
