import type { Query } from './query.ts';
import { alternativeSpellings, isDotted, isJoint, joinPieces, type Spellings } from './spellings.ts';
import { type Token, tokenize } from './tokenizer.ts';

/** Tokens that must follow each other. */
export interface Term {
  readonly tokens: readonly string[];
  /** The last token may go on: the beginning of a word, or one character where the text has a pair. */
  readonly open?: 'word' | 'character';
  /** Those of the tokens that are meant only in capitals: `U.S.` is also spelled `US`, but that is not the word "us". */
  readonly capitals?: readonly string[];
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
/** In so many ways a word or phrase is spelled at most. */
const MAX_SPELLINGS = 12;
/** Of a compound with more pieces only the whole is put together. */
const MAX_PIECES_APART = 4;

/**
 * The terms of a query. Every word is looked for in all its spellings: `F-35` as `F35`, `US` as `U.S.`; a word also
 * stands for its English plural or singular, which phrases and exclusions do not. `open`: the last word may be the
 * beginning of a longer one, where it has at least three letters; and what may be another word where the case of letters
 * is not known (`capitals`) is there as well. A character of a script without spaces is always open, being the beginning
 * of a pair. Words without any letter, number or picture ask for nothing. `known`: how words are spelled where it is
 * looked for.
 */
export function termsOf(query: Query, open: boolean, known: Spellings): Terms {
  const last = query.words.length - 1;
  const spelled = (text: string): readonly Term[] =>
    termsFor(text, known).filter(({ capitals }) => open || !capitals);
  const apart = query.words.slice(0, MAX_TERMS).map((word, index) => {
    const terms = spelled(word);
    const own = open && index === last ? terms.map(asPrefix) : terms;
    // Also of what is one word without its signs where that is a name with a number: "F-35".
    const asOneWord = terms.find(
      ({ tokens: [first = '', ...more] }, place) => more.length === 0 && (place === 0 || /\d/.test(first)),
    );
    return [...own, ...otherNumbers(asOneWord, known)];
  });
  const words = apart.map((group, index) =>
    group.length === 0
      ? group
      : [...group, ...mergeTerms(apart[index - 1], group), ...mergeTerms(group, apart[index + 1])],
  );
  const phrases = query.phrases.slice(0, MAX_TERMS).map(spelled);
  return {
    every: [...words, ...phrases].filter((group) => group.length > 0).slice(0, MAX_TERMS),
    none: query.without
      .slice(0, MAX_TERMS)
      .flatMap((text) => termsFor(text, known).filter(({ capitals }) => !capitals)),
  };
}

/** One way to spell something; `changes`: how many of its words are spelled otherwise than was typed. */
interface Way {
  readonly tokens: readonly string[];
  readonly capitals: readonly string[];
  readonly changes: number;
}

const way = (tokens: readonly string[], changes: number): Way => ({ tokens, capitals: [], changes });

const followed = (one: Way, other: Way): Way => ({
  tokens: [...one.tokens, ...other.tokens],
  capitals: [...one.capitals, ...other.capitals],
  changes: one.changes + other.changes,
});

/** All spellings of a word or phrase, the one that was typed first, then those that are most like it. */
function termsFor(text: string, known: Spellings): readonly Term[] {
  const tokens = withoutTail(tokenize(text)).slice(0, MAX_TERMS);
  const last = tokens.at(-1);
  if (!last) return [];
  if (last.character === last.token) return [{ tokens: tokensIn(tokens), open: 'character' }];
  let ways: readonly Way[] = [way([], 0)];
  for (const compound of compoundsOf(text, tokens)) {
    const next = waysOf(text, compound, known);
    ways = ways
      .flatMap((before) => next.map((one) => followed(before, one)))
      .sort((a, b) => a.changes - b.changes)
      .slice(0, MAX_SPELLINGS);
  }
  const distinct = Map.groupBy(ways, (one) => one.tokens.join(' '));
  return [...distinct.values()].flatMap(([one]) => {
    if (!one) return [];
    return one.capitals.length > 0 ? { tokens: one.tokens, capitals: one.capitals } : { tokens: one.tokens };
  });
}

/** The tokens of a text, those together that may be one word with signs in it. */
function compoundsOf(text: string, tokens: readonly Token[]): readonly (readonly Token[])[] {
  const compounds: Token[][] = [];
  for (const token of tokens) {
    const last = compounds.at(-1);
    const before = last?.at(-1);
    if (last && before && isJoint(before.token, text.slice(before.end, token.start), token.token))
      last.push(token);
    else compounds.push([token]);
  }
  return compounds;
}

/** How a compound may be spelled: its pieces each by itself, or some or all of them together. */
function waysOf(text: string, compound: readonly Token[], known: Spellings): readonly Way[] {
  const [only, ...more] = compound;
  if (!only) return [];
  if (more.length === 0) {
    const others = only.character === undefined ? alternativeSpellings(only.token, known) : [];
    return [way([only.token], 0), ...others.map((tokens) => way(tokens, 1))];
  }
  const whole = together(text, compound, known);
  if (compound.length > MAX_PIECES_APART) return [way(tokensIn(compound), 0), ...whole];
  const apart = more.flatMap((_, index) => {
    const [first, rest] = [compound.slice(0, index + 1), compound.slice(index + 1)];
    const begun = index === 0 ? waysOf(text, first, known) : together(text, first, known);
    return begun.flatMap((one) => waysOf(text, rest, known).map((other) => followed(one, other)));
  });
  return [...apart, ...whole];
}

const tokensIn = (tokens: readonly Token[]): readonly string[] => tokens.map(({ token }) => token);

function together(text: string, pieces: readonly Token[], known: Spellings): readonly Way[] {
  const plain = joinPieces(text, pieces);
  if (plain === undefined) return [];
  const one = { ...way([plain], 1), ...(isDotted(text, pieces) ? { capitals: [plain] } : {}) };
  return [one, ...alternativeSpellings(plain, known).map((tokens) => way(tokens, 1))];
}

/** Two words that are one by rule: `covid 19` is spelled `covid19`. It stands for both. */
function mergeTerms(one: readonly Term[] | undefined, other: readonly Term[] | undefined): readonly Term[] {
  const tokens = [one?.[0]?.tokens ?? [], other?.[0]?.tokens ?? []];
  const plain = tokens.flat().join('');
  if (tokens.some(({ length }) => length !== 1)) return [];
  const isOne = alternativeSpellings(plain, () => []).some(
    (split) => split.join(' ') === tokens.flat().join(' '),
  );
  return isOne ? [{ tokens: [plain] }] : [];
}

/** A run's final character is in its last pair already; asking for it alone would end the run there. */
function withoutTail(tokens: readonly Token[]): readonly Token[] {
  const [before, last] = tokens.slice(-2);
  return before && last && before.end === last.end ? tokens.slice(0, -1) : tokens;
}

function asPrefix(term: Term, index: number): Term {
  const letters = term.tokens.at(-1)?.length ?? 0;
  const isMeant = index === 0 || (term.tokens.length === 1 && !term.capitals);
  return isMeant && term.open === undefined && letters >= MIN_LETTERS_OPEN ? { ...term, open: 'word' } : term;
}

function otherNumbers(term: Term | undefined, known: Spellings): readonly Term[] {
  const [word] = term?.tokens ?? [];
  if (!word) return [];
  const others = numbersOf(word);
  return others
    .flatMap((other) => [[other], ...alternativeSpellings(other, known)])
    .map((tokens) => ({ tokens }));
}

function numbersOf(word: string): readonly string[] {
  if (/^[a-z]{3,}$/.test(word)) return isPlural(word) ? singulars(word) : [plural(word)];
  // What is called by letters and a number: "F35s".
  const [, name, s] = /^([a-z]+\d+)(s?)$/.exec(word) ?? [];
  return name === undefined ? [] : [s ? name : `${name}s`];
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
