import { textsFor } from '../i18n/texts.ts';
import type { Log } from '../lib/log.ts';
import { truncateLine } from '../lib/truncate-text.ts';
import { lastMonths } from '../note/dates/date-parser.ts';
import { hashtagKey } from '../note/hashtag.ts';
import { headlineOf, noteCode } from '../note/present/note-to-document.ts';
import { parseQuery } from '../note/search/query.ts';
import { findSeries } from '../note/series.ts';
import type { ReadableArchive } from './../store/archive.ts';
import type { Command } from './command.ts';
import type { Autocompleter } from './options.ts';
import type { AutocompleteRequest } from './request.ts';
import type { UserPreferences } from './user-preferences.ts';
import { seriesTitles } from './views/series-titles.ts';

/** Discord's limits on choices (Application Commands, Autocomplete). */
const MAX_SUGGESTIONS = 25;
const MAX_SUGGESTION = 100;

interface AutocompleteParts {
  command(name: string): Command | undefined;
  readonly program: { readonly archive: ReadableArchive; now(): number };
  localeFor(user: string, reported: string): Promise<Required<UserPreferences>>;
  /** Counts one keystroke; false if the user has reached the limit. */
  hasRoom(user: string): boolean;
  readonly log: Log;
}

/** See `RequestHandler.autocomplete`. */
export function createAutocomplete({
  command: commandOf,
  program,
  localeFor,
  hasRoom,
  log,
}: AutocompleteParts) {
  return async ({
    command,
    option: name,
    typed,
    user,
    language,
  }: AutocompleteRequest): Promise<readonly string[]> => {
    if (!hasRoom(user)) return [];
    const options = commandOf(command)?.options ?? {};
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option?.type !== 'string' || !option.autocomplete) return [];
    const { archive, now } = program;
    try {
      const reader = await localeFor(user, language);
      const texts = textsFor(reader.language);
      const found = await option.autocomplete(typed, { archive, now, texts, timeZone: reader.timeZone });
      const most = Math.min(MAX_SUGGESTION, option.maxLength);
      const fitting = found.filter((one) => one.trim() !== '' && one.length <= most);
      return [...new Set(fitting)].slice(0, MAX_SUGGESTIONS);
    } catch (error) {
      log.error('suggestion.failed', { command, error });
      return [];
    }
  };
}

const MAX_RESULTS = 25;
/** Leaves room for the note's code within Discord's limit. */
const MAX_HEADLINE = 88;
/** Leaves room for titles. */
const MAX_HASHTAGS = 10;

/** Notes by headline and code; the newest if nothing was typed. */
export const completeNotes: Autocompleter = async (typed, { archive, texts }) => {
  const notes = typed.trim()
    ? (await archive.search(parseQuery(typed).query, { count: MAX_RESULTS })).notes
    : await archive.latest({ count: MAX_RESULTS });
  return notes.map((note) => `${truncateLine(headlineOf(note, texts), MAX_HEADLINE)} · ${noteCode(note)}`);
};

export const completeSeries: Autocompleter = async (typed, { archive }) =>
  seriesTitles(findSeries(await archive.series(), typed).slice(0, MAX_RESULTS), archive);

export const completeHashtags: Autocompleter = async (typed, { archive }) => {
  const beginning = hashtagKey(typed);
  return (await archive.hashtags(beginning, MAX_RESULTS)).map(({ tag }) => `#${tag}`);
};

/** The typed query with its last word completed to a hashtag, then series, then titles. */
export const completeQueries: Autocompleter = async (typed, context) => {
  const [, before = '', last = ''] = /^(.*?)(\S*)$/su.exec(typed) ?? [];
  const hashtags = (await completeHashtags(last, context)).slice(0, MAX_HASHTAGS);
  const completed = hashtags.map((tag) => before + tag);
  if (/^[#＃]/u.test(last)) return completed;
  const { notes } = await context.archive.search(parseQuery(typed).query, { count: MAX_RESULTS });
  const titles = notes.flatMap(({ title }) => title ?? []);
  return [...completed, ...(await completeSeries(typed, context)), ...titles];
};

/** Named days, then the last 12 months. */
export const completeDates: Autocompleter = async (typed, { now, texts, timeZone }) => {
  const { daysAgo, weekdays } = texts.dates;
  const names = [...daysAgo, ...weekdays].flatMap(([name]) => name ?? []);
  const months = lastMonths({ nowMs: now(), timeZone }, 12);
  return [...names, ...months].filter((one) => one.startsWith(typed.trim().toLowerCase()));
};
