import { type Clock, clampRetryAfter, createWakeSignal, type WakeSignal } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Platform, SendResult } from '../platform/platform.ts';

/** What stands at a destination and is to go out to the channels that follow it. */
interface QueuedCrosspost {
  readonly destination: string;
  readonly receipt: string;
  /** What the author calls a missive goes before all else. */
  readonly isMissive: boolean;
  /** When it was posted, in milliseconds since 1970. */
  readonly atMs: number;
}

/** The small part of a key-value store that is needed here. */
interface CrosspostStorage {
  get(key: string): Promise<readonly QueuedCrosspost[] | undefined>;
  set(key: string, wishes: readonly QueuedCrosspost[]): Promise<unknown>;
}

interface CrosspostQueueParts {
  readonly platform: Pick<Platform, 'name' | 'publish'>;
  readonly storage: CrosspostStorage;
  readonly log: Log;
  readonly clock: Clock;
}

export interface CrosspostQueue {
  /** It is to go out, as soon as there is room. Never rejects and makes nobody wait for the platform. */
  wish(destination: string, receipt: string, isMissive: boolean): Promise<void>;
  /** What stands at these destinations is not to go out any more. */
  forget(destinations: readonly string[]): Promise<void>;
  /** Publishes until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

/** Discord's limit, which it does not publish: ten an hour and channel, as others have seen it. */
const HOURLY_LIMIT = 10;
const WINDOW_MS = 60 * 60_000;
/** So much of it is kept for missives. */
const RESERVED_FOR_MISSIVES = 2;
/** Then it is no news any more. */
const STALE_MS = 24 * 60 * 60_000;
/** What could not be published is tried again after so long, where the platform says nothing. */
const RETRY_MS = 60_000;
/** And never sooner than this, whatever it says. */
const MIN_RETRY_MS = 1_000;
/** And where somebody has to act first. */
const UNREACHABLE_RETRY_MS = 60 * 60_000;
/** So many wait at most, of all destinations together; the oldest go. */
const MAX_QUEUED = 1_000;

/**
 * Publishes in its own time what was posted. A wish is written down before the post counts as delivered, so that a crash
 * forgets none; one that was granted unnoticed is granted again, and the platform says that it was.
 */
export function createCrosspostQueue({ platform, storage, log, clock }: CrosspostQueueParts): CrosspostQueue {
  const { publish } = platform;
  const bell: WakeSignal = createWakeSignal();
  const published = new Map<string, readonly number[]>();
  const notBefore = new Map<string, number>();
  let wishes: readonly QueuedCrosspost[] = [];
  const kept = storage.get(platform.name).then(
    (found = []) => void (wishes = [...found, ...wishes]),
    (error: unknown) => log.error('crosspost.load_failed', { error }),
  );

  async function keep(next: readonly QueuedCrosspost[]): Promise<void> {
    wishes = next;
    try {
      await storage.set(platform.name, wishes);
    } catch (error) {
      // Posting goes on; what is in memory is not lost before the program ends.
      log.error('crosspost.save_failed', { error });
    }
  }

  const isSame = (
    one: QueuedCrosspost,
    { destination, receipt }: Pick<QueuedCrosspost, 'destination' | 'receipt'>,
  ): boolean => one.destination === destination && one.receipt === receipt;
  const settle = (wish: QueuedCrosspost) => keep(wishes.filter((one) => !isSame(one, wish)));

  function roomAt(destination: string, nowMs: number): number {
    const recent = (published.get(destination) ?? []).filter((at) => at > nowMs - WINDOW_MS);
    published.set(destination, recent);
    return HOURLY_LIMIT - recent.length;
  }

  /** When the wish may be granted, as far as is known, in steady milliseconds. */
  function dueMs({ destination, isMissive }: QueuedCrosspost, nowMs: number): number {
    const room = roomAt(destination, nowMs) - (isMissive ? 0 : RESERVED_FOR_MISSIVES);
    const full = room > 0 ? 0 : ((published.get(destination) ?? [])[-room] ?? nowMs) + WINDOW_MS;
    return Math.max(full, notBefore.get(destination) ?? 0);
  }

  const byWorth = (a: QueuedCrosspost, b: QueuedCrosspost): number =>
    Number(b.isMissive) - Number(a.isMissive) || a.atMs - b.atMs;

  async function grant(wish: QueuedCrosspost, call: NonNullable<typeof publish>): Promise<void> {
    const { destination, receipt } = wish;
    const result: SendResult = await call(destination, receipt);
    const nowMs = clock.steady();
    const about = { destination, receipt };
    switch (result.status) {
      case 'sent':
        published.set(destination, [...(published.get(destination) ?? []), nowMs]);
        log.info('message.crossposted', about);
        return settle(wish);
      case 'retry':
        notBefore.set(
          destination,
          nowMs + Math.max(clampRetryAfter(result.afterMs) ?? RETRY_MS, MIN_RETRY_MS),
        );
        log.debug('message.crosspost_failed', { ...about, reason: result.reason });
        return;
      case 'unreachable':
        notBefore.set(destination, nowMs + UNREACHABLE_RETRY_MS);
        log.warn('message.crosspost_failed', { ...about, reason: result.reason });
        return result.gone ? settle(wish) : undefined;
      case 'rejected':
      case 'moved':
      case 'halted':
        log.warn('message.crosspost_failed', { ...about, reason: result.reason });
        return settle(wish);
    }
  }

  return {
    async wish(destination, receipt, isMissive) {
      if (!publish) return;
      await kept;
      const wish = { destination, receipt, isMissive, atMs: clock.now() };
      if (wishes.some((one) => isSame(one, wish))) return;
      await keep([...wishes, wish].slice(-MAX_QUEUED));
      bell.notify();
    },
    async forget(destinations) {
      await kept;
      if (wishes.some(({ destination }) => destinations.includes(destination)))
        await keep(wishes.filter(({ destination }) => !destinations.includes(destination)));
    },
    async run(signal) {
      if (!publish) return;
      await kept;
      signal.addEventListener('abort', () => bell.notify());
      while (!signal.aborted) {
        const stale = wishes.filter(({ atMs }) => atMs < clock.now() - STALE_MS);
        if (stale.length > 0) {
          log.warn('message.crosspost_failed', { count: stale.length, reason: 'no room within a day' });
          await keep(wishes.filter((one) => !stale.includes(one)));
        }
        const nowMs = clock.steady();
        const next = wishes.toSorted(byWorth).find((wish) => dueMs(wish, nowMs) <= nowMs);
        if (next) await grant(next, publish);
        else await rungOr(Math.min(...wishes.map((wish) => dueMs(wish, nowMs))) - nowMs);
      }

      async function rungOr(ms: number): Promise<void> {
        const over = new AbortController();
        const waits = Number.isFinite(ms) ? [clock.wait(ms, over.signal)] : [];
        await Promise.race([bell.wait(over.signal), ...waits]);
        over.abort();
      }
    },
  };
}
