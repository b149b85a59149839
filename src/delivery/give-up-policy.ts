import type { Liveness } from './liveness.ts';

const HOUR_MS = 60 * 60_000;
/**
 * How long a call may keep failing while the platform answers others. To leave an edit or a deletion undone costs readers
 * less than to keep from them all that comes after; a message costs them a note. Where no other message was taken
 * meanwhile, it may be that none can be sent just now, although the platform answers questions.
 */
const GIVE_UP_AFTER_MS = { change: HOUR_MS, message: 6 * HOUR_MS, lone: 12 * HOUR_MS } as const;
/** Never before so many tries. */
const MIN_TRIES = 8;
/** What counts at most between two tries: nobody knows how things were meanwhile. */
const MAX_GAP_MS = HOUR_MS;

/** One call, whichever try it is. */
export interface Attempt {
  readonly destination: string;
  readonly seq: number;
  /** The part, or that it is taken away. */
  readonly intent: number;
  /** Whether a new message is sent, or one that stands there is changed or taken back. */
  readonly kind: 'message' | 'change';
}

/** Why a call is not tried again. */
export interface GiveUp {
  readonly tries: number;
  /** Since the first of them. */
  readonly ageMs: number;
}

/**
 * Tells a call that fails by itself from a platform that is away: only time in which the platform answered something
 * else counts. So an outage, however long, costs nothing; and one route that keeps failing does not hold up for good what
 * stands behind it. Kept in memory: a restart begins anew.
 */
export interface GiveUpPolicy {
  succeeded(call: Attempt): void;
  /** Whether it is to be left, after a failure that may pass; `undefined`: it is to be tried again. */
  failed(call: Attempt): GiveUp | undefined;
}

interface FailingCall extends Pick<Attempt, 'seq' | 'intent'> {
  readonly sinceMs: number;
  lastMs: number;
  /** All, and those before which the platform had answered others. */
  tries: number;
  counted: number;
  countedMs: number;
}

export function createGiveUpPolicy(pulse: Liveness, now: () => number): GiveUpPolicy {
  const troubles = new Map<string, FailingCall>();
  /** Where a change was given up and none succeeded since: the next ones get their tries, and no hour each. */
  const weary = new Set<string>();

  function troubleOf({ destination, seq, intent }: Attempt): FailingCall {
    const known = troubles.get(destination);
    if (known?.seq === seq && known.intent === intent) return known;
    const fresh = { seq, intent, sinceMs: now(), lastMs: now(), tries: 0, counted: 0, countedMs: 0 };
    troubles.set(destination, fresh);
    return fresh;
  }

  function patienceMs({ destination, kind }: Attempt, { sinceMs }: FailingCall): number {
    if (kind === 'change') return weary.has(destination) ? 0 : GIVE_UP_AFTER_MS.change;
    return pulse.lastSentMs() > sinceMs ? GIVE_UP_AFTER_MS.message : GIVE_UP_AFTER_MS.lone;
  }

  return {
    succeeded({ destination, kind }) {
      troubles.delete(destination);
      if (kind === 'change') weary.delete(destination);
    },
    failed(call) {
      const trouble = troubleOf(call);
      trouble.tries += 1;
      if (pulse.lastAnsweredMs() > trouble.lastMs) {
        trouble.counted += 1;
        trouble.countedMs += Math.min(now() - trouble.lastMs, MAX_GAP_MS);
      }
      trouble.lastMs = now();
      if (trouble.counted < MIN_TRIES || trouble.countedMs < patienceMs(call, trouble)) return undefined;
      troubles.delete(call.destination);
      if (call.kind === 'change') weary.add(call.destination);
      return { tries: trouble.tries, ageMs: now() - trouble.sinceMs };
    },
  };
}
