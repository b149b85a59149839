import { backoffMs, clampRetryAfter, createWakeSignal, type WakeSignal } from '../lib/clock.ts';
import { createKeyedRateLimiters, createRateLimiter, smoothed } from '../lib/rate-limiter.ts';
import { createSemaphore } from '../lib/semaphore.ts';
import type { Platform, SendResult } from '../platform/platform.ts';
import type { DeliveryTask } from '../store/delivery-task.ts';
import { type CircuitBreaker, createCircuitBreaker } from './circuit-breaker.ts';
import { type ExecutorParts, executeTask } from './executor.ts';
import { createGiveUpPolicy } from './give-up-policy.ts';
import { createLiveness, type Liveness } from './liveness.ts';

/** Sends under way at once per platform: enough to fill the platform's rate over a slow line. */
const MAX_CONCURRENT_SENDS = 32;
/** Tasks in hand beyond that, so that the next send does not wait for the receipt of the last one to be written. */
const MAX_QUEUED_TASKS = 32;
/** When nothing says otherwise, look again after this long: a bell that was missed costs a minute, not a note. */
const MAX_IDLE_MS = 60_000;
/** Who lags behind by this much was away; below, a limit or a burst may be the cause, and posts come one by one. */
const OFFLINE_AFTER_S = 600;
/** So many times the posts that make a digest after an absence make one at any time. */
const FLOOD_FACTOR = 3;
/**
 * What was postponed in an earlier run is due after this at the latest. Platforms seldom ask for more, and a clock that
 * stood wrong then may have put it off for days.
 */
const MAX_POSTPONED_MS = 60 * 60_000;

/** When a look began: by the clock that runs evenly, and by the calendar. */
interface Now {
  readonly nowMs: number;
  readonly wallMs: number;
}

/** What delivery needs: all that carrying out a task does, apart from what delivery itself decides. */
interface DeliveryLoopParts extends Omit<ExecutorParts, 'runLimited' | 'acquire' | 'giveUpPolicy'> {
  /** Who has more than so many posts waiting after an absence gets one digest for them; 0: nobody ever. */
  readonly catchUpAfter: number;
}

export interface DeliveryLoop {
  /** There may be something to do: the journal grew, a destination was added or resumed. */
  wake(): void;
  /** Serves whoever is behind until the signal aborts; then finishes the sends in hand and settles. */
  run(signal: AbortSignal): Promise<void>;
  /** Why this platform is not served, for now or for good; `undefined` while it is. */
  error(): string | undefined;
}

/**
 * Serves one platform's destinations from the journal: each in order, none waiting for another, restart and normal
 * running alike. What a task does is `carryOut`'s business; this decides who is next and how fast.
 */
export function createDeliveryLoop(parts: DeliveryLoopParts): DeliveryLoop {
  const { platform, clock, random } = parts;
  const log = parts.log.with({ platform: platform.name });
  const gate = createCircuitBreaker({ log, now: clock.steady, random });
  const pulse = createLiveness({ platform, now: clock.steady });
  const giveUpPolicy = createGiveUpPolicy(pulse, clock.steady);
  const watched = monitored(gate, pulse, platform);
  const bell = createWakeSignal();
  const busy = new Set<string>();
  const resting = new Set<string>();
  const slots = createSemaphore(MAX_CONCURRENT_SENDS);
  const whole = createRateLimiter(platform.rateLimits.whole, smoothed(platform.rateLimits.whole));
  const paces = createKeyedRateLimiters(platform.rateLimits.destination);
  /** How often in a row a task failed for a fault of our own. */
  const faults = new Map<string, number>();
  let haltedBy: string | undefined;

  /**
   * Whether that many messages may go to the destination now. The platform's own limit is waited for; a destination
   * that has had its share is left to rest, so that it holds nobody up.
   */
  async function maySpend(destination: string, cost: number, signal: AbortSignal): Promise<boolean> {
    if (gate.permits(MAX_CONCURRENT_SENDS) === 0) return false;
    const rest = paces.get(destination, clock.steady()).acquire(cost, clock.steady());
    if (rest > 0) {
      void restFor(destination, rest, signal);
      return false;
    }
    for (
      let wait = whole.acquire(cost, clock.steady());
      wait > 0;
      wait = whole.acquire(cost, clock.steady())
    ) {
      if (signal.aborted) return false;
      await clock.wait(wait, signal);
    }
    return !signal.aborted && gate.permits(MAX_CONCURRENT_SENDS) > 0;
  }

  async function restFor(destination: string, ms: number, signal: AbortSignal): Promise<void> {
    resting.add(destination);
    await clock.wait(ms, signal);
    resting.delete(destination);
    bell.notify();
  }

  async function serve(task: DeliveryTask, signal: AbortSignal): Promise<void> {
    const destination = task.destination.id;
    try {
      const outcome = await executeTask(task, {
        ...parts,
        platform: watched,
        giveUpPolicy,
        runLimited: slots.run,
        acquire: (cost) => maySpend(destination, cost, signal),
      });
      if (outcome === 'halted') haltedBy = 'the token was rejected';
      faults.delete(destination);
    } catch (error) {
      const before = faults.get(destination) ?? 0;
      faults.set(destination, before + 1);
      log.error('delivery.failed', { destination, seq: task.entry.seq, error });
      void restFor(destination, backoffMs(before, random), signal);
    } finally {
      busy.delete(destination);
      bell.notify();
    }
  }

  return {
    wake: () => bell.notify(),
    error: () => haltedBy ?? gate.error(),
    async run(signal) {
      const inHand = new Set<Promise<void>>();
      signal.addEventListener('abort', () => bell.notify());
      await clampPostponed(parts);
      while (!signal.aborted && haltedBy === undefined) {
        const now = { nowMs: clock.steady(), wallMs: clock.now() };
        const most = gate.permits(MAX_CONCURRENT_SENDS + MAX_QUEUED_TASKS);
        const room = most - busy.size;
        if (most > MAX_QUEUED_TASKS && room < MAX_QUEUED_TASKS) {
          await bell.wait(signal);
          continue;
        }
        const tasks = await tasksDue(parts, now, room, new Set([...busy, ...resting]));
        for (const task of tasks) {
          busy.add(task.destination.id);
          const served = serve(task, signal).finally(() => inHand.delete(served));
          inHand.add(served);
        }
        if (tasks.length < room || room <= 0) await waitForWork(parts, now, gate, bell.wait);
      }
      await Promise.all(inHand);
    },
  };
}

