import type { Log } from '../../../lib/log.ts';
import type { Rate } from '../../../lib/rate-limiter.ts';
import { classifyError } from '../api/classify-error.ts';
import { isUnexplained } from '../api/errors.ts';
import type { Send } from './sender.ts';

/** Messages a second, for free; we leave some of the 30 that the FAQ allows for answers to users. */
export const FREE_RATE = 25;
/** Up to so many a second, no message is paid for (Bot API, Paid Broadcasts). */
export const MAX_FREE_RATE = 30;
/** The most that can be paid for. */
export const MAX_PAID_RATE = 1_000;
/** How long a rate that was refused isn't tried again: somebody may have topped up the bot's balance. */
const RETRY_MS = 60 * 60_000;

/** Deliveries faster than Telegram's free rate, for which it charges the bot's Stars. */
export interface PaidBroadcast {
  /** How many messages may be delivered, as far as Telegram grants it at the moment. */
  rate(): Rate;
  /** What Telegram allows without payment, or less if the operator wants less. */
  readonly freeRate: Rate;
  /**
   * Sends a delivery, paid for if need be. If Telegram refuses the payment, `send`'s error is thrown and the rate is the
   * free one from then on; the next attempt of the message isn't paid for.
   */
  readonly send: Send;
  /** Telegram asks the whole bot to wait. */
  slowDown(reason: string): void;
  /** Telegram doesn't grant more than the free rate, though it was asked to. */
  isRefused(): boolean;
}

export interface PaidBroadcastParts {
  /** Messages a second, as the operator wants it. */
  readonly perSecond: number;
  readonly sendMessage: Send;
  readonly log: Log;
  readonly now: () => number;
}

/**
 * Telegram doesn't document how it refuses: the balance may be too low, the feature may be off, or the flag may have no
 * effect. So the rate rises only after a paid message was accepted, an error that nothing explains is put down to the
 * flag if the message passes without it, and each 429 for the whole bot halves the rate.
 */
export function createPaidBroadcast({ perSecond, sendMessage, log, now }: PaidBroadcastParts): PaidBroadcast {
  const isWanted = perSecond > MAX_FREE_RATE;
  const free = Math.min(perSecond, isWanted ? FREE_RATE : MAX_FREE_RATE);
  let granted = free;
  let reducedUntil = Number.NEGATIVE_INFINITY;
  let isRefused = false;

  /** Whether messages are to be paid for. */
  const isPaid = (): boolean => isWanted && (granted > free || now() >= reducedUntil);

  function reduce(rate: number, reason: string): void {
    if (!isPaid()) return;
    granted = rate > MAX_FREE_RATE ? rate : free;
    isRefused = granted === free;
    reducedUntil = now() + RETRY_MS;
    log.warn('broadcast.slowed', { rate: granted, wanted: perSecond, reason });
  }

  function accepted(): void {
    if (granted === perSecond || now() < reducedUntil) return;
    granted = perSecond;
    isRefused = false;
    log.info('broadcast.paid', { rate: granted });
  }

  return {
    rate: () => ({ count: granted, perMs: 1_000 }),
    freeRate: { count: free, perMs: 1_000 },
    isRefused: () => isRefused,
    slowDown(reason) {
      if (granted > free) reduce(Math.floor(granted / 2), reason);
    },
    async send(call, where, progress) {
      if (!isPaid() || progress.tryPlainer) {
        const sent = await sendMessage(call, where, progress);
        if (progress.paymentDoubt !== undefined) reduce(free, progress.paymentDoubt);
        return sent;
      }
      try {
        const sent = await sendMessage(call, { ...where, allow_paid_broadcast: true }, progress);
        accepted();
        return sent;
      } catch (error) {
        const failure = classifyError(error);
        if (failure.kind === 'unpaid') reduce(free, failure.reason);
        progress.paymentDoubt = isUnexplained(failure) ? failure.reason : undefined;
        throw error;
      }
    },
  };
}
