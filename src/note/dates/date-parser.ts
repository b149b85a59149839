import { localTime } from './local-time.ts';
/** Names of days in one language, lower-case; the first of each list is the one to suggest. */
export interface DateWords {
  /** Today, yesterday and so on. */
  readonly daysAgo: readonly (readonly string[])[];
  /** From Monday on. */
  readonly weekdays: readonly (readonly string[])[];
  /** From January on. */
  readonly months: readonly (readonly string[])[];
}

type Unit = 'day' | 'month' | 'year';

/** A day, month or year in a time zone. */
export interface DateRange {
  /** `2025-03-01`, `2025-03` or `2025`. */
  readonly name: string;
  readonly unit: Unit;
  /** Seconds since 1970; `from` is inclusive, `to` exclusive. */
  readonly from: number;
  readonly to: number;
}

/** When and where a date is parsed; `timeZone` is an IANA name. */
export interface Now {
  readonly nowMs: number;
  readonly timeZone: string;
}

const NAME_LENGTHS: Readonly<Record<Unit, number>> = { day: 10, month: 7, year: 4 };

function rangeFrom(start: Temporal.PlainDate, unit: Unit, timeZone: string): DateRange {
  const secondsAt = (date: Temporal.PlainDate): number =>
    date.toZonedDateTime(timeZone).epochMilliseconds / 1000;
  return {
    name: start.toString().slice(0, NAME_LENGTHS[unit]),
    unit,
    from: secondsAt(start),
    to: secondsAt(start.add({ [`${unit}s`]: 1 })),
  };
}

/** The parts of a date, whether it exists or not. */
interface DateParts {
  readonly year?: number | undefined;
  readonly month?: number | undefined;
  readonly day?: number | undefined;
}

/**
 * Parses `2025-03-01`, `2025-03` or `2025`, also with slashes, dots or Chinese characters; `undefined` for anything else.
 */
export function parseNumericDate(written: string, timeZone: string): DateRange | undefined {
  const parts = numericParts(written);
  return parts?.year === undefined ? undefined : rangeOf(timeZone, parts.year, parts.month, parts.day);
}

function numericParts(written: string): DateParts | undefined {
  const [, year, month, day] =
    /^(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?)?[年月日号]?$/u.exec(written.trim()) ?? [];
  return year === undefined ? undefined : { year: Number(year), month: numberIn(month), day: numberIn(day) };
}

const numberIn = (digits: string | undefined): number | undefined =>
  digits === undefined ? undefined : Number(digits);

/** Doesn't overflow into the next month: 30 February is invalid. */
function rangeOf(timeZone: string, year: number, month?: number, day?: number): DateRange | undefined {
  if (month === undefined) return rangeFrom(new Temporal.PlainDate(year, 1, 1), 'year', timeZone);
  if (month < 1 || month > 12) return undefined;
  const first = new Temporal.PlainDate(year, month, 1);
  if (day === undefined) return rangeFrom(first, 'month', timeZone);
  return day >= 1 && day <= first.daysInMonth ? rangeFrom(first.with({ day }), 'day', timeZone) : undefined;
}

/**
 * Parses a date as people write it: in numbers, `today`, `yesterday`, a weekday (the last one, including today), or a
 * month by name, with or without day and year (by default the last one that has begun).
 */
export function parseDate(
  written: string,
  { nowMs, timeZone }: Now,
  words: DateWords,
): DateRange | undefined {
  const typed = written.trim().toLowerCase();
  const today = dayAt(nowMs, timeZone);
  const back = daysBack(typed, today.dayOfWeek, words);
  if (back !== undefined) return rangeFrom(today.subtract({ days: back }), 'day', timeZone);
  const parts = numericParts(typed) ?? namedMonthParts(typed, words);
  if (!parts) return undefined;
  const inYear = (one: number): DateRange | undefined => rangeOf(timeZone, one, parts.month, parts.day);
  if (parts.year !== undefined) return inYear(parts.year);
  const thisYear = inYear(today.year);
  const hasBegun = thisYear !== undefined && thisYear.name <= today.toString();
  return hasBegun ? thisYear : inYear(today.year - 1);
}

