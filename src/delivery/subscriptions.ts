import type { Log } from '../lib/log.ts';
import type { Host } from '../platform/platform.ts';
import type { Preferences } from '../preferences/preferences.ts';
import type { Subscription } from '../store/destinations.ts';
import type { Store } from '../store/store.ts';
import { createQuota, MAX_DESTINATIONS, type Owner } from './quota.ts';

export interface SubscriptionParts {
  readonly store: Pick<Store, 'destinations' | 'values' | 'forget'>;
  /** A destination may have become due. */
  wake(): void;
  readonly log: Log;
}

/** What the platforms and commands say about destinations, told to the store. */
export interface Subscriptions extends Pick<Host, 'left' | 'returned' | 'moved' | 'absent'> {
  /** `full`: its maker, or what it is a part of, has too many (`pipeline/quota`). */
  subscribe(
    destination: string,
    maker: Owner,
    choices?: Preferences,
  ): Promise<'added' | 'resumed' | 'already' | 'full'>;
  /** What is chosen there; `undefined` where nothing arrives. */
  choices(destination: string): Promise<Preferences | undefined>;
  /** False where nothing arrives. */
  choose(destination: string, choices: Preferences): Promise<boolean>;
  /** How many a server, and a person, may have (`pipeline/quota`). */
  readonly most: typeof MAX_DESTINATIONS;
  unsubscribe(destination: string): Promise<boolean>;
  /** Nothing that is kept names somebody any more, neither their id nor what is theirs alone: see `Store.forget`. */
  forget(asker: string, own?: readonly string[]): Promise<void>;
  /** Makes the destinations that the operator names the ones that are there by the operator's wish, and no others. */
  applyConfig(destinations: readonly string[]): Promise<void>;
  /** Suspended destinations are tried once more: not every platform says when a permission comes back. */
  probe(): Promise<void>;
}

export function createSubscriptions({ store, wake, log }: SubscriptionParts): Subscriptions {
  const isThere = async (id: string): Promise<boolean> => (await store.destinations.get(id)) !== undefined;
  const quota = createQuota(store.values.keyv('made'), isThere);

  async function subscribe(id: string, source: Subscription['source'], preferences?: Preferences) {
    const outcome = await store.destinations.subscribe({ id, source, ...(preferences && { preferences }) });
    if (outcome !== 'already') {
      log.info('destination.subscribed', { destination: id, source, outcome });
      wake();
    }
    return outcome;
  }

  async function unsubscribe(id: string): Promise<boolean> {
    const removed = await store.destinations.unsubscribe(id);
    if (removed) log.info('destination.unsubscribed', { destination: id });
    return removed;
  }

  return {
    async subscribe(id, maker, choices) {
      const add = () => subscribe(id, 'command', choices);
      // What is there already takes no more room.
      return (await isThere(id)) ? add() : quota.reserve(id, maker, add);
    },
    most: MAX_DESTINATIONS,
    unsubscribe,
    async forget(asker, own = []) {
      const gone = await quota.runExclusive(() => store.forget([asker, ...own]));
      for (const id of gone) log.info('destination.unsubscribed', { destination: id });
    },
    choices: async (id) => (await store.destinations.get(id))?.preferences,
    async choose(id, choices) {
      const isKnown = await store.destinations.setPreferences(id, choices);
      // What did not come may come now.
      if (isKnown) wake();
      return isKnown;
    },
    async applyConfig(wanted) {
      for (const { id } of await store.destinations.list({ source: 'config' }))
        if (!wanted.includes(id)) await unsubscribe(id);
      for (const id of wanted) {
        // What was suspended or gone goes on where it stood: the operator may have mended it.
        await store.destinations.resume(id);
        await subscribe(id, 'config');
      }
    },
    async probe() {
      for (const { id } of await store.destinations.list({ state: 'suspended' }))
        await store.destinations.resume(id);
      wake();
    },
    async left(id, reason) {
      for (const destination of await store.destinations.list({ within: id })) {
        await store.destinations.suspend(destination.id, reason, true);
        log.info('destination.gone', { destination: destination.id, reason });
      }
    },
    async returned(id) {
      for (const destination of await store.destinations.list({ within: id })) {
        if (!(await store.destinations.resume(destination.id))) continue;
        log.info('destination.resumed', { destination: destination.id });
        wake();
      }
    },
    async absent() {
      const suspended = await store.destinations.list({ state: 'suspended' });
      const gone = await store.destinations.list({ state: 'gone' });
      return [...suspended, ...gone].map(({ id }) => id);
    },
    async moved(from, to) {
      for (const destination of await store.destinations.list({ within: from })) {
        const id = to + destination.id.slice(from.length);
        await store.destinations.move(destination.id, id);
        log.info('destination.moved', { destination: destination.id, to: id });
        wake();
      }
    },
  };
}
