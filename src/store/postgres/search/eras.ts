import { secondOf } from '../../rules/moment.ts';

/** The shortest era, in seconds: 18 hours. Each longer one is eight of those before; the longest is 388 days. */
export const ERA_S = 2 ** 16;
const LENGTHS_S = [ERA_S, ERA_S * 8, ERA_S * 64, ERA_S * 512];

const eraLexeme = (level: number, number: number): string => `·${'hjkl'.charAt(level)}${number}`;

/** Lexemes of the eras that a note is in. With them the index finds the notes of some time that have a word, and reads no others. */
export const erasOf = (moment: number): readonly string[] =>
  LENGTHS_S.map((length, level) => eraLexeme(level, Math.floor(secondOf(moment) / length)));

/** The fewest eras that make up the shortest eras from one up to and including another, by their numbers. */
export function erasBetween(first: number, last: number): readonly string[] {
  const eras: string[] = [];
  for (let at = first; at <= last; ) {
    let level = 0;
    while (level + 1 < LENGTHS_S.length && at % 8 ** (level + 1) === 0 && at + 8 ** (level + 1) - 1 <= last)
      level += 1;
    eras.push(eraLexeme(level, at / 8 ** level));
    at += 8 ** level;
  }
  return eras;
}
