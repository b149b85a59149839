import type { CaughtUp, Former, Progress, RelayRecords } from '../relays/relay-pool.ts';
import type { StoredCapabilities } from '../relays/sync/capability-tracker.ts';
import type { Values } from '../store/values.ts';

type Audits = Omit<Progress, 'cursorMs'>;

/** What is kept of the relays in the store, by address, with how it is saved. */
export interface RelayProgressStore extends RelayRecords {
  saveProgress(caughtUp: CaughtUp): Promise<void>;
}

export async function openRelayProgressStore(values: Values, author: string): Promise<RelayProgressStore> {
  const cursors = values.keyv<number>('cursor');
  const audits = values.keyv<Audits>('audit');
  const supports = values.keyv<'yes' | 'no'>('sync');
  const terms = values.keyv<StoredCapabilities>('relay-terms');
  const formers = values.keyv<Former>('former-relays');
  return {
    async progress(url) {
      const cursorMs = await cursors.get(url);
      return { ...(cursorMs !== undefined && { cursorMs }), ...(await audits.get(url)) };
    },
    async saveProgress({ relay, depth, cursorMs }) {
      await cursors.set(relay, cursorMs);
      if (depth !== 'cursor')
        await audits.set(relay, { ...(await audits.get(relay)), [`${depth}Ms`]: cursorMs });
    },
    support: (url) => ({
      get: () => supports.get(url),
      set: async (support, forMs) => void (await supports.set(url, support, forMs)),
    }),
    terms: (url) => ({
      get: () => terms.get(url),
      set: async (kept, forMs) => void (await terms.set(url, kept, forMs)),
    }),
    retired: (await formers.get(author)) ?? {},
    saveRetired: async (former) => void (await formers.set(author, former)),
  };
}
