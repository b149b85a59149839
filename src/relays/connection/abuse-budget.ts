/** What a relay sends that is useless, or isn't even read. */
export type Abuse =
  /** Meaningless frames, NOTICEs, challenges. */
  | 'nonsense'
  /** An event that isn't the author's, wasn't requested, or isn't genuine. */
  | 'forgery'
  /** The author's by all appearances, but too large, or dated impossibly. */
  | 'unfit'
  /** A direct message that isn't the author's. An honest relay can't tell. */
  | 'stranger'
  /** A live event that we already have. */
  | 'repeat'
  /** Longer, more deeply nested or fuller than anything acceptable; dropped unread. */
  | 'giant';

/**
 * What each costs: points per frame, plus one per this many characters. A point is about half a millisecond. Giants cost
 * most: each takes memory, and no honest relay has a reason to send more than a few.
 */
const COSTS: Readonly<Record<Abuse, { readonly each: number; readonly perCharacters: number }>> = {
  nonsense: { each: 1, perCharacters: 65_536 },
  forgery: { each: 2, perCharacters: 65_536 },
  unfit: { each: 0.01, perCharacters: 40_960 },
  stranger: { each: 0.01, perCharacters: 1_048_576 },
  repeat: { each: 0.01, perCharacters: 65_536 },
  giant: { each: 50, perCharacters: 262_144 },
};

/** The whole budget. One point comes back every second. */
const POINTS = 1_000;

/** How much of our time one connection may waste. `spend` returns false once that is used up. */
export interface AbuseBudget {
  spend(abuse: Abuse, characters: number): boolean;
}

export function createAbuseBudget(monotonic: () => number = () => performance.now()): AbuseBudget {
  let left = POINTS;
  let atMs = monotonic();
  return {
    spend(abuse, characters) {
      const nowMs = monotonic();
      const { each, perCharacters } = COSTS[abuse];
      left = Math.min(POINTS, left + (nowMs - atMs) / 1000) - each - characters / perCharacters;
      atMs = nowMs;
      return left > 0;
    },
  };
}