/** The platform, with the gate and the pulse listening, and no wait that can't be meant. */
function monitored(gate: CircuitBreaker, pulse: Liveness, platform: Platform): Platform {
  const heard = async (destination: string, call: Promise<SendResult>): Promise<SendResult> => {
    const result = credible(await call);
    gate.record(destination, result, await pulse.record(result));
    return result;
  };
  return {
    ...platform,
    send: (id, ...given) => heard(id, platform.send(id, ...given)),
    edit: (id, ...given) => heard(id, platform.edit(id, ...given)),
    remove: (id, ...given) => heard(id, platform.remove(id, ...given)),
  };
}

function credible(result: SendResult): SendResult {
  if (result.status !== 'retry') return result;
  const { afterMs, ...rest } = result;
  const told = clampRetryAfter(afterMs);
  return { ...rest, ...(told !== undefined && { afterMs: told }) };
}

async function clampPostponed({ store, platform, clock, log }: DeliveryLoopParts): Promise<void> {
  try {
    await store.deliveries.clampPostponed(platform.name, clock.steady() + MAX_POSTPONED_MS);
  } catch (error) {
    log.error('delivery.stalled', { platform: platform.name, error });
  }
}

async function tasksDue(
  { store, platform, log, catchUpAfter }: DeliveryLoopParts,
  { nowMs, wallMs }: Now,
  room: number,
  busy: ReadonlySet<string>,
): Promise<readonly DeliveryTask[]> {
  if (room <= 0) return [];
  const far = {
    count: catchUpAfter,
    beforeS: wallMs / 1000 - OFFLINE_AFTER_S,
    flood: catchUpAfter * FLOOD_FACTOR,
  };
  try {
    return await store.deliveries.nextTasks(
      platform.name,
      nowMs,
      room,
      busy,
      catchUpAfter > 0 ? far : undefined,
      wallMs,
    );
  } catch (error) {
    log.error('delivery.stalled', { platform: platform.name, error });
    return [];
  }
}

/** Until the bell rings, the gate opens, the next destination is due that was not when the look began, or a minute has passed. */
async function waitForWork(
  { store, platform, clock }: DeliveryLoopParts,
  { nowMs, wallMs }: Now,
  gate: CircuitBreaker,
  rung: WakeSignal['wait'],
): Promise<void> {
  const over = new AbortController();
  await Promise.race([rung(over.signal), pause(over.signal)]);
  over.abort('over');

  async function pause(signal: AbortSignal): Promise<void> {
    // What was just begun goes first.
    await clock.wait(1, signal);
    if (signal.aborted) return;
    const due = await store.deliveries.nextDueMs(platform.name, nowMs, wallMs).catch(() => undefined);
    const untilDue = Math.max(0, (due ?? Number.POSITIVE_INFINITY) - clock.steady());
    await clock.wait(gate.retryAfterMs() || Math.min(MAX_IDLE_MS, untilDue), signal);
  }
}
