import type { Liveness } from './liveness.ts';

const HOUR_MS = 60 * 60_000;
/**
 * How long a call may keep failing while the platform answers others. Giving up an edit or a deletion costs readers less
 * than holding back everything after it; giving up a message costs them a note. If no other message was accepted
 * meanwhile (`lone`), maybe none can be sent at the moment although the platform answers.
 */
const GIVE_UP_AFTER_MS = { change: HOUR_MS, message: 6 * HOUR_MS, lone: 12 * HOUR_MS } as const;
/** A call isn't given up before this many attempts. */
const MIN_TRIES = 8;
/** Caps the time that counts between two attempts, since nobody knows what happened in between. */
const MAX_GAP_MS = HOUR_MS;

/** Identifies a call across its attempts. */
export interface Attempt {
  readonly destination: string;
  readonly seq: number;
  /** As in `StepBase`. */
  readonly intent: number;
  /** A new message, or the edit or deletion of one. */
  readonly kind: 'message' | 'change';
}

/** Why a call isn't tried again. */
export interface GiveUp {
  readonly tries: number;
  /** Since the first attempt. */
  readonly ageMs: number;
}

/**
 * Tells a call that can't succeed from an outage: only time in which the platform answered something else counts. So an
 * outage costs no message, however long it lasts, and one route that keeps failing doesn't hold up a destination forever.
 * Kept in memory; a restart starts over.
 */
export interface GiveUpPolicy {
  succeeded(attempt: Attempt): void;
  /** After a failure that may be temporary: whether to give up; `undefined`: try again. */
  failed(attempt: Attempt): GiveUp | undefined;
}

interface FailingCall extends Pick<Attempt, 'seq' | 'intent'> {
  readonly sinceMs: number;
  lastMs: number;
  tries: number;
  /** Attempts before which the platform had answered something else since the previous attempt. */
  counted: number;
  countedMs: number;
}

export function createGiveUpPolicy(liveness: Liveness, now: () => number): GiveUpPolicy {
  const failing = new Map<string, FailingCall>();
  /**
   * Destinations where a change was given up and none has succeeded since. Later changes get
   * `MIN_TRIES` attempts, but no full hour.
   */
  const impatient = new Set<string>();

  function failingCallOf({ destination, seq, intent }: Attempt): FailingCall {
    const known = failing.get(destination);
    if (known?.seq === seq && known.intent === intent) return known;
    const fresh = { seq, intent, sinceMs: now(), lastMs: now(), tries: 0, counted: 0, countedMs: 0 };
    failing.set(destination, fresh);
    return fresh;
  }

  function giveUpAfterMs({ destination, kind }: Attempt, { sinceMs }: FailingCall): number {
    if (kind === 'change') return impatient.has(destination) ? 0 : GIVE_UP_AFTER_MS.change;
    return liveness.lastSentMs() > sinceMs ? GIVE_UP_AFTER_MS.message : GIVE_UP_AFTER_MS.lone;
  }

  return {
    succeeded({ destination, kind }) {
      failing.delete(destination);
      if (kind === 'change') impatient.delete(destination);
    },
    failed(attempt) {
      const call = failingCallOf(attempt);
      call.tries += 1;
      if (liveness.lastAnsweredMs() > call.lastMs) {
        call.counted += 1;
        call.countedMs += Math.min(now() - call.lastMs, MAX_GAP_MS);
      }
      call.lastMs = now();
      if (call.counted < MIN_TRIES || call.countedMs < giveUpAfterMs(attempt, call)) return undefined;
      failing.delete(attempt.destination);
      if (attempt.kind === 'change') impatient.add(attempt.destination);
      return { tries: call.tries, ageMs: now() - call.sinceMs };
    },
  };
}
