import { seriesName } from './series-name.ts';
import { tokenize } from './tokens.ts';

/** Titled notes that recur. Times in seconds since 1970. */
export interface Series {
  /** As `Note.series` has it. */
  readonly name: string;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** Whether a series is called so, or has a piece of that title. */
export const matchesSeries = ({ name }: Series, typed: string): boolean =>
  name === seriesName(typed) || name === typed;

/**
 * The series that somebody may mean, best first: the one of that name (or with a piece of that title), those that begin
 * so, those in which every word begins one. All of them where nothing was typed.
 */
export function findSeries(all: readonly Series[], typed: string): readonly Series[] {
  const name = seriesName(typed);
  const words = tokenize(typed).map(({ token }) => token);
  const rank = (one: Series): number => {
    if (matchesSeries(one, typed)) return 0;
    if (one.name.startsWith(name)) return 1;
    const tokens = tokenize(one.name).map(({ token }) => token);
    return words.every((word) => tokens.some((token) => token.startsWith(word))) ? 2 : 3;
  };
  if (words.length === 0) return all;
  return all
    .map((one) => ({ one, rank: rank(one) }))
    .filter((ranked) => ranked.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => one);
}
