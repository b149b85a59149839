import type { Delay } from '../../../lib/delay.ts';

/** A wait from this on is about the bot as a whole, not about one busy chat. */
const LONG_MS = 30_000;
/** So many chats that are busy within so long: that is the bot as well. */
const MANY_CHATS = 3;
const TOGETHER_MS = 5_000;
/** How often an answer may go while the bot is to be quiet. */
const ANSWER_EVERY_MS = 1_000;

/** What Telegram's "too many requests" says about the bot as a whole, and what follows from it. */
export interface FloodWait {
  /** A call about that chat was refused, to be made again after so long: whom the wait is for. */
  recordRefusal(chat: number | string, afterMs: number): 'destination' | 'platform';
  /** How many milliseconds nothing must be broadcast; 0 where it may be. */
  remainingMs(): number;
  /** Settles when an answer may be sent: at once, or while the bot is to be quiet one after the other, slowly. */
  waitTurn(signal: AbortSignal): Promise<void>;
}

export function createFloodWait(now: () => number, wait: Delay): FloodWait {
  const busy = new Map<number | string, number>();
  let quietUntil = 0;
  let last = Promise.resolve();

  return {
    recordRefusal(chat, afterMs) {
      for (const [other, at] of busy) if (now() - at > TOGETHER_MS) busy.delete(other);
      busy.set(chat, now());
      if (afterMs < LONG_MS && busy.size < MANY_CHATS) return 'destination';
      quietUntil = Math.max(quietUntil, now() + afterMs);
      return 'platform';
    },
    remainingMs: () => Math.max(0, quietUntil - now()),
    waitTurn(signal) {
      if (now() >= quietUntil) return Promise.resolve();
      last = last.then(() => (now() < quietUntil ? wait(ANSWER_EVERY_MS, signal) : undefined));
      return last;
    },
  };
}