/** A day that was typed but doesn't exist, such as 30 February; `undefined` for anything else. */
export function nonexistentDay(
  written: string,
  { nowMs, timeZone }: Now,
  words: DateWords,
): { readonly year: number; readonly month: number; readonly day: number } | undefined {
  const typed = written.trim().toLowerCase();
  const {
    year = dayAt(nowMs, timeZone).year,
    month,
    day,
  } = numericParts(typed) ?? namedMonthParts(typed, words) ?? {};
  if (month === undefined || month < 1 || month > 12 || day === undefined || day < 1 || day > 31)
    return undefined;
  return day > new Temporal.PlainDate(year, month, 1).daysInMonth ? { year, month, day } : undefined;
}

function daysBack(typed: string, todayOfWeek: number, words: DateWords): number | undefined {
  const daysAgo = words.daysAgo.findIndex((names) => names.includes(typed));
  if (daysAgo >= 0) return daysAgo;
  const weekday = words.weekdays.findIndex((names) => names.includes(typed)) + 1;
  return weekday === 0 ? undefined : (todayOfWeek - weekday + 7) % 7;
}

/** `3月`, `3月1日`, `三月1号`, each with a year before it or without one. */
const CHINESE = /^(?:(\d{4})年)?\s*(\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\s*(\d{1,2})[日号]?)?$/u;

function namedMonthParts(typed: string, words: DateWords): DateParts | undefined {
  const pieces = typed
    .replace(/(?<=\d)(?:st|nd|rd|th)\b/gu, '')
    .replace(CHINESE, (_, year = '', month, day = '') => `${year} ${month}月 ${day}`)
    .split(/[\s,.]+/u)
    .filter(Boolean);
  const month = pieces.flatMap((piece) => monthIn(piece, words) ?? []);
  const year = pieces.filter((piece) => /^\d{4}$/u.test(piece)).map(Number);
  const day = pieces.filter((piece) => /^\d{1,2}$/u.test(piece)).map(Number);
  const isDate = month.length === 1 && year.length <= 1 && day.length <= 1;
  if (!isDate || month.length + year.length + day.length < pieces.length) return undefined;
  return { year: year[0], month: month[0], day: day[0] };
}

/** A month by name; in Chinese also by number. */
function monthIn(piece: string, words: DateWords): number | undefined {
  const byName = words.months.findIndex((names) => names.includes(piece)) + 1;
  return byName || numberIn(/^(\d{1,2})月$/u.exec(piece)?.[1]);
}

const dayAt = (nowMs: number, timeZone: string): Temporal.PlainDate =>
  localTime(nowMs, timeZone).toPlainDate();

/** The range `by` units later, or earlier if `by` is negative. */
export function shiftRange({ name, unit }: DateRange, by: number, timeZone: string): DateRange {
  const start = Temporal.PlainDate.from(`${name}${'-01-01'.slice(NAME_LENGTHS[unit] - 4)}`);
  return rangeFrom(start.add({ [`${unit}s`]: by }), unit, timeZone);
}

/** Today's date in earlier years, latest first, back to the year of `firstS` (seconds since 1970). */
export function anniversaries({ nowMs, timeZone }: Now, firstS: number): readonly DateRange[] {
  const { year, month, day } = dayAt(nowMs, timeZone);
  const count = Math.max(0, year - dayAt(firstS * 1000, timeZone).year);
  return Array.from({ length: count }, (_, index) => rangeOf(timeZone, year - 1 - index, month, day)).filter(
    (found) => found !== undefined,
  );
}

/** The names of the last `count` months including this one, latest first. */
export function lastMonths({ nowMs, timeZone }: Now, count: number): readonly string[] {
  const month = dayAt(nowMs, timeZone).toPlainYearMonth();
  return Array.from({ length: count }, (_, index) => month.subtract({ months: index }).toString());
}
