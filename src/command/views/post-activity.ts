import { localTime } from '../../note/dates/local-time.ts';

/** All UTC offsets, and so all local hours, are multiples of this, in seconds. */
export const QUARTER_HOUR_S = 900;

/** Posts by local time. */
export interface PostActivity {
  /** Every month from the first to the last, as `2026-03`. */
  readonly months: readonly { readonly month: string; readonly count: number }[];
  /** By hour of the day, from midnight on. */
  readonly hours: readonly number[];
}

/**
 * Adds up posts by month and by hour of the day in a time zone (IANA name). `counts` are per `QUARTER_HOUR_S`, oldest
 * first; the months go from the first post to `nowMs`.
 */
export function postActivity(
  counts: readonly { readonly atS: number; readonly count: number }[],
  timeZone: string,
  nowMs: number,
): PostActivity {
  const hours = Array.from({ length: 24 }, () => 0);
  const byMonth = new Map<string, number>();
  const offsetAt = offsets(timeZone);
  for (const { atS, count } of counts) {
    // A date in UTC that reads like the local one.
    const local = new Date(atS * 1_000 + offsetAt(atS * 1_000));
    hours[local.getUTCHours()]! += count;
    const month = local.toISOString().slice(0, 7);
    byMonth.set(month, (byMonth.get(month) ?? 0) + count);
  }
  const [first] = byMonth.keys();
  const now = localTime(nowMs, timeZone).toPlainDate().toPlainYearMonth();
  const months: { month: string; count: number }[] = [];
  for (
    let at = first === undefined ? now : Temporal.PlainYearMonth.from(first);
    ;
    at = at.add({ months: 1 })
  ) {
    months.push({ month: at.toString(), count: byMonth.get(at.toString()) ?? 0 });
    if (Temporal.PlainYearMonth.compare(at, now) >= 0) break;
  }
  return { months, hours };
}

/** The UTC offset in milliseconds at times in ascending order. It's looked up only where it changes. */
function offsets(timeZone: string): (ms: number) => number {
  let offsetMs = 0;
  let untilMs = Number.NEGATIVE_INFINITY;
  return (ms) => {
    if (ms >= untilMs) {
      const there = localTime(ms, timeZone);
      offsetMs = there.offsetNanoseconds / 1_000_000;
      untilMs = there.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
    }
    return offsetMs;
  };
}
