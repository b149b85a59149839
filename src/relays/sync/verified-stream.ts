import type { Log } from '../../lib/log.ts';
import type { Abuse } from '../connection/abuse-budget.ts';
import type { Connection } from '../connection/connection.ts';
import type { Subscription } from '../connection/frame.ts';
import type { Rejection } from '../verify.ts';
import type { CheckedEvent, CheckedFrame, EventIntake } from './verify-and-dedupe.ts';

/** One connection as catch-up sees it: every event has been verified, and passed on if it is new. */
export interface VerifiedStream extends Omit<Connection, 'next' | 'penalize' | 'close'> {
  /** Whether neither side has closed it. */
  isOpen(subscription: Subscription): boolean;
  /** Whether the connection is gone and everything that came before has been read. */
  isDisconnected(): boolean;
  /** How many genuine events of the author came, and of which kinds. */
  eventCount(): number;
  kindsSeen(): ReadonlySet<number>;
  /** Whether an EOSE or a genuine event came: on that subscription, or on any. */
  hasAnswered(subscription?: Subscription): boolean;
  /** Whether anything came beyond signs of life. */
  hasResponded(): boolean;
  /** Frames whose events the intake has processed. `waitedMs` is how long the relay kept us waiting for them. */
  next(waitMs: number): Promise<{ readonly frames: readonly CheckedFrame[]; readonly waitedMs: number }>;
}

export interface VerifiedStreamOptions {
  readonly connection: Connection;
  readonly intake: EventIntake;
  readonly relay: string;
  readonly log: Log;
  /** Called with the number of genuine events in each batch. */
  readonly onReceived?: (count: number) => void;
  readonly onRejected?: (reason: Rejection['reason']) => void;
  /** Called once, at the first EOSE or genuine event. */
  readonly onFirstAnswer?: () => void;
  /** Called when the first event of a kind comes; `isStored` if it was stored rather than live. */
  readonly onNewKind?: (isStored: boolean) => void;
}

/** Reasons that don't speak against a relay: an honest one can hold such events too. */
const HONEST_REJECTIONS: ReadonlySet<Rejection['reason']> = new Set([
  'too large',
  'bad date',
  'from the future',
]);

export function createVerifiedStream(options: VerifiedStreamOptions): VerifiedStream {
  const { intake, relay, log } = options;
  const { penalize, close: _close, next, ...connection } = options.connection;
  const open = new Set<Subscription>();
  const answered = new WeakSet<Subscription>();
  const kinds = new Set<number>();
  let eventCount = 0;
  let hasAnswered = false;
  let hasRefused = false;
  let isDisconnected = false;

  /** Counts the events of a batch, and whatever speaks against the relay. */
  function account(frames: readonly CheckedFrame[]): void {
    const kindsBefore = kinds.size;
    const countBefore = eventCount;
    let isStored = false;
    for (const frame of frames) {
      if (frame.type !== 'event') continue;
      if (frame.kind !== undefined && !kinds.has(frame.kind)) {
        kinds.add(frame.kind);
        isStored ||= frame.stored;
      }
      if (frame.status !== 'rejected') eventCount += 1;
      else if (frame.reason !== undefined) {
        log.debug('event.rejected', { reason: frame.reason });
        options.onRejected?.(frame.reason);
      }
      const abuse = abuseIn(frame);
      if (abuse) penalize(abuse, frame.characters);
    }
    options.onReceived?.(eventCount - countBefore);
    if (kinds.size > kindsBefore) options.onNewKind?.(isStored);
  }

  return {
    ...connection,
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
    isDisconnected: () => isDisconnected,
    eventCount: () => eventCount,
    kindsSeen: () => kinds,
    hasAnswered: (subscription) => (subscription ? answered.has(subscription) : hasAnswered),
    hasResponded: () =>
      hasAnswered || hasRefused || connection.challenge() !== undefined || connection.notices().count > 0,
    async next(waitMs) {
      const { frames, waitedMs } = await next(waitMs);
      const checked = await intake.take(frames, relay);
      account(checked);
      // Checked only now: an event is welcome on any subscription, an EOSE or CLOSED only on one that is still open.
      const relevant = checked.filter(
        (frame) => (frame.type !== 'eose' && frame.type !== 'closed') || open.has(frame.subscription),
      );
      for (const frame of relevant) {
        if (frame.type === 'disconnected') isDisconnected = true;
        if (frame.type === 'closed') {
          hasRefused = true;
          open.delete(frame.subscription);
        }
        if (frame.type === 'eose' || (frame.type === 'event' && frame.status !== 'rejected')) {
          answered.add(frame.subscription);
          if (!hasAnswered) options.onFirstAnswer?.();
          hasAnswered = true;
        }
      }
      return { frames: relevant, waitedMs };
    },
  };
}

function abuseIn({ status, reason, stored }: CheckedEvent): Abuse | undefined {
  // Known events are sent again in every catch-up; live there is no reason to repeat them.
  if (status === 'known' && !stored) return 'repeat';
  if (reason === undefined) return undefined;
  if (reason === 'unreadable') return 'stranger';
  return HONEST_REJECTIONS.has(reason) ? 'unfit' : 'forgery';
}
