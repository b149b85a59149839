import type { Term, Terms } from '../../note/search/terms.ts';

/** Maximum number of words that a prefix is expanded to, shortest first. */
export const MAX_COMPLETIONS = 32;

/** More spellings of one word occur only in texts about spelling. */
export const MAX_SPELLINGS = 4;

/** If more hashtags begin with a prefix, only the first in alphabetical order are considered. */
export const MAX_HASHTAGS_CONSIDERED = 10_000;

/** The prefixes in terms that may be expanded. */
export const prefixesIn = ({ every }: Terms): readonly string[] => [
  ...new Set(every.flat().flatMap((term) => (term.open === 'word' ? lastOf(term) : []))),
];

/** Terms with their prefixes expanded to words of the archive that begin so. */
export function completeTerms(terms: Terms, wordsWith: (prefix: string) => readonly string[]): Terms {
  const completed = (term: Term): readonly Term[] => {
    if (term.open !== 'word') return [term];
    const last = lastOf(term);
    return [...new Set([last, ...wordsWith(last)])].map((word) => ({
      tokens: [...term.tokens.slice(0, -1), word],
    }));
  };
  return { every: terms.every.map((group) => group.flatMap(completed)), none: terms.none };
}

const lastOf = ({ tokens }: Term): string => tokens.at(-1) ?? '';
