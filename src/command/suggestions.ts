import { lastMonths } from '../note/calendar.ts';
import { hashtagKey } from '../note/hashtag.ts';
import { codeOf, headlineOf } from '../note/present.ts';
import { readQuery } from '../note/query.ts';
import { seriesLike } from '../note/series.ts';
import { shortLine } from '../note/shortened.ts';
import type { Suggest } from './command.ts';
import { seriesTitles } from './series-titles.ts';

const MOST = 25;
/** With a code behind it, it is what Discord takes. */
const MAX_HEADLINE = 88;
/** So many hashtags leave room for titles. */
const MOST_HASHTAGS = 10;

/** Notes by headline and code; the newest where nothing was typed. */
export const suggestNotes: Suggest = async (typed, { archive, texts }) => {
  const notes = typed.trim()
    ? (await archive.search(readQuery(typed).query, { count: MOST })).notes
    : await archive.latest({ count: MOST });
  return notes.map((note) => `${shortLine(headlineOf(note, texts), MAX_HEADLINE)} · ${codeOf(note)}`);
};

export const suggestSeries: Suggest = async (typed, { archive }) =>
  seriesTitles(seriesLike(await archive.series(), typed).slice(0, MOST), archive);

export const suggestHashtags: Suggest = async (typed, { archive }) => {
  const beginning = hashtagKey(typed);
  return (await archive.hashtags(beginning, MOST)).map((tag) => `#${tag}`);
};

/** A search: what was typed with its last word completed to a hashtag, then series, then titles. */
export const suggestQueries: Suggest = async (typed, context) => {
  const [, before = '', last = ''] = /^(.*?)(\S*)$/su.exec(typed) ?? [];
  const hashtags = (await suggestHashtags(last, context)).slice(0, MOST_HASHTAGS);
  const completed = hashtags.map((tag) => before + tag);
  if (/^[#＃]/u.test(last)) return completed;
  const { notes } = await context.archive.search(readQuery(typed).query, { count: MOST });
  const titles = notes.flatMap(({ title }) => title ?? []);
  return [...completed, ...(await suggestSeries(typed, context)), ...titles];
};

/** Days by name, then the months of a year. */
export const suggestDates: Suggest = async (typed, { now, texts, timeZone }) => {
  const { daysAgo, weekdays } = texts.dates;
  const names = [...daysAgo, ...weekdays].flatMap(([name]) => name ?? []);
  const months = lastMonths({ nowMs: now(), timeZone }, 12);
  return [...names, ...months].filter((one) => one.startsWith(typed.trim().toLowerCase()));
};
