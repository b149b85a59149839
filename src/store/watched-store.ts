import { KeyvHooks } from 'keyv';
import type { Database } from './database.ts';
import type { Store } from './store.ts';
import { createTopicListeners } from './topic-listeners.ts';
import type { Values } from './values.ts';

/** Changes of what a watcher may have read. */
const VALUE_CHANGES = [
  KeyvHooks.AFTER_SET,
  KeyvHooks.AFTER_SET_MANY,
  KeyvHooks.AFTER_DELETE,
  KeyvHooks.AFTER_DELETE_MANY,
];

/** A store that tells who watches it what this process changes, for an engine that only one process uses. */
export interface WatchedStore extends Pick<Database, 'watch'> {
  readonly store: Store;
}

export function watchedStore(store: Store): WatchedStore {
  const hooked = new Set<string>();
  const { call: changed, watch } = createTopicListeners();
  const { journal, values } = store;

  const keyv: Values['keyv'] = <T>(namespace: string) => {
    const own = values.keyv<T>(namespace);
    if (!hooked.has(namespace))
      for (const event of VALUE_CHANGES) own.onHook({ event, handler: () => changed(`values ${namespace}`) });
    hooked.add(namespace);
    return own;
  };

  async function whenAny(count: Promise<number>): Promise<number> {
    if ((await count) > 0) changed('journal');
    return count;
  }

  return {
    store: {
      ...store,
      values: { keyv },
      journal: {
        ...journal,
        async accept(notes, onVisible) {
          const isNews = notes.some(({ news }) => news);
          const outcomes = await journal.accept(notes, () => {
            onVisible?.();
            // Delivery may begin before they are on disk: its first intents become durable together with them.
            if (isNews) changed('journal');
          });
          // Readers may have got an earlier version.
          if (!isNews && outcomes.includes('replaced')) changed('journal');
          return outcomes;
        },
        delete: (deletion) => whenAny(journal.delete(deletion)),
        deleteExpired: (nowMs) => whenAny(journal.deleteExpired(nowMs)),
      },
      async maintain(nowMs) {
        await store.maintain(nowMs);
        changed('journal');
      },
    },
    watch,
  };
}
