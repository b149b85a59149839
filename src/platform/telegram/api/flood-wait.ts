import type { Delay } from '../../../lib/delay.ts';
import { createSerialQueue } from '../../../lib/keyed-queue.ts';

/** A wait of at least this long concerns the whole bot rather than one busy chat. */
const LONG_MS = 30_000;
/** So do refusals for this many chats within this time, in milliseconds. */
const MANY_CHATS = 3;
const TOGETHER_MS = 5_000;
/** Pause between answers to users while broadcasts are paused. */
const ANSWER_EVERY_MS = 1_000;

/** Decides whether a 429 concerns one chat or the whole bot, and pauses broadcasts for the latter. */
export interface FloodWait {
  /** A call for a chat was refused with 429. Returns whether the wait applies to that chat or to the whole platform. */
  recordRefusal(chat: number | string, afterMs: number): 'destination' | 'platform';
  /** Milliseconds until broadcasts may continue; 0 if they aren't paused. */
  remainingMs(): number;
  /** Resolves when an answer to a user may be sent: at once, or during a pause one per second. */
  waitTurn(signal: AbortSignal): Promise<void>;
}

export function createFloodWait(now: () => number, wait: Delay): FloodWait {
  const busy = new Map<number | string, number>();
  let pausedUntil = 0;
  const answers = createSerialQueue();

  return {
    recordRefusal(chat, afterMs) {
      for (const [other, at] of busy) if (now() - at > TOGETHER_MS) busy.delete(other);
      busy.set(chat, now());
      if (afterMs < LONG_MS && busy.size < MANY_CHATS) return 'destination';
      pausedUntil = Math.max(pausedUntil, now() + afterMs);
      return 'platform';
    },
    remainingMs: () => Math.max(0, pausedUntil - now()),
    waitTurn(signal) {
      if (now() >= pausedUntil) return Promise.resolve();
      return answers(async () => {
        if (now() < pausedUntil) await wait(ANSWER_EVERY_MS, signal);
      });
    },
  };
}
