import { backoffMs } from '../lib/retry-delay.ts';
import { createWakeSignal } from '../lib/wake-signal.ts';
import type { DeliveryTask } from '../store/delivery-task.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { concurrentSends, createExecutor, type ExecutorParts } from './executor.ts';
import { planTask } from './planner.ts';
import { type RenderCache, renderTask } from './render-cache.ts';

/** Tasks begun beyond the concurrent sends, so that no send waits until the previous receipt is written. */
const MAX_QUEUED_TASKS = 32;
/** The longest sleep, so that a missed wake-up only delays a note by a minute. */
const MAX_IDLE_MS = 60_000;
/** Lag beyond which a destination counts as offline and gets a digest. Below, a rate limit or a burst may be the cause. */
const OFFLINE_AFTER_S = 600;
/** This many times `catchUpAfter` posts become a digest, however recent they are. */
const FLOOD_FACTOR = 3;
/**
 * Destinations that an earlier run postponed are due after this at the latest. Platforms seldom ask for more, and the
 * system clock may have been wrong by days at the time.
 */
const MAX_POSTPONED_MS = 60 * 60_000;

export interface DeliveryLoopParts extends Omit<ExecutorParts, 'breaker'> {
  readonly renderCache: RenderCache;
  /** A destination that was offline gets one digest for more posts than this; 0 turns digests off. */
  readonly catchUpAfter: number;
}

export interface DeliveryLoop {
  /** There may be work: the journal grew, or a destination was added, resumed or changed. */
  wake(): void;
  /** Delivers until the signal aborts, then finishes the sends in progress. Never rejects. */
  run(signal: AbortSignal): Promise<void>;
  /** Why the platform isn't served at the moment; `undefined` if it is. */
  error(): string | undefined;
  /** The token was rejected: nothing more is delivered in this run. */
  isHalted(): boolean;
}

/**
 * Serves one platform's destinations from the journal: fetches tasks, plans each, executes the plan and
 * records its results step by step. Each destination gets its posts in order, and none waits for another. There is no
 * separate catch-up after a restart: any destination that is behind gets what it lacks.
 */
export function createDeliveryLoop(parts: DeliveryLoopParts): DeliveryLoop {
  const { platform, renderCache, clock, random, catchUpAfter } = parts;
  const { deliveries } = parts.store;
  const log = parts.log.with({ platform: platform.name });
  const breaker = createCircuitBreaker({ log, now: clock.steady, random });
  const executor = createExecutor({ ...parts, breaker });
  const wakeSignal = createWakeSignal();
  /** Destinations whose task is in progress, and those that have to pause before the next one. */
  const busy = new Set<string>();
  const paused = new Set<string>();
  /** Consecutive failures caused by a bug or the store, by destination. */
  const failures = new Map<string, number>();
  let haltedBy: string | undefined;

  async function fetchTasks(limit: number, nowMs: number, wallMs: number): Promise<readonly DeliveryTask[]> {
    if (limit <= 0) return [];
    const threshold = {
      count: catchUpAfter,
      beforeS: wallMs / 1000 - OFFLINE_AFTER_S,
      flood: catchUpAfter * FLOOD_FACTOR,
    };
    const digestFrom = catchUpAfter > 0 ? threshold : undefined;
    try {
      const excluded = new Set([...busy, ...paused]);
      return await deliveries.nextTasks(platform.name, nowMs, limit, excluded, digestFrom, wallMs);
    } catch (error) {
      log.error('delivery.stalled', { error });
      return [];
    }
  }

  async function serve(task: DeliveryTask, signal: AbortSignal): Promise<void> {
    const { id } = task.destination;
    try {
      const plan = planTask(task, await renderTask(task, renderCache));
      const outcome = await executor.execute(task, plan, signal);
      if (outcome.status === 'halted') haltedBy = 'the token was rejected';
      if (outcome.status === 'rate-limited') void pause(id, outcome.waitMs, signal);
      failures.delete(id);
    } catch (error) {
      // The store refuses what a former owner writes; the new one goes on from the last intent.
      if (parts.maySend?.() === false)
        return log.debug('delivery.abandoned', { destination: id, seq: task.entry.seq, error });
      const failed = failures.get(id) ?? 0;
      failures.set(id, failed + 1);
      log.error('delivery.failed', { destination: id, seq: task.entry.seq, error });
      void pause(id, backoffMs(failed, random), signal);
    } finally {
      busy.delete(id);
      wakeSignal.notify();
    }
  }

  async function pause(destination: string, ms: number, signal: AbortSignal): Promise<void> {
    paused.add(destination);
    await clock.wait(ms, signal);
    paused.delete(destination);
    wakeSignal.notify();
  }

  /** Waits until woken, until the circuit breaker closes, or until a destination is due that wasn't at `nowMs`. */
  const waitForWork = (nowMs: number, wallMs: number): Promise<void> =>
    wakeSignal.waitOr(async (signal) => {
      // Lets the tasks that were just begun use the store first.
      await clock.wait(1, signal);
      if (signal.aborted) return;
      const dueMs = await deliveries.nextDueMs(platform.name, nowMs, wallMs).catch(() => undefined);
      const untilDueMs = Math.max(0, (dueMs ?? Number.POSITIVE_INFINITY) - clock.steady());
      await clock.wait(breaker.retryAfterMs() || Math.min(MAX_IDLE_MS, untilDueMs), signal);
    });

  async function clampPostponed(): Promise<void> {
    try {
      await deliveries.clampPostponed(platform.name, clock.steady() + MAX_POSTPONED_MS);
    } catch (error) {
      log.error('delivery.stalled', { error });
    }
  }

  return {
    wake: wakeSignal.notify,
    error: () => haltedBy ?? breaker.error(),
    isHalted: () => haltedBy !== undefined,
    async run(signal) {
      const inProgress = new Set<Promise<void>>();
      signal.addEventListener('abort', wakeSignal.notify);
      await clampPostponed();
      while (!signal.aborted && haltedBy === undefined) {
        const [nowMs, wallMs] = [clock.steady(), clock.now()];
        const capacity = breaker.permits(concurrentSends(platform.rateLimits.global) + MAX_QUEUED_TASKS);
        const room = capacity - busy.size;
        // Fetching many tasks at a time is cheaper.
        if (capacity > MAX_QUEUED_TASKS && room < MAX_QUEUED_TASKS) {
          await wakeSignal.wait(signal);
          continue;
        }
        const tasks = await fetchTasks(room, nowMs, wallMs);
        for (const task of tasks) {
          busy.add(task.destination.id);
          const served = serve(task, signal).finally(() => inProgress.delete(served));
          inProgress.add(served);
        }
        if (tasks.length < room || room <= 0) await waitForWork(nowMs, wallMs);
      }
      await Promise.all(inProgress);
    },
  };
}
