import type { RetiredRelays } from '../relays/relay-candidates.ts';
import type { RelayRecords } from '../relays/relay-pool.ts';
import type { CaughtUp, SyncProgress } from '../relays/relay-stream.ts';
import type { StoredCapabilities } from '../relays/sync/capability-tracker.ts';
import type { Values } from '../store/values.ts';

/** What the store keeps about relays, by address. */
export interface RelayProgressStore extends RelayRecords {
  /** To be called once everything the relay sent before is durable. */
  saveProgress(caughtUp: CaughtUp): Promise<void>;
}

type Resyncs = Omit<SyncProgress, 'cursorMs'>;

export async function openRelayProgressStore(values: Values, author: string): Promise<RelayProgressStore> {
  const cursors = values.keyv<number>('cursor');
  const resyncs = values.keyv<Resyncs>('audit');
  const supports = values.keyv<'yes' | 'no'>('sync');
  const capabilities = values.keyv<StoredCapabilities>('relay-terms');
  const retired = values.keyv<RetiredRelays>('former-relays');
  return {
    async progress(url) {
      const cursorMs = await cursors.get(url);
      return { ...(cursorMs !== undefined && { cursorMs }), ...(await resyncs.get(url)) };
    },
    async saveProgress({ relay, depth, cursorMs }) {
      await cursors.set(relay, cursorMs);
      if (depth !== 'cursor')
        await resyncs.set(relay, { ...(await resyncs.get(relay)), [`${depth}Ms`]: cursorMs });
    },
    negentropySupport: (url) => ({
      get: () => supports.get(url),
      set: async (support, forMs) => void (await supports.set(url, support, forMs)),
    }),
    capabilities: (url) => ({
      get: () => capabilities.get(url),
      set: async (stored, forMs) => void (await capabilities.set(url, stored, forMs)),
    }),
    retired: (await retired.get(author)) ?? {},
    saveRetired: async (relays) => void (await retired.set(author, relays)),
  };
}
