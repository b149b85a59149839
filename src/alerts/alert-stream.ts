import type { PlatformName } from '../platform/platforms.ts';
import type { Condition, Problem } from './conditions.ts';

/** One moment by both clocks: `wall` in milliseconds since 1970, for dates; `steady`, for durations. */
export interface Instant {
  readonly wall: number;
  readonly steady: number;
}

/** What survives a restart. */
export interface AlertRecord {
  /** What the operator has been told of and not told that it's over. */
  readonly told: readonly { readonly subject: string; readonly sinceMs: number }[];
  /** When the last alert was sent, and how many were lately. */
  readonly toldMs: number;
  readonly alerts: number;
  /** Where that alert arrived. */
  readonly via?: PlatformName;
}

export const EMPTY_RECORD: AlertRecord = { told: [], toldMs: 0, alerts: 0 };

/** What the operator is to be told. `open`: all that is wrong, new or not. */
export interface Notice {
  readonly isOver: boolean;
  readonly open: readonly Problem[];
  /** How many that were reported are fine again. */
  readonly fixed: number;
  /** Since when, or until it was over, the first of it has been wrong. */
  readonly sinceMs: number;
  /** The same for every try. */
  readonly key: string;
}

/** Decides when the operator is told about one kind of problem. */
export interface AlertStream {
  /** What is wrong now; `undefined`: unknown, so everything counts as it was. */
  observe(problems: readonly Problem[] | undefined, at: Instant): void;
  due(at: Instant): Notice | undefined;
  /** The notice that was due at that moment has been delivered. */
  delivered(at: Instant, via: PlatformName): void;
  /** These destinations and their topics aren't to be remembered. */
  forget(destinations: readonly string[]): void;
  isReported(): boolean;
  record(): AlertRecord;
}

interface OpenProblem {
  problem: Problem;
  readonly sinceMs: number;
  seenMs: number;
}

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** After so long without an alert of the kind, the next one is the first again. */
const FRESH_START_MS = 2 * DAY_MS;

/**
 * After an alert, the next one of its kind comes an hour later at the earliest, then two, four, up to a day, so problems that
 * come and go, or spread, are reported less and less often. The end of a reported problem is always reported at once.
 */
export function createAlertStream(
  { id, raiseAfterMs, clearAfterMs }: Pick<Condition, 'id' | 'raiseAfterMs' | 'clearAfterMs'>,
  before: AlertRecord,
  start: Instant,
): AlertStream {
  let { told, toldMs, alerts, via } = before;
  /** By subject, with steady times. What was told counts as wrong until it is seen to be fine. */
  const open = new Map<string, OpenProblem>(
    told.map(({ subject, sinceMs }) => [
      subject,
      {
        problem: { subject, details: {} },
        sinceMs: start.steady - Math.max(0, start.wall - sinceMs),
        seenMs: start.steady,
      },
    ]),
  );
  const hasTold = (subject: string): boolean => told.some((one) => one.subject === subject);
  const wallOf = (steadyMs: number, { wall, steady }: Instant): number => wall - (steady - steadyMs);

  /** A clock that was set back mustn't silence anything. */
  function isTooSoon({ wall }: Instant): boolean {
    if (alerts === 0 || toldMs > wall) return false;
    return wall - toldMs < Math.min(DAY_MS, HOUR_MS * 2 ** (alerts - 1));
  }

  function due(at: Instant): Notice | undefined {
    const wrong = [...open.values()];
    const known = wrong.filter(({ problem }) => hasTold(problem.subject));
    const added = wrong.filter(
      ({ problem, sinceMs }) => !hasTold(problem.subject) && at.steady - sinceMs >= raiseAfterMs,
    );
    const fixed = told.length - known.length;
    const notice = (isOver: boolean): Notice => ({
      isOver,
      open: [...known, ...added].map(({ problem }) => problem),
      fixed,
      sinceMs: Math.min(
        ...(isOver
          ? told.map(({ sinceMs }) => sinceMs)
          : [...known, ...added].map((one) => wallOf(one.sinceMs, at))),
      ),
      key: `alert ${id} ${isOver ? 'over' : 'wrong'} ${toldMs}`,
    });
    if (fixed > 0 && open.size === 0) return notice(true);
    const isNews = added.length > 0 || (fixed > 0 && known.length > 0);
    return isNews && !isTooSoon(at) ? notice(false) : undefined;
  }

  return {
    observe(problems, at) {
      if (!problems) {
        for (const known of open.values()) known.seenMs = at.steady;
        return;
      }
      for (const problem of problems) {
        const known = open.get(problem.subject);
        if (known) Object.assign(known, { problem, seenMs: at.steady });
        else open.set(problem.subject, { problem, sinceMs: at.steady, seenMs: at.steady });
      }
      const present = new Set(problems.map(({ subject }) => subject));
      for (const [subject, { seenMs }] of open)
        if (!present.has(subject) && (!hasTold(subject) || at.steady - seenMs >= clearAfterMs))
          open.delete(subject);
    },
    due,
    delivered(at, where) {
      const notice = due(at);
      if (!notice) return;
      told = notice.open.flatMap(({ subject }) => {
        const known = open.get(subject);
        return known ? [{ subject, sinceMs: wallOf(known.sinceMs, at) }] : [];
      });
      via = where;
      if (notice.isOver) return;
      alerts = at.wall - toldMs >= FRESH_START_MS ? 1 : alerts + 1;
      toldMs = at.wall;
    },
    forget(destinations) {
      const isForgotten = (subject: string): boolean => destinations.includes(subject.replace(/\/.*$/su, ''));
      told = told.filter(({ subject }) => !isForgotten(subject));
      for (const subject of open.keys()) if (isForgotten(subject)) open.delete(subject);
    },
    isReported: () => told.length > 0,
    record: () => ({ told, toldMs, alerts, ...(via && { via }) }),
  };
}
