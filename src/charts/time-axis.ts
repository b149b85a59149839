import { memoize } from '../lib/memoize.ts';

export interface TimeTick {
  readonly atMs: number;
  readonly label: string;
}

type Step = readonly [count: number, unit: 'hour' | 'day' | 'month' | 'year'];

const STEPS: readonly Step[] = [
  ...[1, 2, 3, 6, 12].map((count): Step => [count, 'hour']),
  ...[1, 2, 5, 10].map((count): Step => [count, 'day']),
  ...[1, 2, 3, 6].map((count): Step => [count, 'month']),
  ...[1, 2, 5, 10, 20, 50, 100, 1_000].map((count): Step => [count, 'year']),
];

/** About how long a unit is, in milliseconds; the time zone says how long exactly. */
const ABOUT_MS = {
  hour: 3_600_000,
  day: 86_400_000,
  month: 30 * 86_400_000,
  year: 365 * 86_400_000,
} as const;
/** Dates beyond are no dates (ECMA-262). */
const MAX_MS = 8.64e15;

/**
 * Round moments from `fromMs` on and before `untilMs`, in local time: at most `most`, with short labels. `timeZone` is an
 * IANA name. Throws `RangeError` for times that are no dates.
 */
export function timeTicks(
  fromMs: number,
  untilMs: number,
  most: number,
  { language, timeZone }: { readonly language: string; readonly timeZone: string },
): readonly TimeTick[] {
  const spanMs = untilMs - fromMs;
  const step =
    STEPS.find(([count, unit]) => spanMs / (count * ABOUT_MS[unit]) <= Math.max(most, 1)) ?? STEPS.at(-1);
  if (!step || !(spanMs > 0)) return [];
  const [count, unit] = step;
  const ticks: TimeTick[] = [];
  const start = Temporal.Instant.fromEpochMilliseconds(Math.ceil(fromMs)).toZonedDateTimeISO(timeZone);
  for (let at = roundDown(start, step); at.epochMilliseconds < untilMs; at = next(at, step)) {
    if (at.epochMilliseconds >= fromMs)
      ticks.push({ atMs: at.epochMilliseconds, label: labelOf(at, unit, language) });
    if (at.epochMilliseconds + 2 * count * ABOUT_MS[unit] > MAX_MS) break;
  }
  return ticks;
}

/** The last round moment that isn't later. Days of a month are counted from its first. */
function roundDown(at: Temporal.ZonedDateTime, [count, unit]: Step): Temporal.ZonedDateTime {
  const midnight = at.startOfDay();
  switch (unit) {
    case 'hour':
      return midnight;
    case 'day':
      return midnight.subtract({ days: (at.day - 1) % count }).startOfDay();
    case 'month':
      return midnight
        .with({ day: 1 })
        .subtract({ months: (at.month - 1) % count })
        .startOfDay();
    case 'year':
      return midnight
        .with({ day: 1, month: 1 })
        .subtract({ years: ((at.year % count) + count) % count })
        .startOfDay();
  }
}

/** The next round moment: hours and days of the clock on the wall, through its changes. */
function next(at: Temporal.ZonedDateTime, [count, unit]: Step): Temporal.ZonedDateTime {
  if (unit === 'hour') {
    const later = at.toPlainDateTime().add({ hours: count }).toZonedDateTime(at.timeZoneId);
    return later.epochMilliseconds > at.epochMilliseconds ? later : at.add({ hours: count });
  }
  if (unit !== 'day') return at.add({ [`${unit}s`]: count }).startOfDay();
  const day = at.add({ days: count }).startOfDay();
  // Every month starts anew, unless the two would stand too close to each other.
  const first = at.with({ day: 1 }).add({ months: 1 }).startOfDay();
  return count > 1 && day.add({ days: Math.floor(count / 2) }).month !== at.month ? first : day;
}

const LABEL_PARTS = {
  clock: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { day: 'numeric', month: 'short' },
  month: { month: 'short' },
  year: { year: 'numeric' },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;

/** Making one takes longer than using it a hundred times. */
const dateFormat = memoize(
  (language: string, timeZone: string, parts: keyof typeof LABEL_PARTS) =>
    new Intl.DateTimeFormat(language, { ...LABEL_PARTS[parts], timeZone }),
);

function labelOf(at: Temporal.ZonedDateTime, unit: Step[1], language: string): string {
  const isMidnight = at.hour === 0 && at.minute === 0;
  const written = (parts: keyof typeof LABEL_PARTS): string =>
    dateFormat(language, at.timeZoneId, parts).format(at.epochMilliseconds);
  if (unit === 'hour' && !isMidnight) return written('clock');
  if (unit === 'hour' || unit === 'day') return written('day');
  return unit === 'month' && at.month > 1 ? written('month') : written('year');
}
