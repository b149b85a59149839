/** The shortest duration that isn't counted as zero, in seconds. */
const SHORTEST = 0.01;
/** The ratio between steps of the scale, so that durations are accurate to 10 %. */
const FACTOR = 1.2;
/** About eight months. */
const STEPS = 117;

/** The step of the scale that a duration falls on, from 0 on. */
export function stepOf(seconds: number): number {
  if (!(seconds > SHORTEST)) return 0;
  return Math.min(STEPS, Math.max(1, Math.round(Math.log(seconds / SHORTEST) / Math.log(FACTOR))));
}

/** A step's duration in seconds. */
export const durationAt = (step: number): number =>
  step <= 0 ? 0 : SHORTEST * FACTOR ** Math.min(step, STEPS);

/** The quantile of durations counted by step, in seconds; `undefined` if there are none. `share`: from 0 to 1. */
export function quantile(
  counts: readonly { readonly bucket: number; readonly count: number }[],
  share: number,
): number | undefined {
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  let left = share * total;
  for (const { bucket, count } of [...counts].sort((a, b) => a.bucket - b.bucket)) {
    left -= count;
    if (left <= 1e-9) return durationAt(bucket);
  }
  return undefined;
}
