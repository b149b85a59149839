import { setImmediate } from 'node:timers/promises';
import type { Activity, ActivitySum } from '../../store/activity.ts';
import { type ActivityName, HOUR_MS } from './activity-recorder.ts';
import { quantile } from './duration-scale.ts';

/** What happened in one hour or day. */
export interface Period {
  readonly fromMs: number;
  readonly untilMs: number;
  /** Whether the program ran at any time of it. */
  readonly isMeasured: boolean;
  /** How often, of one platform or relay or of all together. */
  count(what: ActivityName, subject?: string): number;
  /** A duration in seconds that this share isn't longer than; `undefined` if there was none. */
  duration(what: ActivityName, share: number, subject?: string): number | undefined;
}

export interface History {
  /** The last 24 hours, the one that has begun included, the oldest first. */
  readonly hours: readonly Period[];
  /** The last 30 days of the calendar, today included. */
  readonly days: readonly Period[];
  readonly today: Period;
}

const HOURS = 24;
const DAYS = 30;

/** Reads what happened, in small steps between which everything else goes on. `timeZone`: an IANA name. */
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
