/** What a relay sends that is of no use, or not even read. */
export type Abuse =
  /** Frames that mean nothing, NOTICEs, challenges. */
  | 'nonsense'
  /** Not the author's, not asked for, or not genuine. */
  | 'forgery'
  /** The author's as far as can be told, but not to be taken in: too large, or dated as nothing can be. */
  | 'unfit'
  /** A letter that is not the author's: an honest relay can't tell. */
  | 'stranger'
  /** Sent live though we have it. */
  | 'repeat'
  /** Longer, deeper or fuller than anything that could be taken in; passed over unread. */
  | 'giant';

/**
 * Points for one of it, and for how many characters of it there is one more: about half a millisecond each. No honest
 * relay has a reason to send more than a few giants, and each takes memory.
 */
const COSTS: Readonly<Record<Abuse, { readonly each: number; readonly perCharacters: number }>> = {
  nonsense: { each: 1, perCharacters: 65_536 },
  forgery: { each: 2, perCharacters: 65_536 },
  unfit: { each: 0.01, perCharacters: 40_960 },
  stranger: { each: 0.01, perCharacters: 1_048_576 },
  repeat: { each: 0.01, perCharacters: 65_536 },
  giant: { each: 50, perCharacters: 262_144 },
};

/** So much may be wasted at once. One point comes back every second. */
const POINTS = 1_000;

/** What one connection may waste of ours. `spend` is false once it is used up. */
export interface AbuseBudget {
  spend(waste: Abuse, characters: number): boolean;
}

export function createAbuseBudget(monotonic: () => number = () => performance.now()): AbuseBudget {
  let left = POINTS;
  let atMs = monotonic();
  return {
    spend(waste, characters) {
      const nowMs = monotonic();
      const { each, perCharacters } = COSTS[waste];
      left = Math.min(POINTS, left + (nowMs - atMs) / 1000) - each - characters / perCharacters;
      atMs = nowMs;
      return left > 0;
    },
  };
}
