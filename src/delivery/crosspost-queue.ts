import type { Clock } from '../lib/clock.ts';
import type { KeyValue } from '../lib/key-value.ts';
import type { Log } from '../lib/log.ts';
import { createKeyedRateLimiters } from '../lib/rate-limiter.ts';
import { clampRetryAfter } from '../lib/retry-delay.ts';
import { createWakeSignal } from '../lib/wake-signal.ts';
import type { Platform } from '../platform/platform.ts';

/** A message to be published to the channels that follow its destination, as stored. */
interface QueuedCrosspost {
  readonly destination: string;
  readonly receipt: string;
  /** The author's missives go first. */
  readonly isMissive: boolean;
  /** When it was posted, in milliseconds since 1970. */
  readonly atMs: number;
}

interface CrosspostQueueParts {
  readonly platform: Pick<Platform, 'name' | 'publish'>;
  /** Keyed by platform. */
  readonly storage: Pick<KeyValue<readonly QueuedCrosspost[]>, 'get' | 'set'>;
  readonly log: Log;
  readonly clock: Clock;
}

export interface CrosspostQueue {
  /**
   * Queues a message, to be published as soon as the rate limit allows. Doesn't wait for the platform, and never
   * rejects.
   */
  enqueue(destination: string, receipt: string, isMissive: boolean): Promise<void>;
  /** Drops everything that is queued for these destinations. */
  forget(destinations: readonly string[]): Promise<void>;
  /** Publishes until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

const HOUR_MS = 60 * 60_000;
/** Per channel. Discord doesn't document it; this is what others have observed. */
const LIMIT = { count: 10, perMs: HOUR_MS };
/** The part of the limit that only missives may use. */
const RESERVED_FOR_MISSIVES = 2;
/** After this a crosspost is no longer news and is dropped. */
const STALE_MS = 24 * HOUR_MS;
/** The wait after a failure if the platform asks for none. */
const RETRY_MS = 60_000;
const MIN_RETRY_MS = 1_000;
/** The wait when somebody has to fix a permission first. */
const UNREACHABLE_RETRY_MS = HOUR_MS;
/** For all destinations together. Beyond it, the oldest are dropped. */
const MAX_QUEUED = 1_000;

/**
 * Publishes posts to following channels at the pace that Discord allows. A crosspost is stored before its post counts as
 * delivered, so a crash loses none; publishing twice does no harm, since the platform reports the second time.
 */
export function createCrosspostQueue({ platform, storage, log, clock }: CrosspostQueueParts): CrosspostQueue {
  const { publish } = platform;
  const wakeSignal = createWakeSignal();
  const limiters = createKeyedRateLimiters(() => LIMIT);
  /** How long destinations have to wait after a failure, by `clock.steady`. */
  const notBeforeMs = new Map<string, number>();
  let queue: readonly QueuedCrosspost[] = [];
  const loaded = storage.get(platform.name).then(
    (stored = []) => void (queue = [...stored, ...queue]),
    (error: unknown) => log.error('crosspost.load_failed', { error }),
  );

  async function save(next: readonly QueuedCrosspost[]): Promise<void> {
    queue = next;
    try {
      await storage.set(platform.name, queue);
    } catch (error) {
      // Deliveries go on. The queue in memory is lost only if the program ends.
      log.error('crosspost.save_failed', { error });
    }
  }

  const isSame = (
    one: QueuedCrosspost,
    { destination, receipt }: Omit<QueuedCrosspost, 'atMs' | 'isMissive'>,
  ) => one.destination === destination && one.receipt === receipt;
  const remove = (done: QueuedCrosspost) => save(queue.filter((one) => !isSame(one, done)));

  /** The earliest time it may be published, by `clock.steady`. */
  function dueMs({ destination, isMissive }: QueuedCrosspost, nowMs: number): number {
    const limiter = limiters.get(destination, nowMs);
    const delayMs = limiter.delayMs(isMissive ? 1 : 1 + RESERVED_FOR_MISSIVES, nowMs);
    return Math.max(nowMs + delayMs, notBeforeMs.get(destination) ?? 0);
  }

  const byPriority = (a: QueuedCrosspost, b: QueuedCrosspost): number =>
    Number(b.isMissive) - Number(a.isMissive) || a.atMs - b.atMs;

  async function publishOne(crosspost: QueuedCrosspost, call: NonNullable<typeof publish>): Promise<void> {
    const { destination, receipt } = crosspost;
    const result = await call(destination, receipt);
    const nowMs = clock.steady();
    const fields = { destination, receipt };
    notBeforeMs.delete(destination);
    switch (result.status) {
      case 'sent':
        limiters.get(destination, nowMs).acquire(1, nowMs);
        log.info('message.crossposted', fields);
        return remove(crosspost);
      case 'retry': {
        const delayMs = Math.max(clampRetryAfter(result.afterMs) ?? RETRY_MS, MIN_RETRY_MS);
        notBeforeMs.set(destination, nowMs + delayMs);
        log.debug('message.crosspost_failed', { ...fields, reason: result.reason });
        return;
      }
      case 'unreachable':
        log.warn('message.crosspost_failed', { ...fields, reason: result.reason });
        if (result.gone) return remove(crosspost);
        notBeforeMs.set(destination, nowMs + UNREACHABLE_RETRY_MS);
        return;
      case 'rejected':
      case 'moved':
      case 'halted':
        log.warn('message.crosspost_failed', { ...fields, reason: result.reason });
        return remove(crosspost);
    }
  }

  async function dropStale(): Promise<void> {
    const stale = queue.filter(({ atMs }) => atMs < clock.now() - STALE_MS);
    if (stale.length === 0) return;
    log.warn('message.crosspost_failed', { count: stale.length, reason: 'no room within a day' });
    await save(queue.filter((one) => !stale.includes(one)));
  }

  return {
    async enqueue(destination, receipt, isMissive) {
      if (!publish) return;
      await loaded;
      const crosspost = { destination, receipt, isMissive, atMs: clock.now() };
      if (queue.some((one) => isSame(one, crosspost))) return;
      await save([...queue, crosspost].slice(-MAX_QUEUED));
      wakeSignal.notify();
    },
    async forget(destinations) {
      await loaded;
      const kept = queue.filter(({ destination }) => !destinations.includes(destination));
      if (kept.length < queue.length) await save(kept);
    },
    async run(signal) {
      if (!publish) return;
      await loaded;
      signal.addEventListener('abort', wakeSignal.notify);
      while (!signal.aborted) {
        await dropStale();
        const nowMs = clock.steady();
        const due = queue.map((crosspost) => ({ crosspost, dueMs: dueMs(crosspost, nowMs) }));
        const next = due
          .filter((one) => one.dueMs <= nowMs)
          .map(({ crosspost }) => crosspost)
          .toSorted(byPriority)[0];
        if (next) await publishOne(next, publish);
        else if (due.length === 0) await wakeSignal.wait(signal);
        else {
          const waitMs = Math.min(...due.map((one) => one.dueMs)) - nowMs;
          await wakeSignal.waitOr((over) => clock.wait(waitMs, over));
        }
      }
    },
  };
}
