import type { Query } from './query.ts';
import { type Token, tokensOf } from './tokens.ts';

/** Tokens that must follow each other. */
export interface Term {
  readonly tokens: readonly string[];
  /** The last token may go on: the beginning of a word, or one character where the text has a pair. */
  readonly open?: 'word' | 'character';
}

/** What a query asks of the tokens of a note. */
export interface Terms {
  /** Of every group at least one term must occur. */
  readonly every: readonly (readonly Term[])[];
  /** None of these may occur. */
  readonly none: readonly Term[];
}

/** More than anybody types; a pasted page is looked for by its beginning. */
const MAX_TERMS = 32;
/** Fewer letters begin too many words. */
export const MIN_LETTERS_OPEN = 3;

/**
 * The terms of a query. A word also stands for its English plural or singular; phrases and exclusions are taken as
 * they are. `open`: the last word may be the beginning of a longer one, where it has at least three letters. A
 * character of a script without spaces is always open, being the beginning of a pair. Words without any letter,
 * number or picture ask for nothing.
 */
export function termsOf(query: Query, open: boolean): Terms {
  const last = query.words.length - 1;
  const words = query.words.map((word, index) => {
    const term = termOf(word);
    return term && [openIf(open && index === last, term), ...otherNumbers(term)];
  });
  const phrases = query.phrases.map((phrase) => {
    const term = termOf(phrase);
    return term && [term];
  });
  return {
    every: [...words, ...phrases].filter((group) => group !== undefined).slice(0, MAX_TERMS),
    none: query.without
      .map(termOf)
      .filter((term) => term !== undefined)
      .slice(0, MAX_TERMS),
  };
}

function termOf(text: string): Term | undefined {
  const tokens = withoutTail(tokensOf(text)).slice(0, MAX_TERMS);
  const last = tokens.at(-1);
  if (!last) return undefined;
  const term = { tokens: tokens.map(({ token }) => token) };
  return last.character === last.token ? { ...term, open: 'character' } : term;
}

/** A run's final character is in its last pair already; asking for it alone would end the run there. */
function withoutTail(tokens: readonly Token[]): readonly Token[] {
  const [before, last] = tokens.slice(-2);
  return before && last && before.end === last.end ? tokens.slice(0, -1) : tokens;
}

function openIf(wanted: boolean, term: Term): Term {
  const letters = term.tokens.at(-1)?.length ?? 0;
  return wanted && letters >= MIN_LETTERS_OPEN ? { ...term, open: 'word' } : term;
}

function otherNumbers(term: Term): readonly Term[] {
  const [word] = term.tokens;
  if (term.tokens.length > 1 || !word || !/^[a-z]{3,}$/.test(word)) return [];
  return (isPlural(word) ? singulars(word) : [plural(word)]).map((token) => ({ tokens: [token] }));
}

/** Short words on -s are mostly none ("news", "this"). */
const isPlural = (word: string): boolean => word.length >= 5 && /[^sui]s$/.test(word);

function singulars(word: string): readonly string[] {
  if (word.endsWith('ies')) return [`${word.slice(0, -3)}y`];
  const stem = word.slice(0, -1);
  return /(?:[sxz]|ch|sh)es$/.test(word) ? [stem, word.slice(0, -2)] : [stem];
}

function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:[sxz]|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}
