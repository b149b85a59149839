import { createSlots } from '../slots.ts';
import type { Task } from '../store/task.ts';
import { type CarryOutParts, carryOut } from './carry-out.ts';
import { createPace, createPaces, evenly } from './pace.ts';
import { type Bell, createBell } from './timing.ts';

/** Sends under way at once per platform: enough to fill the platform's rate over a slow line. */
const AT_ONCE = 32;
/** Tasks in hand beyond that, so that the next send does not wait for the receipt of the last one to be written. */
const IN_LINE = 32;
/** When nothing says otherwise, look again after this long: a bell that was missed costs a minute, not a note. */
const LOOK_AGAIN_MS = 60_000;
/** Who lags behind by this much was away; below, a limit or a burst may be the cause, and posts come one by one. */
const AWAY_S = 600;
/** So many times the posts that make a digest after an absence make one at any time. */
const FLOOD = 3;
/** After a fault of our own (a full disk, say) the same destination is not tried again at once. */
const AFTER_FAULT_MS = 1_000;

/** What delivery needs: all that carrying out a task does, apart from what delivery itself decides. */
interface DeliveryParts extends Omit<CarryOutParts, 'inTurn' | 'maySpend' | 'pauseAll'> {
  /** Who has more than so many posts waiting after an absence gets one digest for them; 0: nobody ever. */
  readonly catchUpAfter: number;
}

export interface Delivery {
  /** There may be something to do: the journal grew, a destination was added or resumed. */
  wake(): void;
  /** Serves whoever is behind until the signal aborts; then finishes the sends in hand and settles. */
  run(signal: AbortSignal): Promise<void>;
  /** Why this platform is not served any more; `undefined` while it is. */
  halted(): string | undefined;
}

/**
 * Serves one platform's destinations from the journal: each in order, none waiting for another, restart and normal
 * running alike. What a task does is `carryOut`'s business; this decides who is next and how fast.
 */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { platform, clock, log } = parts;
  const bell = createBell();
  const busy = new Set<string>();
  const resting = new Set<string>();
  const slots = createSlots(AT_ONCE);
  const whole = createPace(platform.pace.whole, evenly(platform.pace.whole));
  const paces = createPaces(platform.pace.destination);
  let haltedBy: string | undefined;

  /**
   * Whether that many messages may go to the destination now. The platform's own limit is waited for; a destination
   * that has had its share is left to rest, so that it holds nobody up.
   */
  async function maySpend(destination: string, cost: number, signal: AbortSignal): Promise<boolean> {
    const rest = paces.of(destination, clock.now()).take(cost, clock.now());
    if (rest > 0) {
      void restFor(destination, rest, signal);
      return false;
    }
    for (let wait = whole.take(cost, clock.now()); wait > 0; wait = whole.take(cost, clock.now())) {
      if (signal.aborted) return false;
      await clock.wait(wait, signal);
    }
    return !signal.aborted;
  }

  async function restFor(destination: string, ms: number, signal: AbortSignal): Promise<void> {
    resting.add(destination);
    await clock.wait(ms, signal);
    resting.delete(destination);
    bell.ring();
  }

  async function serve(task: Task, signal: AbortSignal): Promise<void> {
    const destination = task.destination.id;
    try {
      const outcome = await carryOut(task, {
        ...parts,
        inTurn: slots.run,
        maySpend: (cost) => maySpend(destination, cost, signal),
        pauseAll: (ms) => whole.pause(clock.now() + ms),
      });
      if (outcome === 'halted') haltedBy = 'the token was refused';
    } catch (error) {
      log.error('delivery.failed', { destination, seq: task.entry.seq, error });
      await clock.wait(AFTER_FAULT_MS, signal);
    } finally {
      busy.delete(destination);
      bell.ring();
    }
  }

  return {
    wake: () => bell.ring(),
    halted: () => haltedBy,
    async run(signal) {
      const inHand = new Set<Promise<void>>();
      signal.addEventListener('abort', () => bell.ring());
      while (!signal.aborted && haltedBy === undefined) {
        const room = AT_ONCE + IN_LINE - busy.size;
        if (room < IN_LINE) {
          await bell.rung(signal);
          continue;
        }
        const tasks = await tasksDue(parts, room, new Set([...busy, ...resting]));
        for (const task of tasks) {
          busy.add(task.destination.id);
          const served = serve(task, signal).finally(() => inHand.delete(served));
          inHand.add(served);
        }
        if (tasks.length < room) await nextBell(parts, bell.rung);
      }
      await Promise.all(inHand);
    },
  };
}

async function tasksDue(
  { store, platform, clock, log, catchUpAfter }: DeliveryParts,
  room: number,
  busy: ReadonlySet<string>,
): Promise<readonly Task[]> {
  const now = clock.now();
  const far = { count: catchUpAfter, beforeS: now / 1000 - AWAY_S, flood: catchUpAfter * FLOOD };
  try {
    return await store.due(platform.name, now, room, busy, catchUpAfter > 0 ? far : undefined);
  } catch (error) {
    log.error('delivery.stalled', { platform: platform.name, error });
    return [];
  }
}

/** Until the bell rings, the next postponed destination is due, or a minute has passed. */
async function nextBell({ store, platform, clock }: DeliveryParts, rung: Bell['rung']): Promise<void> {
  const over = new AbortController();
  await Promise.race([rung(over.signal), pause(over.signal)]);
  over.abort('over');

  async function pause(signal: AbortSignal): Promise<void> {
    // What was just begun goes first.
    await clock.wait(1, signal);
    if (signal.aborted) return;
    const due = await store.nextDueMs(platform.name).catch(() => undefined);
    const ms = Math.min(LOOK_AGAIN_MS, Math.max(0, (due ?? Number.POSITIVE_INFINITY) - clock.now()));
    await clock.wait(ms, signal);
  }
}
