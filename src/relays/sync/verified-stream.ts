import type { Subscription } from 'nostr-tools/abstract-relay';
import type { Filter } from 'nostr-tools/filter';
import type { Log } from '../../lib/log.ts';
import type { Abuse } from '../connection/abuse-budget.ts';
import type { Connection } from '../connection/connection.ts';
import type { RelayRequests } from '../connection/relay-requests.ts';
import type { Rejection } from '../verify.ts';
import type { CheckedFrame, EventIntake } from './verify-and-dedupe.ts';

/** One connection as the catch-up sees it: what arrives has been judged and handed on already. */
export interface VerifiedStream extends RelayRequests {
  subscribe(filter: Filter): Subscription;
  unsubscribe(subscription: Subscription): void;
  /** Whether neither side has ended it. */
  isOpen(subscription: Subscription): boolean;
  /** How many events of the author came in all, and of which kinds. */
  eventCount(): number;
  kindsSeen(): ReadonlySet<number>;
  /** Whether an EOSE or an event of the author came; to that subscription, where one is named. */
  hasAnswered(subscription?: Subscription): boolean;
  /** Whether anything came that is more than a sign of life. */
  hasResponded(): boolean;
  /** What came, after the intake took it; `waitedMs` is how long the relay let us wait for it. */
  next(waitMs: number): Promise<{ readonly seen: readonly CheckedFrame[]; readonly waitedMs: number }>;
}

/** What an honest relay may have, too: others than ourselves can show it. */
const HONEST_REJECTIONS: ReadonlySet<Rejection['reason']> = new Set([
  'too large',
  'bad date',
  'from the future',
]);

export interface VerifiedStreamOptions {
  readonly connection: Connection;
  readonly intake: EventIntake;
  readonly relay: string;
  readonly log: Log;
  /** Called with the number of events that were the author's. */
  readonly received: (count: number) => void;
  readonly rejected: (reason: Rejection['reason']) => void;
  /** Called once, with the first EOSE or event of the author. */
  readonly answered: () => void;
  /** Called when a kind was shown of which nothing had come on this connection; whether that is of old. */
  readonly learned: (isStored: boolean) => void;
}

export function createVerifiedStream(options: VerifiedStreamOptions): VerifiedStream {
  const { connection, intake, relay, log, received, rejected } = options;
  const { penalize, close: _close, read, ...exchanges } = connection;
  const open = new Set<Subscription>();
  const answered = new WeakSet<Subscription>();
  let hasAnswered = false;
  const shown = new Set<number>();
  let heard = 0;
  let hasRefused = false;

  function wasteIn(seen: Extract<CheckedFrame, { readonly type: 'event' }>): Abuse | undefined {
    // What is known is sent again with every catch-up; live it has no reason to come again and again.
    if (seen.status === 'known' && !seen.stored) return 'repeat';
    if (seen.reason === undefined) return undefined;
    if (seen.reason === 'unreadable') return 'stranger';
    return HONEST_REJECTIONS.has(seen.reason) ? 'unfit' : 'forgery';
  }
  function count(seen: readonly CheckedFrame[]): void {
    const before = shown.size;
    let isStored = false;
    let genuine = 0;
    for (const one of seen) {
      if (one.type !== 'event') continue;
      if (one.kind !== undefined && !shown.has(one.kind)) {
        shown.add(one.kind);
        isStored ||= one.stored;
      }
      if (one.status !== 'rejected') genuine += 1;
      else if (one.reason !== undefined) {
        log.debug('event.rejected', { reason: one.reason });
        rejected(one.reason);
      }
      const wasted = wasteIn(one);
      if (wasted !== undefined) penalize(wasted, one.characters);
    }
    heard += genuine;
    received(genuine);
    if (shown.size > before) options.learned(isStored);
  }

  return {
    ...exchanges,
    subscribe(filter) {
      const subscription = connection.subscribe(filter);
      open.add(subscription);
      return subscription;
    },
    unsubscribe(subscription) {
      open.delete(subscription);
      connection.unsubscribe(subscription);
    },
    isOpen: (subscription) => open.has(subscription),
    eventCount: () => heard,
    kindsSeen: () => shown,
    hasAnswered: (subscription) => (subscription ? answered.has(subscription) : hasAnswered),
    hasResponded: () =>
      hasAnswered || hasRefused || exchanges.challenge() !== undefined || exchanges.notices().count > 0,
    async next(waitMs) {
      const before = performance.now();
      const frames = await read(waitMs);
      const waitedMs = performance.now() - before;
      const taken = await intake.take(frames, relay);
      count(taken);
      // Asked again now: an event is welcome from any subscription, an end only from one that still stands.
      const seen = taken.filter(
        (one) => (one.type !== 'eose' && one.type !== 'closed') || open.has(one.subscription),
      );
      for (const one of seen) {
        if (one.type === 'closed') {
          hasRefused = true;
          open.delete(one.subscription);
        }
        if (one.type === 'eose' || (one.type === 'event' && one.status !== 'rejected')) {
          answered.add(one.subscription);
          if (!hasAnswered) options.answered();
          hasAnswered = true;
        }
      }
      return { seen, waitedMs };
    },
  };
}
