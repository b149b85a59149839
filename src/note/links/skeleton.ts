import { memoize } from '../../lib/memoize.ts';

/**
 * Text as it is seen rather than as it is written (after the skeletons of Unicode Technical Standard 39): two texts with
 * one skeleton may be taken for each other. It is for judging only, and is never shown.
 */

/** What takes no room: format and default-ignorable characters, controls, fillers, and blanks as thin as a hair. */
const UNSEEN =
  /[\p{Default_Ignorable_Code_Point}\p{Cf}\u2006\u2008-\u200a\u202f\u205f\u2800\ufffc\u{1d159}\u{16fe4}]|[^\P{Cc}\t\n\r]/gu;

/** Private and unassigned characters: a box, or nothing, as the font has it. */
const WITHOUT_LOOK = /[\p{Co}\p{Cn}]/gu;

/** Stops, commas, quotes and dashes that no address has. Told before NFKC makes ASCII of some. */
const APART = /[、，！；？（）「」『』《》〈〉【】〔〕“”„‘’«»—…]/gu;

/** A colon set upright, which NFKC would take for two dots. */
const UPRIGHT_COLON = /\ufe30/gu;

/** A dot high up, of which NFKC would make a blank with an accent. */
const HIGH_DOT = /\u02d9/gu;

/** Letters drawn in circles, squares and flags that NFKC leaves alone: each run of them begins at an A. */
const DRAWN_LETTERS = /[\u{1f150}-\u{1f169}\u{1f170}-\u{1f189}\u{1f1e6}-\u{1f1ff}]/gu;
const DRAWN_A = [0x1f1e6, 0x1f170, 0x1f150];

/** Circles and squares, seen as dots before they count as emoji. */
const BULLETS =
  /[\u2218\u25cb\u25e6\u2981\u2b58\u23fa\u{1f518}\u{1f534}\u{1f535}\u{1f7e0}-\u{1f7e4}\u26aa\u26ac\u2cf9\u2022\u2027\u2219\u22c5\u25aa\u25cf\u25fe\u26ab\u2b24\u30fb\u318d\u119e\u2e31\u2e33\ua78f\u16eb\u1427\u{10101}]/gu;
/** Full stops and tones of other scripts; the Arabic zero, which is a dot, between letters that are not its own. */
const STOPS =
  /(?<=\p{scx=Latin})[\u0660\u06f0](?=\p{scx=Latin})|[\u06d4\u0701\u0702\u166e\u2e3c\ua4f8\ua60e\ua6f3\u{10a50}\u{1d16d}]/gu;
const COLONS =
  /[\ua789\ua4fd\u2236\u205a\u05c3\u02d0\u02f8\u0589\u0703\u0704\u16ec\u1803\u1809\u2982]|[\u0903\u0a83](?=[/\u2044\u2215\u29f8\u2571\u27cb])/gu;
const SLASHES = /[\\\u2041\u2cc6\u31d3\u2044\u2215\u2216\u2571\u27cb\u29f5\u29f8\u29f9\u1735\u{1d23a}]/gu;
/** Kana and strokes that lean like slashes, where slashes stand. */
const LEANING = /:[\u30ce\u3033\u4e3f]{2}/gu;

/** Emoji stand in names like pictures; brackets around an address are none of it. */
const DECORATION = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u20e3|[[\]]/gu;

/** As people write addresses that are not to be links. */
const BRACKETED_DOT = /\[dot\]/giu;

/** Accents on a dot or a slash don't make it a letter. */
const STRAY_MARKS = /(^|[.·。:/@\s])\p{M}+/gu;

/** Nothing in it that would have to be folded. */
const PLAIN = /^[\t\n\r\x20-\x5a\x5e-\x7e]*$/;

/**
 * The skeleton of `words`, in their letters' case. Look-alikes of colons, slashes and at signs are ASCII; a dot is `.`
 * where it is one by NFKC, `。` where it is an ideographic full stop, and `·` where it is only drawn like a dot.
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

/** Whether nothing of it can be seen. */
export const isInvisible = (words: string): boolean => words.replace(UNSEEN, '').trim() === '';

function latin(drawn: string): string {
  const code = drawn.codePointAt(0) ?? 0;
  const first = DRAWN_A.find((letter) => letter <= code) ?? code;
  return String.fromCodePoint(0x41 + code - first);
}
