import type { Log } from '../log.ts';
import { DEFAULT_POST_TYPES } from '../note/note.ts';
import type { Host, Platform, PlatformName } from '../platform/platform.ts';
import type { Store, Subscription } from '../store/store.ts';

export interface SubscriptionParts {
  readonly store: Store;
  readonly platforms: readonly Platform[];
  /** A destination may have become due. */
  wake(): void;
  readonly log: Log;
}

/** What the platforms and commands say about destinations, told to the store. */
export interface Subscriptions extends Pick<Host, 'left' | 'returned' | 'moved'> {
  subscribe(platform: PlatformName, destination: string): Promise<'added' | 'resumed' | 'already'>;
  unsubscribe(destination: string): Promise<boolean>;
  /** Makes the destinations that the operator names the ones that are there by the operator's wish, and no others. */
  configure(destinations: readonly { readonly platform: PlatformName; readonly id: string }[]): Promise<void>;
  /** Suspended destinations are tried once more: not every platform says when a permission comes back. */
  probe(): Promise<void>;
}

export function createSubscriptions({ store, platforms, wake, log }: SubscriptionParts): Subscriptions {
  const asked = (name: PlatformName, id: string, source: Subscription['source']): Subscription => ({
    id,
    source,
    variant: platforms.find((platform) => platform.name === name)?.variants[0] ?? '',
    postTypes: DEFAULT_POST_TYPES,
  });

  async function subscribe(platform: PlatformName, id: string, source: Subscription['source'] = 'command') {
    const outcome = await store.subscribe(asked(platform, id, source));
    if (outcome !== 'already') {
      log.info('destination.subscribed', { destination: id, source, outcome });
      wake();
    }
    return outcome;
  }

  async function unsubscribe(id: string): Promise<boolean> {
    const removed = await store.unsubscribe(id);
    if (removed) log.info('destination.unsubscribed', { destination: id });
    return removed;
  }

  return {
    subscribe: (platform, id) => subscribe(platform, id),
    unsubscribe,
    async configure(wanted) {
      const ids = new Set(wanted.map(({ id }) => id));
      for (const { id } of await store.destinations({ source: 'config' }))
        if (!ids.has(id)) await unsubscribe(id);
      for (const { platform, id } of wanted) await subscribe(platform, id, 'config');
    },
    async probe() {
      for (const { id } of await store.destinations({ state: 'suspended' })) await store.resume(id);
      wake();
    },
    async left(id, reason) {
      for (const destination of await store.destinations({ within: id })) {
        await store.suspend(destination.id, reason, true);
        log.info('destination.gone', { destination: destination.id, reason });
      }
    },
    async returned(id) {
      for (const destination of await store.destinations({ within: id, state: 'suspended' })) {
        await store.resume(destination.id);
        log.info('destination.resumed', { destination: destination.id });
        wake();
      }
    },
    async moved(from, to) {
      for (const destination of await store.destinations({ within: from })) {
        const id = to + destination.id.slice(from.length);
        await store.move(destination.id, id);
        log.info('destination.moved', { destination: destination.id, to: id });
        wake();
      }
    },
  };
}
