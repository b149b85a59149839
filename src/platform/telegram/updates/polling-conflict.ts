import { exponentialDelay } from '../../../lib/backoff.ts';

/** The token counts as ours after this long without interruption, which is two held requests for updates. */
const QUIET_MS = 60_000;
/** After this many interruptions before that, we are the second instance. */
const MAX_INTERRUPTIONS = 3;
/** Pause after an interrupted request. Short, so that an instance on standby notices us soon. */
export const RESUME_MS = 5_000;
/** First and longest pause between checks whether the other instance is gone, plus up to 50 % of jitter. */
const CHECK_MS = [60_000, 300_000] as const;

/**
 * Decides which of several instances may use the token. When two request updates, Telegram interrupts the earlier
 * request (409), so they interrupt each other in turn. An instance that wasn't interrupted for a minute keeps the
 * token for as long as it reaches Telegram. One that is interrupted repeatedly soon after its start goes on standby,
 * and takes over once a minute has passed without another request. Restarts that overlap by a few seconds go
 * unnoticed.
 */
export interface PollingConflict {
  /** A request for updates starts. */
  pollStarted(): void;
  /** The request succeeded. */
  pollSucceeded(): void;
  /** Another instance interrupted the request. Returns the pause before the next one in milliseconds. */
  pollInterrupted(): number;
  /** The request failed otherwise. While we can't reach Telegram, another instance may take over. */
  pollFailed(): void;
  /** `shared`: another instance uses the token, too. `standby`: it was first, so we are on standby. */
  state(): 'ours' | 'shared' | 'standby';
}

export function createPollingConflict(now: () => number, random: () => number): PollingConflict {
  let quietSince: number | undefined;
  let lastResponseAt = now();
  let isOurs = false;
  let interruptions = 0;
  let attempts = 0;

  return {
    pollStarted() {
      quietSince ??= now();
    },
    pollSucceeded() {
      lastResponseAt = now();
      if (quietSince === undefined || now() - quietSince < QUIET_MS) return;
      isOurs = true;
      interruptions = 0;
      attempts = 0;
    },
    pollInterrupted() {
      lastResponseAt = now();
      quietSince = undefined;
      interruptions += 1;
      if (isOurs || interruptions < MAX_INTERRUPTIONS) return RESUME_MS;
      const [first, longest] = CHECK_MS;
      const pause = exponentialDelay(attempts, first, longest);
      attempts += 1;
      return Math.round(pause * (1 + random() / 2));
    },
    pollFailed() {
      quietSince = undefined;
      if (!isOurs || now() - lastResponseAt <= QUIET_MS) return;
      isOurs = false;
      interruptions = 0;
    },
    state() {
      if (interruptions === 0) return 'ours';
      return isOurs || interruptions < MAX_INTERRUPTIONS ? 'shared' : 'standby';
    },
  };
}
