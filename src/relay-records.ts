import type { CaughtUp, Former, Progress, RelayRecords } from './nostr/relays.ts';
import type { KeptTerms } from './nostr/terms-keeper.ts';
import type { Store } from './store/store.ts';

type Audits = Omit<Progress, 'cursorMs'>;

/** What is kept of the relays in the store, by address, with how it is saved. */
export interface SavedRecords extends RelayRecords {
  saveProgress(caughtUp: CaughtUp): Promise<void>;
}

export async function openRelayRecords(store: Pick<Store, 'keyv'>, author: string): Promise<SavedRecords> {
  const cursors = store.keyv<number>('cursor');
  const audits = store.keyv<Audits>('audit');
  const supports = store.keyv<'yes' | 'no'>('sync');
  const terms = store.keyv<KeptTerms>('relay-terms');
  const formers = store.keyv<Former>('former-relays');
  return {
    async progress(url) {
      const cursorMs = await cursors.get(url);
      return { ...(cursorMs !== undefined && { cursorMs }), ...(await audits.get(url)) };
    },
    async saveProgress({ relay, reach, cursorMs }) {
      await cursors.set(relay, cursorMs);
      if (reach !== 'cursor')
        await audits.set(relay, { ...(await audits.get(relay)), [`${reach}Ms`]: cursorMs });
    },
    support: (url) => ({
      get: () => supports.get(url),
      set: async (support, forMs) => void (await supports.set(url, support, forMs)),
    }),
    terms: (url) => ({
      get: () => terms.get(url),
      set: async (kept, forMs) => void (await terms.set(url, kept, forMs)),
    }),
    former: (await formers.get(author)) ?? {},
    saveFormer: async (former) => void (await formers.set(author, former)),
  };
}
