import type { DatabaseSync } from 'node:sqlite';
import type { PostType } from '../../note/note.ts';
import type { Query } from '../../note/query.ts';
import { termsOf } from '../../note/terms.ts';
import { createMatch } from './match.ts';
import { firstMoment, MAX_MOMENT, secondsBetween } from './moment.ts';
import { select } from './sql.ts';

/**
 * Only the newest so many matches are counted and ranked: what everybody's notes are full of is looked for by date,
 * not by relevance, and a common word may match every note there is.
 */
const MAX_HITS = 1_000;

/** In this time recency loses half of what it can give: at most, it doubles a score. */
const HALF_LIFE_S = 180 * 86_400;

/** A word in the title, against a word elsewhere, where all words are common. */
const TITLE_WEIGHT = 2;

interface Hit {
  readonly moment: number;
  readonly relevance: number;
}

/**
 * Finds the moments of the notes that a query asks for, best and newest first. Notes with the words as they were
 * typed come before those that continue the last word. Within each: relevance times recency. Relevance is bm25
 * (title 8, hashtags 3, text 1) as long as there are fewer than 1,000 such notes; with more, bm25 would tell little
 * apart, and only whether a word stands in the title counts. Without words: the newest.
 */
export function createSearch(db: DatabaseSync) {
  const match = createMatch(db);
  const where = 'words MATCH :match AND rowid >= :from AND rowid < :to ORDER BY rowid DESC LIMIT :limit';
  const newest = select<{ moment: number }>(db, `SELECT rowid AS moment FROM words WHERE ${where}`);
  const ranked = select<Hit>(
    db,
    `SELECT rowid AS moment, -bm25(words, 8, 1, 3, 1) AS relevance FROM words WHERE ${where}`,
  );

  return function search(query: Query, postType: PostType | undefined): readonly number[] {
    const typed = termsOf(query, false);
    const asked = [typed.every, typed.none, query.hashtags, query.after ?? [], query.before ?? []].flat();
    if (asked.length === 0) return [];
    const range = { from: firstMoment(query.after ?? 0), to: toMoment(query.before), limit: MAX_HITS };
    const momentsOf = (expression: string) =>
      newest.all({ ...range, match: expression }).map(({ moment }) => moment);
    const byTitle = (expression: string, moments: readonly number[]): readonly Hit[] => {
      if (moments.length < 2) return moments.map((moment) => ({ moment, relevance: 1 }));
      const hits = newest.all({ ...range, from: moments.at(-1) ?? 0, match: expression });
      const titled = new Set(hits.map(({ moment }) => moment));
      return moments.map((moment) => ({ moment, relevance: titled.has(moment) ? TITLE_WEIGHT : 1 }));
    };

    const exact = match.all(typed, query.hashtags, postType);
    const exactMoments = momentsOf(exact);
    if (typed.every.length === 0) return exactMoments;
    const full = exactMoments.length === MAX_HITS;
    // bm25 counts every note with any of the words: not worth it where there is nothing to put in order.
    const byWords = !full && exactMoments.length > 1;
    const hits = byWords ? ranked.all({ ...range, match: exact }) : byTitle(match.title(typed), exactMoments);
    const found = best(hits);
    const open = termsOf(query, true);
    if (full || !open.every.flat().some((term) => term.open === 'word')) return found;
    const seen = new Set(found);
    const more = momentsOf(match.all(open, query.hashtags, postType)).filter((moment) => !seen.has(moment));
    return [...found, ...best(byTitle(match.title(open), more))].slice(0, MAX_HITS);
  };
}

const toMoment = (before: number | undefined): number =>
  before === undefined ? MAX_MOMENT : firstMoment(before);

function best(hits: readonly Hit[]): readonly number[] {
  const newest = hits.reduce((latest, { moment }) => Math.max(latest, moment), 0);
  return hits
    .map(({ moment, relevance }) => {
      const recency = 2 ** (-secondsBetween(moment, newest) / HALF_LIFE_S);
      return { moment, score: relevance * (0.5 + 0.5 * recency) };
    })
    .sort((a, b) => b.score - a.score || b.moment - a.moment)
    .map(({ moment }) => moment);
}
