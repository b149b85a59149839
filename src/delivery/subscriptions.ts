import type { Log } from '../lib/log.ts';
import type { Host } from '../platform/platform.ts';
import type { Preferences } from '../preferences/preferences.ts';
import type { Subscription } from '../store/destinations.ts';
import type { Store } from '../store/store.ts';
import { createQuota, MAX_DESTINATIONS, type Owner } from './quota.ts';

export interface SubscriptionParts {
  readonly store: Pick<Store, 'destinations' | 'values' | 'forget'>;
  /** There may be something to deliver. */
  wake(): void;
  readonly log: Log;
}

/** Adds, changes and removes destinations for commands, platforms and the configuration. */
export interface Subscriptions
  extends Pick<
    Host,
    'destinationLost' | 'destinationRestored' | 'destinationMoved' | 'suspendedDestinations'
  > {
  /** `full`: its owner, or the server or chat it belongs to, has too many (`quota`). */
  subscribe(
    destination: string,
    owner: Owner,
    preferences?: Preferences,
  ): Promise<'added' | 'resumed' | 'already' | 'full'>;
  /** `undefined` if it isn't subscribed. */
  preferencesOf(destination: string): Promise<Preferences | undefined>;
  /** False if it isn't subscribed. */
  setPreferences(destination: string, preferences: Preferences): Promise<boolean>;
  /** How many destinations a user and a server may have. */
  readonly limits: typeof MAX_DESTINATIONS;
  unsubscribe(destination: string): Promise<boolean>;
  /** Deletes everything stored about a user and the destinations that are theirs alone: see `Store.forget`. */
  forget(user: string, own?: readonly string[]): Promise<void>;
  /** Subscribes the platform's destinations of the configuration, without its name, and removes those no longer in it. */
  applyConfig(platform: string, destinations: readonly string[]): Promise<void>;
  /** Resumes suspended destinations (of a platform) for another try, since not every platform says when a permission is restored. */
  probe(platform?: string): Promise<void>;
}

export function createSubscriptions({ store, wake, log }: SubscriptionParts): Subscriptions {
  const exists = async (id: string): Promise<boolean> => (await store.destinations.get(id)) !== undefined;
  const quota = createQuota(store.values.keyv('made'), exists);

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
    async subscribe(id, owner, preferences) {
      const add = () => subscribe(id, 'command', preferences);
      // An existing destination is counted already.
      return (await exists(id)) ? add() : quota.reserve(id, owner, add);
    },
    limits: MAX_DESTINATIONS,
    unsubscribe,
    async forget(user, own = []) {
      const gone = await quota.runExclusive(() => store.forget([user, ...own]));
      for (const id of gone) log.info('destination.unsubscribed', { destination: id });
    },
    preferencesOf: async (id) => (await store.destinations.get(id))?.preferences,
    async setPreferences(id, preferences) {
      const isKnown = await store.destinations.setPreferences(id, preferences);
      // Posts that were excluded may be wanted now.
      if (isKnown) wake();
      return isKnown;
    },
    async applyConfig(platform, destinations) {
      const configured = destinations.map((id) => `${platform}:${id}`);
      for (const { id } of await store.destinations.list({ source: 'config', platform }))
        if (!configured.includes(id)) await unsubscribe(id);
      // Who takes over from another process writes nothing for those that are there, and takes no time for it.
      const add = async (id: string): Promise<void> => {
        if ((await store.destinations.get(id))?.state === 'active') return;
        // A suspended or gone destination continues where it was: the operator may have fixed the cause.
        await store.destinations.resume(id);
        await subscribe(id, 'config');
      };
      await Promise.all(configured.map(add));
    },
    async probe(platform) {
      for (const { id } of await store.destinations.list({
        state: 'suspended',
        ...(platform && { platform }),
      }))
        await store.destinations.resume(id);
      wake();
    },
    async destinationLost(id, reason) {
      for (const destination of await store.destinations.list({ within: id })) {
        await store.destinations.suspend(destination.id, reason, true);
        log.info('destination.gone', { destination: destination.id, reason });
      }
    },
    async destinationRestored(id) {
      for (const destination of await store.destinations.list({ within: id })) {
        if (!(await store.destinations.resume(destination.id))) continue;
        log.info('destination.resumed', { destination: destination.id });
        wake();
      }
    },
    async suspendedDestinations() {
      const suspended = await store.destinations.list({ state: 'suspended' });
      const gone = await store.destinations.list({ state: 'gone' });
      return [...suspended, ...gone].map(({ id }) => id);
    },
    async destinationMoved(from, to) {
      for (const destination of await store.destinations.list({ within: from })) {
        const id = to + destination.id.slice(from.length);
        await store.destinations.move(destination.id, id);
        log.info('destination.moved', { destination: destination.id, to: id });
        wake();
      }
    },
  };
}
