/** One searchable piece of a text. `start` and `end` are offsets into the text as it was given, in UTF-16 units. */
export interface Token {
  /** Folded: compatible forms, case and accents are one. */
  readonly token: string;
  readonly start: number;
  readonly end: number;
  /** The first character, folded, where the token comes from a script that is written without spaces. */
  readonly character?: string;
}

/** Letters and numbers of scripts written without spaces, as a pattern for the `v` flag. */
export const WITHOUT_SPACES = String.raw`[[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Hang}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]&&[\p{L}\p{M}\p{N}]]`;
/** Those of them that are cut into pairs: so that words can't be told apart, and Hangul, whose words carry their particles. */
const RUN = String.raw`[[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Hang}]&&[\p{L}\p{N}]]`;
/** A word or number of any other script, as a pattern for the `v` flag. */
export const WORD = String.raw`[[\p{L}\p{N}]--${RUN}][[\p{L}\p{N}\p{M}]--${RUN}]*`;
const PICTURE = String.raw`\p{RI}\p{RI}|[\p{Extended_Pictographic}--[©®™‼⁉]]`;
const TOKENS = new RegExp(`(?<run>(?:${RUN}\\p{M}*)+)|${WORD}|${PICTURE}`, 'gv');
/** Half-width sound marks, and vowels and finals of decomposed Hangul, belong to the character before. */
const CHARACTERS = /[^\p{M}ﾞﾟ\u1160-\u11ff][\p{M}ﾞﾟ\u1160-\u11ff]*/gu;

const ASCII = /^[\0-\x7f]*$/;
const ASCII_WORDS = /[a-z0-9]+/g;

/** What folding leaves alone, and nearly all of a text is. */
const FOLDED = /^(?:[a-z0-9]+|[一-鿿ぁ-ゖァ-ー가-힣]+)$/;

/** Longer words (addresses, keys) are told apart by their beginning only. */
const MAX_LENGTH = 64;

/**
 * The tokens of a text, in order. Words are one token each; runs of Chinese, Japanese and Korean become overlapping
 * pairs of characters and, last, the run's final character alone, so that every character begins a token. Pictures
 * (emoji) are tokens; punctuation separates. The index holds exactly these tokens, so whatever looks for them in a
 * text finds what the index found.
 */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKENS)) {
    const [written] = match;
    const start = match.index;
    // One by one: a run may be longer than a call takes arguments.
    if (match.groups?.['run']) for (const pair of pairsOf(written, start)) tokens.push(pair);
    else {
      const token = fold(written);
      if (token) tokens.push({ token, start, end: start + written.length });
    }
  }
  return tokens;
}

/** The tokens of a text of ASCII only, without their places, three times as fast; `undefined` for any other. */
export function asciiTokens(text: string): readonly string[] | undefined {
  if (!ASCII.test(text)) return undefined;
  const words = text.toLowerCase().match(ASCII_WORDS) ?? [];
  return words.some(({ length }) => length > MAX_LENGTH)
    ? words.map((word) => word.slice(0, MAX_LENGTH))
    : words;
}

interface Character {
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

/** The characters of a run, each with the marks that belong to it. */
function charactersOf(run: string, start: number): readonly Character[] {
  // Each is one unit, and as it should be: nearly always.
  if (FOLDED.test(run))
    return Array.from(run, (folded, index) => ({ folded, start: start + index, end: start + index + 1 }));
  return Array.from(run.matchAll(CHARACTERS), (match) => ({
    folded: fold(match[0]),
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));
}

function pairsOf(run: string, start: number): readonly Token[] {
  const characters = charactersOf(run, start);
  return characters.map((first, index) => {
    const second = characters[index + 1];
    return {
      token: first.folded + (second?.folded ?? ''),
      start: first.start,
      end: second?.end ?? first.end,
      character: first.folded,
    };
  });
}

/** Upper case first, so that `ß` and `ss`, or both forms of sigma, meet. Accents go only where scripts use them as such. */
function fold(written: string): string {
  if (FOLDED.test(written)) return written.slice(0, MAX_LENGTH);
  return written
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu, '')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replaceAll('ς', 'σ')
    .replace(/[^\P{ASCII}a-z0-9]|[\s·]/gu, '')
    .slice(0, MAX_LENGTH)
    .toWellFormed();
}
