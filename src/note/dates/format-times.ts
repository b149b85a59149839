import { clockTime } from '../../i18n/en/times.ts';
import { NO_BREAK_SPACE } from '../../i18n/symbols.ts';
import type { Texts } from '../../i18n/texts.ts';
import type { Document, Inline } from '../document.ts';
import { mapInlines } from '../visit.ts';
import type { DateRange, Now } from './date-parser.ts';
import { localTime } from './local-time.ts';

type Time = Extract<Inline, { readonly type: 'time' }>;

/**
 * How a moment is put for a reader. `timeZone` is an IANA name; without `nowMs`, for words that are read at any time, no
 * date is without its year.
 */
export function formatTime(
  { at, style }: Pick<Time, 'at' | 'style'>,
  { times }: Texts,
  timeZone: string,
  nowMs?: number,
): string {
  const there = localTime(at * 1000, timeZone);
  const now = nowMs === undefined ? undefined : localTime(nowMs, timeZone);
  switch (style) {
    case 'date':
      return times.date(there);
    case 'moment':
      return times.moment(there);
    case 'clock':
      return clockTime(there);
    case 'day':
      return times.day(there, now);
    case 'ago':
      return now ? formatAgo(there, now, times) : times.day(there, now);
  }
}

/** Less is `just now`: nobody counts seconds. */
const MINUTE_S = 60;
const HOUR_S = 3_600;
/** So long ago it is more telling how long than when. */
const MOST_HOURS = 12;

/** Clocks differ: what is dated a little ahead came just now. */
function formatAgo(
  there: Temporal.ZonedDateTime,
  now: Temporal.ZonedDateTime,
  times: Texts['times'],
): string {
  const seconds = Math.floor((now.epochMilliseconds - there.epochMilliseconds) / 1000);
  if (Math.abs(seconds) < MINUTE_S) return times.justNow;
  if (seconds < 0) return times.day(there, now);
  if (seconds < HOUR_S) return times.minutesAgo(Math.floor(seconds / MINUTE_S));
  const days = there.toPlainDate().until(now.toPlainDate()).days;
  if (days === 0 || seconds < MOST_HOURS * HOUR_S) return times.hoursAgo(Math.floor(seconds / HOUR_S));
  return days === 1 ? times.yesterday(there) : times.day(there, now);
}

/** How a day, month or year is put for a reader; `name` as in `Days`. */
export function formatRange({ name, unit }: Pick<DateRange, 'name' | 'unit'>, { times }: Texts): string {
  return { day: times.date, month: times.month, year: times.year }[unit](firstOf(name));
}

/** The same as short as lists and buttons have it: of this year, a day is without it. */
export function formatRangeShort(
  { name, unit }: Pick<DateRange, 'name' | 'unit'>,
  { times }: Texts,
  { nowMs, timeZone }: Now,
): string {
  const now = localTime(nowMs, timeZone);
  return { day: (day: Temporal.PlainDate) => times.day(day, now), month: times.month, year: times.year }[
    unit
  ](firstOf(name));
}

function firstOf(name: string): Temporal.PlainDate {
  const [year, month = 1, day = 1] = name.split('-').map(Number);
  return new Temporal.PlainDate(year ?? 0, month, day);
}

/** A date or a time of day, on one row; a moment may go on in the next one behind its comma. */
const keepTogether = (words: string): string => words.replace(/(?<!,) /gu, NO_BREAK_SPACE);

/** The document with its moments in words too, for platforms that can't leave them to the reader's own device. */
export function formatTimes(document: Document, texts: Texts, timeZone: string, nowMs?: number): Document {
  return mapInlines(document, (inline) =>
    inline.type === 'time'
      ? { ...inline, words: keepTogether(formatTime(inline, texts, timeZone, nowMs)) }
      : inline,
  );
}
