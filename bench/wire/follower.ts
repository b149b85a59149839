import { silentLog } from '../../src/lib/log.ts';
import { createRelayPool } from '../../src/relays/relay-pool.ts';
import { TIMEOUTS } from '../../src/relays/timeouts.ts';
import { createVerifier } from '../../src/relays/verify.ts';
import { serve } from './child-process.ts';

/** Follows relays as the program does, in its own process that reports its peak memory. */

const PEAK_EVERY_MS = 5;
const stopping = new AbortController();

interface Following {
  readonly author: string;
  readonly urls: readonly string[];
  /** Whether misbehaving relays are retried at once. */
  readonly insists: boolean;
}

const follower = {
  /** Follows the author on the relays, and discards the stream. */
  async follow({ author, urls, insists }: Following): Promise<void> {
    const relays = createRelayPool({
      author,
      urls,
      records: {
        progress: async () => ({}),
        retired: {},
        saveRetired: async () => {},
        capabilities: () => ({ get: async () => undefined, set: async () => {} }),
        negentropySupport: () => ({ get: async () => 'no', set: async () => {} }),
      },
      archive: {
        known: async () => new Set(),
        knownInRange: async ({ sinceS }) => ({ sinceS, events: [] }),
      },
      verifier: await createVerifier({ now: Date.now, log: silentLog }),
      log: silentLog,
      signal: stopping.signal,
      now: Date.now,
      timeouts: insists
        ? { ...TIMEOUTS, retryMs: 10, retryMaxMs: 50, quarantineMs: 50, quarantineMaxMs: 50 }
        : TIMEOUTS,
    });
    void (async () => {
      for await (const _ of relays.stream);
    })();
  },
  /** Peak memory of the process, in bytes. */
  peak: (): number => peak,
};

export type Follower = typeof follower;

let peak = process.memoryUsage.rss();
setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, PEAK_EVERY_MS).unref();
serve(follower);
