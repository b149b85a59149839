import type { Subscription } from 'nostr-tools/abstract-relay';
import type { Filter } from 'nostr-tools/filter';
import type { Log } from '../log.ts';
import type { Connection } from './connection.ts';
import type { Intake, Seen } from './intake.ts';

/** One connection as the catch-up sees it: what arrives has been judged and handed on already. */
export interface Source {
  subscribe(filter: Filter): Subscription;
  unsubscribe(subscription: Subscription): void;
  /** What came, after the intake took it; `waitedMs` is how long the relay let us wait for it. */
  next(waitMs: number): Promise<{ readonly seen: readonly Seen[]; readonly waitedMs: number }>;
}

/** What no honest relay sends, so often, ends the connection: each costs us up to half a millisecond. */
const MAX_FORGED = 500;
const HONEST: ReadonlySet<string> = new Set(['too large', 'bad date', 'from the future']);

export function createSource(options: {
  readonly connection: Connection;
  readonly intake: Intake;
  readonly relay: string;
  readonly log: Log;
  /** Called with the number of events that were the author's. */
  readonly received: (count: number) => void;
}): Source {
  const { connection, intake, relay, log, received } = options;
  const open = new Set<Subscription>();
  let forged = 0;

  function count(seen: readonly Seen[]): void {
    let genuine = 0;
    for (const one of seen) {
      if (one.type !== 'event') continue;
      if (one.status !== 'rejected') genuine += 1;
      else {
        log.debug('event.rejected', { reason: one.reason });
        if (!HONEST.has(one.reason ?? '')) forged += 1;
      }
    }
    received(genuine);
    if (forged >= MAX_FORGED) connection.close('sends forged events');
  }

  return {
    subscribe(filter) {
      const subscription = connection.subscribe(filter);
      open.add(subscription);
      return subscription;
    },
    unsubscribe(subscription) {
      open.delete(subscription);
      connection.unsubscribe(subscription);
    },
    async next(waitMs) {
      const before = performance.now();
      const frames = await connection.read(waitMs);
      const waitedMs = performance.now() - before;
      const taken = await intake.take(frames, relay);
      count(taken);
      // Asked again now: an event is welcome from any subscription, an end only from one that still stands.
      const seen = taken.filter(
        (one) => one.type === 'gone' || one.type === 'event' || open.has(one.subscription),
      );
      return { seen, waitedMs };
    },
  };
}
