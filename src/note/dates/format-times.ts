import { clockTime } from '../../i18n/en/times.ts';
import { NO_BREAK_SPACE } from '../../i18n/symbols.ts';
import type { Texts } from '../../i18n/texts.ts';
import type { Document, Inline } from '../document.ts';
import { mapInlines } from '../visit.ts';
import type { DateRange, Now } from './date-parser.ts';
import { localTime } from './local-time.ts';

type Time = Extract<Inline, { readonly type: 'time' }>;

/**
 * A moment as text for a reader. `timeZone` is an IANA name. Without `nowMs`, for text that may be read at any time,
 * dates include the year.
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

/** Anything more recent is `just now`. */
const MINUTE_S = 60;
const HOUR_S = 3_600;
/** Up to this age, the age is more useful than the time. */
const MOST_HOURS = 12;

/** Clocks differ: a note dated slightly in the future counts as just published. */
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

/** A day, month or year as text; `name` as in `DateRange`. */
export function formatRange({ name, unit }: Pick<DateRange, 'name' | 'unit'>, { times }: Texts): string {
  return { day: times.date, month: times.month, year: times.year }[unit](firstOf(name));
}

/** The short form for lists and buttons: days of the current year omit the year. */
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

/** Keeps a date or a time on one row: a break is only allowed after a comma. */
const keepTogether = (words: string): string => words.replace(/(?<!,) /gu, NO_BREAK_SPACE);

/** Adds the text of each moment, for platforms that don't format times on the reader's device. */
export function formatTimes(document: Document, texts: Texts, timeZone: string, nowMs?: number): Document {
  return mapInlines(document, (inline) =>
    inline.type === 'time'
      ? { ...inline, words: keepTogether(formatTime(inline, texts, timeZone, nowMs)) }
      : inline,
  );
}
