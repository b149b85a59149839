/**
 * Some of the shards into which Discord splits a bot's servers, for one of several processes. Both ends are inclusive and
 * from 0; `total` is the same in all processes (Gateway, Sharding).
 */
export interface ShardRange {
  readonly first: number;
  readonly last: number;
  readonly total: number;
}

export const allShards = (total: number): ShardRange => ({ first: 0, last: total - 1, total });

/** Throws `RangeError` if there can't be such shards. */
export function shardIds(range: ShardRange): readonly number[] {
  const { first, last, total } = range;
  const isValid =
    [first, last, total].every(Number.isSafeInteger) && 0 <= first && first <= last && last < total;
  if (!isValid) throw new RangeError(`No shards: ${first} to ${last} of ${total}`);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
