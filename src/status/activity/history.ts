import { setImmediate } from 'node:timers/promises';
import type { Activity, ActivitySum } from '../../store/activity.ts';
import { type ActivityName, HOUR_MS } from './activity-recorder.ts';
import { quantile } from './duration-scale.ts';

/** What happened in one hour or day. */
export interface Period {
  readonly fromMs: number;
  readonly untilMs: number;
  /** Whether the program ran at any time during it. */
  readonly isMeasured: boolean;
  /** How often it happened, for one platform or relay or for all together. */
  count(what: ActivityName, subject?: string): number;
  /** The quantile of the durations in seconds; `undefined` if there are none. */
  duration(what: ActivityName, share: number, subject?: string): number | undefined;
}

export interface History {
  /** The last 24 hours, including the current one, oldest first. */
  readonly hours: readonly Period[];
  /** The last 30 calendar days, including today. */
  readonly days: readonly Period[];
  readonly today: Period;
}

const HOURS = 24;
const DAYS = 30;

/** Reads the history in small steps, so that it doesn't block the event loop. `timeZone`: an IANA name. */
export async function readHistory(
  activity: Pick<Activity, 'sum'>,
  nowMs: number,
  timeZone: string,
): Promise<History> {
  const lastHour = Math.floor(nowMs / HOUR_MS);
  const hours = await readPeriods(
    activity,
    Array.from({ length: HOURS + 1 }, (_, index) => lastHour - HOURS + 1 + index),
  );
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone).startOfDay();
  const days = await readPeriods(
    activity,
    Array.from({ length: DAYS + 1 }, (_, index) =>
      Math.floor(today.add({ days: index - DAYS + 1 }).startOfDay().epochMilliseconds / HOUR_MS),
    ),
  );
  const last = days.at(-1);
  if (!last) throw new RangeError('a month without days');
  return { hours, days, today: last };
}

async function readPeriods(
  activity: Pick<Activity, 'sum'>,
  bounds: readonly number[],
): Promise<readonly Period[]> {
  const periods: Period[] = [];
  for (const [index, until] of bounds.entries()) {
    const from = bounds[index - 1];
    if (from === undefined) continue;
    periods.push(periodOf(from * HOUR_MS, until * HOUR_MS, await activity.sum(from, until)));
    await setImmediate();
  }
  return periods;
}

function periodOf(fromMs: number, untilMs: number, sums: readonly ActivitySum[]): Period {
  const byName = Map.groupBy(sums, ({ what }) => what);
  const of = (what: ActivityName, subject?: string): readonly ActivitySum[] =>
    (byName.get(what) ?? []).filter((one) => subject === undefined || one.subject === subject);
  return {
    fromMs,
    untilMs,
    isMeasured: sums.length > 0,
    count: (what, subject) => of(what, subject).reduce((sum, { count }) => sum + count, 0),
    duration: (what, share, subject) => quantile(of(what, subject), share),
  };
}
