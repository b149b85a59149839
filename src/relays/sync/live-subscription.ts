import type { Subscription } from 'nostr-tools/abstract-relay';
import type { Filter } from 'nostr-tools/filter';
import type { Termination } from '../relay-errors.ts';
import { terminationIn } from './page-reader.ts';
import type { VerifiedStream } from './verified-stream.ts';

/** The subscriptions of a connection for what is published from now on. */
export interface LiveSubscription {
  /** Subscribes anew, since the relay may have forgotten; the old subscriptions end after the new ones have begun. */
  replace(filters: readonly Filter[]): void;
  /** Ends them all. */
  end(): void;
  /** Whether there is none. */
  isEmpty(): boolean;
  /** The filter of one to which nothing was answered yet, if there is any. */
  unanswered(): Filter | undefined;
  /** Subscribes where the relay has ended a subscription. */
  resubscribe(): void;
  /** What comes from now on is news, whether there was an EOSE or not. */
  markLive(): void;
}

export function createLiveSubscription(source: VerifiedStream): LiveSubscription {
  let subscriptions = new Map<Subscription, Filter>();
  const subscribe = (filter: Filter): readonly [Subscription, Filter] => [source.subscribe(filter), filter];
  function replace(old: Iterable<readonly [Subscription, Filter]>, filters: readonly Filter[]): void {
    const begun = filters.map(subscribe);
    for (const [subscription] of old) {
      source.unsubscribe(subscription);
      subscriptions.delete(subscription);
    }
    subscriptions = new Map([...subscriptions, ...begun]);
  }
  return {
    replace: (filters) => replace([...subscriptions], filters),
    end: () => replace([...subscriptions], []),
    isEmpty: () => subscriptions.size === 0,
    unanswered: () => [...subscriptions].find(([subscription]) => !source.hasAnswered(subscription))?.[1],
    resubscribe() {
      const ended = [...subscriptions].filter(([subscription]) => !source.isOpen(subscription));
      replace(
        ended,
        ended.map(([, filter]) => filter),
      );
    },
    markLive() {
      for (const subscription of subscriptions.keys()) subscription.receivedEose();
    },
  };
}

/** Takes in what comes live for `forMs`; returns before only with why it has to end. */
export async function listen(source: VerifiedStream, forMs: number): Promise<Termination | undefined> {
  const endMs = performance.now() + forMs;
  for (let leftMs = forMs; leftMs > 0; leftMs = endMs - performance.now()) {
    const { seen } = await source.next(leftMs);
    for (const one of seen) {
      const ending = terminationIn(one);
      if (ending) return ending;
    }
  }
  return undefined;
}
