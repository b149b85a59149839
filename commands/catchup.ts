import { completeDates } from '../src/command/autocomplete.ts';
import type { CommandContext } from '../src/command/command.ts';
import { defineCommand } from '../src/command/command.ts';
import { dateError } from '../src/command/user-error.ts';
import { linkCommands } from '../src/command/views/command-links.ts';
import { noteEntries, readButtons } from '../src/command/views/note-list.ts';
import { parseDate } from '../src/note/dates/date-parser.ts';
import { formatRangeShort, formatTime } from '../src/note/dates/format-times.ts';
import { localDay, localTime } from '../src/note/dates/local-time.ts';
import {
  type Block,
  type Button,
  buttons,
  callback,
  heading,
  paragraph,
  small,
  strong,
  text,
} from '../src/note/document.ts';
import { datedAt, type Note } from '../src/note/note.ts';
import { matches } from '../src/preferences/filter.ts';

const PAGE_SIZE = 5;
/** `/on` and `/search` are better at finding older posts. */
const MAX_POSTS = 300;
const DAY_S = 86_400;

/** The periods that buttons offer, in days. */
const PERIODS = { day: 1, days: 3, week: 7 } as const;

/** Lists the posts since a date by day and series, filtered by the chat's preferences. */
export const catchup = defineCommand({
  name: 'catchup',
  answerTo: 'user',
  for: 'readers',
  category: 'reading',
  options: {
    page: { type: 'integer', min: 1, max: MAX_POSTS / PAGE_SIZE, hidden: true },
    kinds: { type: 'choice', choices: ['every'], hidden: true, namedOnly: true },
    since: { type: 'string', maxLength: 40, autocomplete: completeDates },
  },
  async run({ since, kinds, page = 1 }, context) {
    const { archive, chat, subscriptions, texts, timeZone } = context;
    const preferences = await subscriptions.preferencesOf(chat.destination);
    const from = periodStart(since, timeZone, context);
    const found = await archive.search(
      { words: [], phrases: [], without: [], hashtags: [], after: from.at },
      { count: MAX_POSTS },
    );
    const isFiltered = preferences !== undefined && kinds === undefined;
    const wanted = isFiltered ? found.notes.filter((note) => matches(note, preferences)) : found.notes;
    const sorted = byDaysAndSeries(wanted, timeZone);
    const offset = (page - 1) * PAGE_SIZE;
    const shown = sorted.slice(offset, offset + PAGE_SIZE);

    const button = (label: string, options: Parameters<typeof callback>[1]): Button => ({
      label,
      callback: callback('catchup', options),
      responseMode: 'replace',
    });
    const state = { kinds, since: from.words };
    const pageButtons = [
      ...(page > 1 ? [button(texts.latest.newer, { ...state, page: page - 1 })] : []),
      ...(offset + PAGE_SIZE < sorted.length
        ? [button(texts.latest.older, { ...state, page: page + 1 })]
        : []),
    ];
    const isMore = isFiltered && wanted.length < found.notes.length;
    const periodButtons = Object.entries(PERIODS).map(
      ([name, days]): Button => ({
        ...button(texts.catchup[name as keyof typeof PERIODS], { since: days }),
        isOn: from.words === String(days),
      }),
    );
    const navigation = buttons(
      pageButtons,
      // On later pages, the period is already chosen.
      page > 1 ? [] : periodButtons,
      isMore ? [button(texts.catchup.everything, { kinds: 'every', since: from.words })] : [],
    );
    if (shown.length === 0)
      return [
        paragraph(...linkCommands(page > 1 ? texts.catchup.noMore : texts.catchup.none(from.name))),
        navigation,
      ];
    return [
      heading(3, text(texts.catchup.heading)),
      small(...linkCommands(texts.catchup.since(from.name, sorted.length, found.total > found.notes.length))),
      ...dayBlocks(shown, offset, timeZone, context),
      ...readButtons(shown, offset),
      navigation,
    ];
  },
});

/** The start of the period in seconds since 1970, from a number of days or a date. */
function periodStart(since: string | undefined, timeZone: string, { now, texts }: CommandContext) {
  const nowMs = now();
  const days = /^\d{1,2}$/u.test(since ?? '1') ? Number(since ?? '1') : undefined;
  if (days !== undefined) {
    const at = Math.floor(nowMs / 1000) - days * DAY_S;
    return { at, words: String(days), name: formatTime({ at, style: 'day' }, texts, timeZone, nowMs) };
  }
  const here = { nowMs, timeZone };
  const day = parseDate(since ?? '', here, texts.dates);
  if (!day) throw dateError(since ?? '', here, texts, texts.on.wrongDate);
  return { at: day.from, words: day.name, name: formatRangeShort(day, texts, here) };
}

/** Newest days first. Within a day, posts of a series are grouped where the newest of them would be. */
function byDaysAndSeries(notes: readonly Note[], timeZone: string): readonly Note[] {
  const newestFirst = notes.toSorted((a, b) => datedAt(b) - datedAt(a));
  const groups = Map.groupBy(newestFirst, (note) => `${localDay(note, timeZone)} ${note.series ?? ''}`);
  const days = Map.groupBy(groups.values(), ([first]) => (first ? localDay(first, timeZone) : ''));
  return [...days.values()].flat(2);
}

/** Each day's name, followed by its posts. */
function dayBlocks(
  notes: readonly Note[],
  offset: number,
  timeZone: string,
  { now, texts }: CommandContext,
): readonly Block[] {
  const days = Map.groupBy(notes.entries(), ([, note]) => localDay(note, timeZone));
  const nameOf = (day: string): string => {
    const at = Temporal.PlainDate.from(day).toZonedDateTime(timeZone);
    return texts.times.weekday(at, localTime(now(), timeZone));
  };
  return [...days].flatMap(([day, numbered]) => [
    paragraph(strong(text(nameOf(day)))),
    ...numbered.flatMap(([index, note]) => noteEntries([note], offset + index, texts, { style: 'clock' })),
  ]);
}
