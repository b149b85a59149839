import type { ClientOptions } from 'discord.js';
import type { Delay } from '../../../lib/delay.ts';
import { createKeyedQueue } from '../../../lib/keyed-queue.ts';
import type { Log } from '../../../lib/log.ts';

/** Names that one process at a time may hold. A process that ends lets go of all of its own. */
export interface IdentifyLeases {
  /** `undefined` while another process holds it. */
  acquire(name: string): Promise<{ release(): Promise<void> } | undefined>;
}

type BuildThrottler = NonNullable<NonNullable<ClientOptions['ws']>['buildIdentifyThrottler']>;
type Throttler = Awaited<ReturnType<BuildThrottler>>;

/** Shards whose IDs leave the same remainder may log in five seconds apart; the rest allows for the way to Discord. */
const SPACING_MS = 5_500;
const ASK_EVERY_MS = 1_000;

export interface IdentifyThrottlerParts {
  readonly leases: IdentifyLeases;
  readonly log: Log;
  readonly wait: Delay;
  /** Aborts when the platform stops. */
  readonly signal: AbortSignal;
}

/**
 * Lets the shards of all processes log in as fast as Discord allows: one of each remainder by `max_concurrency` within five
 * seconds (Gateway, Sharding, Max Concurrency). discord.js spaces only those of one process.
 */
export function createIdentifyThrottler(
  { leases, log, wait, signal: stopping }: IdentifyThrottlerParts,
  maxConcurrency: number,
): Throttler {
  const queue = createKeyedQueue();

  async function acquire(name: string, signal: AbortSignal) {
    for (;;) {
      signal.throwIfAborted();
      const lease = await leases.acquire(name).catch((error: unknown) => {
        log.warn('identify.delayed', { error });
        return undefined;
      });
      if (lease) return lease;
      await wait(ASK_EVERY_MS, signal);
    }
  }

  return {
    waitForIdentify(shardId, signal) {
      const name = `discord-identify:${shardId % maxConcurrency}`;
      return new Promise<void>((resolve, reject) => {
        const inTurn = async (): Promise<void> => {
          const lease = await acquire(name, signal);
          resolve();
          await wait(SPACING_MS, stopping);
          await lease.release();
        };
        queue.run(name, inTurn).catch(reject);
      });
    },
  };
}
