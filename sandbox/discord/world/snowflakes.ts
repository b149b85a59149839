/** 1 January 2015 (Reference, Snowflakes). */
const EPOCH = 1_420_070_400_000n;
/** Fixed, so that the same world has the same ids in every run. */
const WORLD_START = Date.UTC(2024, 2, 1);
const WORLD_STEP = 61_357;

/** Returns increasing ids of 17 to 19 digits. */
export type Snowflakes = () => string;

/** Ids with the time of `now`. */
export function createSnowflakes(now: () => number): Snowflakes {
  let last = 0n;
  return () => {
    const stamped = (BigInt(Math.trunc(now())) - EPOCH) << 22n;
    last = stamped > last ? stamped : last + 1n;
    return String(last);
  };
}

/** Ids for guilds, channels, roles and users: the same sequence every time. */
export function createWorldIds(): Snowflakes {
  let time = WORLD_START;
  return createSnowflakes(() => (time += WORLD_STEP));
}

/** When the id was created, in milliseconds since 1970. */
export function timeOf(id: string): number {
  return Number((BigInt(id) >> 22n) + EPOCH);
}
