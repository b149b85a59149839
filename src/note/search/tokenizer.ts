/** A searchable piece of a text. `start` and `end` are UTF-16 offsets into the original text. */
export interface Token {
  /** Folded: without differences of compatibility forms, case and accents. */
  readonly token: string;
  readonly start: number;
  readonly end: number;
  /** The first character, folded, if the script is written without spaces. */
  readonly character?: string;
}

/** Letters and numbers of scripts written without spaces, as a pattern for the `v` flag. */
export const WITHOUT_SPACES = String.raw`[[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Hang}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]&&[\p{L}\p{M}\p{N}]]`;
/** Scripts cut into pairs: those without spaces, and Hangul, whose words carry particles. */
const RUN = String.raw`[[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Hang}]&&[\p{L}\p{N}]]`;
/** A word or number of any other script, as a pattern for the `v` flag. */
export const WORD = String.raw`[[\p{L}\p{N}]--${RUN}][[\p{L}\p{N}\p{M}]--${RUN}]*`;
const PICTURE = String.raw`\p{RI}\p{RI}|[\p{Extended_Pictographic}--[©®™‼⁉]]`;
const TOKENS = new RegExp(`(?<run>(?:${RUN}\\p{M}*)+)|${WORD}|${PICTURE}`, 'gv');
/** Half-width sound marks, and vowels and finals of decomposed Hangul, belong to the preceding character. */
const CHARACTERS = /[^\p{M}ﾞﾟ\u1160-\u11ff][\p{M}ﾞﾟ\u1160-\u11ff]*/gu;

const ASCII = /^[\0-\x7f]*$/;
const ASCII_WORDS = /[a-z0-9]+/g;

/** Text that folding doesn't change, which is nearly all of it. */
const FOLDED = /^(?:[a-z0-9]+|[一-鿿ぁ-ゖァ-ー가-힣]+)$/;

/** Longer words (URLs, keys) are only compared by their beginning. */
const MAX_LENGTH = 64;

/**
 * The tokens of a text, in order. Words are one token each; runs of Chinese, Japanese and Korean become overlapping pairs
 * of characters, then the run's final character alone, so that every character begins a token. Emoji are tokens;
 * punctuation separates. The index contains exactly these tokens, so whatever else uses them finds in a text what the
 * index found.
 */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKENS)) {
    const [written] = match;
    const start = match.index;
    // Pushed one by one: a run may be longer than a call's maximum number of arguments.
    if (match.groups?.['run']) for (const pair of pairsOf(written, start)) tokens.push(pair);
    else {
      const token = fold(written);
      if (token) tokens.push({ token, start, end: start + written.length });
    }
  }
  return tokens;
}

/** The tokens of an ASCII text, without offsets, three times as fast; `undefined` for any other text. */
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

/** The characters of a run, each with its marks. */
function charactersOf(run: string, start: number): readonly Character[] {
  // Fast path: nearly always, each character is one code unit and already folded.
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

/**
 * Upper-cased first, so that `ß` and `ss`, and both forms of sigma, are equal. Accents are only removed from scripts
 * where marks are accents.
 */
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
