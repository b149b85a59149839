import { exponentialDelay } from '../../../lib/backoff.ts';

/** How long nobody must have cut in for the token to count as ours. Two held requests for updates fill it. */
const QUIET_MS = 60_000;
/** Cut off so many times before that, it is we who came second. */
const MAX_INTERRUPTIONS = 3;
/** Until the next request after one that was cut off: short, so that whoever looks in meets us soon. */
export const RESUME_MS = 5_000;
/** First and longest time between looks whether the other has gone, each by chance up to half as long again. */
const CHECK_MS = [60_000, 300_000] as const;

/**
 * Whether this instance may use the token, as far as the Bot API tells: of two that ask for updates, the one that
 * asked before is cut off (409), so each cuts off the other in turn. Who has had it for itself for a minute keeps it
 * for as long as it reaches Telegram. Who is cut off again and again soon after its start stands aside, and takes the
 * token over once a minute has passed without anybody asking. A restart that overlaps by seconds goes unnoticed.
 */
export interface PollingConflict {
  /** A request for updates begins. */
  begun(): void;
  /** It ended by itself. */
  ended(): void;
  /** Another's ended it: how many milliseconds to wait before the next. */
  cut(): number;
  /** It failed in some other way. That says nothing about others, but while Telegram is out of reach one may come. */
  failed(): void;
  /** `shared`: somebody else uses the token, too. `aside`: and was there first. */
  state(): 'ours' | 'shared' | 'aside';
}

export function createPollingConflict(now: () => number, random: () => number): PollingConflict {
  let quietSince: number | undefined;
  let heardAt = now();
  let isOurs = false;
  let cuts = 0;
  let looks = 0;

  return {
    begun() {
      quietSince ??= now();
    },
    ended() {
      heardAt = now();
      if (quietSince === undefined || now() - quietSince < QUIET_MS) return;
      isOurs = true;
      cuts = 0;
      looks = 0;
    },
    cut() {
      heardAt = now();
      quietSince = undefined;
      cuts += 1;
      if (isOurs || cuts < MAX_INTERRUPTIONS) return RESUME_MS;
      const [first, longest] = CHECK_MS;
      const pause = exponentialDelay(looks, first, longest);
      looks += 1;
      return Math.round(pause * (1 + random() / 2));
    },
    failed() {
      quietSince = undefined;
      if (!isOurs || now() - heardAt <= QUIET_MS) return;
      isOurs = false;
      cuts = 0;
    },
    state() {
      if (cuts === 0) return 'ours';
      return isOurs || cuts < MAX_INTERRUPTIONS ? 'shared' : 'aside';
    },
  };
}
