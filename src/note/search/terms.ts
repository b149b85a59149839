import type { Query } from './query.ts';
import { alternativeSpellings, isDotted, isJoint, joinPieces, type Spellings } from './spellings.ts';
import { type Token, tokenize } from './tokenizer.ts';

/** Tokens that must follow each other. */
export interface Term {
  readonly tokens: readonly string[];
  /** The last token may be incomplete: the beginning of a word, or one character where the text has a pair. */
  readonly open?: 'word' | 'character';
  /** Tokens that only match in capitals: `U.S.` is also spelled `US`, but is not the word "us". */
  readonly capitals?: readonly string[];
}

/** The conditions of a query on a note's tokens. */
export interface Terms {
  /** At least one term of every group must occur. */
  readonly every: readonly (readonly Term[])[];
  /** None of these may occur. */
  readonly none: readonly Term[];
}

/** Nobody types more words; of a pasted page, only the beginning is searched for. */
const MAX_TERMS = 32;
/** Too many words begin with fewer letters. */
export const MIN_LETTERS_OPEN = 3;
/** Limit on the spellings of one word or phrase. */
const MAX_SPELLINGS = 12;
/** Compounds with more pieces are only joined as a whole. */
const MAX_PIECES_APART = 4;

/**
 * The terms of a query. Every word is searched for in all its spellings: `F-35` as `F35`, `US` as `U.S.`; outside phrases
 * and exclusions, also in its English plural or singular. `open`: the last word may be the beginning of a longer one if
 * it has at least three letters, and spellings that are another word in lower case (`capitals`) are included. A character
 * of a script without spaces is always open, being the first of a pair. Words without a letter, number or emoji are
 * ignored. `known`: spellings that occur where the search runs.
 */
export function termsOf(query: Query, open: boolean, known: Spellings): Terms {
  const last = query.words.length - 1;
  const spelled = (text: string): readonly Term[] =>
    termsFor(text, known).filter(({ capitals }) => open || !capitals);
  const apart = query.words.slice(0, MAX_TERMS).map((word, index) => {
    const terms = spelled(word);
    const own = open && index === last ? terms.map(asPrefix) : terms;
    // A word like "F-35" is also searched for as its letters and number, without signs.
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

/** One spelling; `changes`: how many of its words differ from what was typed. */
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

/** All spellings of a word or phrase: as typed, then the most similar ones. */
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

/** The tokens of a text, grouped into possible compounds. */
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

/** The spellings of a compound: pieces apart, or some or all of them joined. */
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

/** Two words that are one by rule: `covid 19` is also spelled `covid19`. Matches both. */
function mergeTerms(one: readonly Term[] | undefined, other: readonly Term[] | undefined): readonly Term[] {
  const tokens = [one?.[0]?.tokens ?? [], other?.[0]?.tokens ?? []];
  const plain = tokens.flat().join('');
  if (tokens.some(({ length }) => length !== 1)) return [];
  const isOne = alternativeSpellings(plain, () => []).some(
    (split) => split.join(' ') === tokens.flat().join(' '),
  );
  return isOne ? [{ tokens: [plain] }] : [];
}

/** Drops the last character of a run: it's in the last pair already, and would only match at the end of a run. */
function withoutTail(tokens: readonly Token[]): readonly Token[] {
  const [before, last] = tokens.slice(-2);
  return before && last && before.end === last.end ? tokens.slice(0, -1) : tokens;
}

function asPrefix(term: Term, index: number): Term {
  const letters = term.tokens.at(-1)?.length ?? 0;
  const canBePrefix = index === 0 || (term.tokens.length === 1 && !term.capitals);
  return canBePrefix && term.open === undefined && letters >= MIN_LETTERS_OPEN
    ? { ...term, open: 'word' }
    : term;
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
  // A name made of letters and a number: "F35s".
  const [, name, s] = /^([a-z]+\d+)(s?)$/.exec(word) ?? [];
  return name === undefined ? [] : [s ? name : `${name}s`];
}

/** Short words that end in s are usually not plurals ("news", "this"). */
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
