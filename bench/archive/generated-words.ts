import { createRandom } from '../seeded-random.ts';

/** Different words: about as many as a lifetime of notes in one language. */
const WORDS = 60_000;
const CHINESE_WORDS = 8_000;

const ONSETS = Array.from('bdfghjklmnprstvz').concat('br', 'ch', 'dr', 'pl', 'sh', 'st', 'th', 'tr');
const NUCLEI = ['a', 'e', 'i', 'o', 'u', 'a', 'e', 'o', 'ai', 'ea', 'ou'];
const CODAS = ['', '', '', 'n', 'r', 's', 'l', 't', 'm', 'nd', 'rk'];

/** Common characters, enough for everyday Chinese. */
const FIRST_CHARACTER = 0x4e00;
const CHARACTERS = 2_500;

/**
 * Distinct invented words, the most frequent first and shortest. Texts use them by Zipf's law: the word of rank r is r
 * times rarer than the first, so the first is in nearly every note and most are in hardly any.
 */
export interface Vocabulary {
  /** The word of a rank, from 0. */
  word(rank: number): string;
  chinese(rank: number): string;
  /** The next random word of a text. */
  nextWord(random: () => number): string;
  nextChinese(random: () => number): string;
}

export function createVocabulary(seed: number): Vocabulary {
  const random = createRandom(seed);
  const words = distinct(WORDS, (made) => {
    const syllables = 1 + Math.floor(Math.log(1 + made) / 4 + random());
    return Array.from(
      { length: syllables },
      () => pick(ONSETS, random) + pick(NUCLEI, random) + pick(CODAS, random),
    ).join('');
  });
  const chinese = distinct(CHINESE_WORDS, () =>
    String.fromCodePoint(...Array.from({ length: 2 }, () => FIRST_CHARACTER + zipf(CHARACTERS, random))),
  );
  return {
    word: (rank) => words[rank] ?? '',
    chinese: (rank) => chinese[rank] ?? '',
    nextWord: (by) => words[zipf(WORDS, by)] ?? '',
    nextChinese: (by) => chinese[zipf(CHINESE_WORDS, by)] ?? '',
  };
}

function distinct(count: number, make: (made: number) => string): readonly string[] {
  const words = new Set<string>();
  while (words.size < count) words.add(make(words.size));
  return [...words];
}

/** A random rank below `count`; the probability of rank r is roughly proportional to 1 / (r + 1). */
export const zipf = (count: number, random: () => number): number =>
  Math.floor(Math.exp(random() * Math.log(count + 1))) - 1;

export const pick = <T>(of: readonly T[], random: () => number): T => {
  const one = of[Math.floor(random() * of.length)];
  if (one === undefined) throw new RangeError('Cannot pick from nothing');
  return one;
};
