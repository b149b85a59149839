/** 1 January 2015, from which Discord's ids count (Reference, Snowflakes). */
const EPOCH = 1_420_070_400_000n;
/** Where the ids of a world begin, so that the same world gets the same ids in every run. */
const WORLD_START = Date.UTC(2024, 2, 1);
const WORLD_STEP = 61_357;

/** Hands out ids of 17 to 19 digits, each greater than the one before. */
export type Snowflakes = () => string;

/** Ids stamped with the time given by `now`. */
export function createSnowflakes(now: () => number): Snowflakes {
  let last = 0n;
  return () => {
    const stamped = (BigInt(Math.trunc(now())) - EPOCH) << 22n;
    last = stamped > last ? stamped : last + 1n;
    return String(last);
  };
}

/** Ids for guilds, channels, roles and users: the same ones in the same order every time. */
export function createWorldIds(): Snowflakes {
  let time = WORLD_START;
  return createSnowflakes(() => (time += WORLD_STEP));
}

/** When an id was made, in milliseconds since 1970. */
export function timeOf(id: string): number {
  return Number((BigInt(id) >> 22n) + EPOCH);
}
