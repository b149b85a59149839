import type { Filter } from 'nostr-tools/filter';
import type { Subscription } from '../connection/frame.ts';
import type { Termination } from '../relay-errors.ts';
import { terminationIn } from './page-reader.ts';
import type { VerifiedStream } from './verified-stream.ts';

/** The subscriptions of a connection for whatever is published from now on. */
export interface LiveSubscription {
  /** Subscribes again, in case the relay forgot. The old subscriptions end after the new ones have begun. */
  replace(filters: readonly Filter[]): void;
  end(): void;
  isEmpty(): boolean;
  /** The filter of one that hasn't been answered yet, if there is any. */
  unanswered(): Filter | undefined;
  /** Renews the subscriptions that the relay has closed. */
  resubscribe(): void;
  /** From now on events count as live, whether there was an EOSE or not. */
  markLive(): void;
}

export function createLiveSubscription(stream: VerifiedStream): LiveSubscription {
  let subscriptions: readonly Subscription[] = [];

  function replace(old: readonly Subscription[], filters: readonly Filter[]): void {
    const begun = filters.map((filter) => stream.subscribe(filter));
    for (const subscription of old) stream.unsubscribe(subscription);
    subscriptions = [...subscriptions.filter((subscription) => !old.includes(subscription)), ...begun];
  }

  return {
    replace: (filters) => replace(subscriptions, filters),
    end: () => replace(subscriptions, []),
    isEmpty: () => subscriptions.length === 0,
    unanswered: () => subscriptions.find((subscription) => !stream.hasAnswered(subscription))?.filter,
    resubscribe() {
      const closed = subscriptions.filter((subscription) => !stream.isOpen(subscription));
      replace(
        closed,
        closed.map(({ filter }) => filter),
      );
    },
    markLive() {
      for (const subscription of subscriptions) stream.markLive(subscription);
    },
  };
}

/** Processes what comes live for `forMs`, or until `isDone`. Returns early with whatever ends it. */
export async function listen(
  stream: VerifiedStream,
  forMs: number,
  isDone: () => boolean = () => false,
): Promise<Termination | undefined> {
  const endMs = performance.now() + forMs;
  for (let leftMs = forMs; leftMs > 0 && !isDone(); leftMs = endMs - performance.now()) {
    const { frames } = await stream.next(leftMs);
    for (const frame of frames) {
      const termination = terminationIn(frame);
      if (termination) return termination;
    }
  }
  return undefined;
}
