/** How long something takes, in milliseconds, and its result. */
export function timed<T>(work: () => T): readonly [ms: number, made: T] {
  const from = performance.now();
  const made = work();
  return [performance.now() - from, made];
}

/** The median, of an even number of values the upper one. Throws if there are none. */
export function median(values: readonly number[]): number {
  const middle = values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  if (middle === undefined) throw new RangeError('Cannot take the median of no values');
  return middle;
}

/** The value that this share of all values doesn't exceed. Throws if there are none. */
export function percentile(values: readonly number[], share: number): number {
  const value = values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1];
  if (value === undefined) throw new RangeError('Cannot take a percentile of no values');
  return value;
}
