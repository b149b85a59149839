import { setImmediate } from 'node:timers/promises';

/** Work in steps, each of them short: whoever drives it may let others have their turn in between. */
export type CooperativeTask<T> = Generator<undefined, T, undefined>;

/** A turn of the event loop is to end after this long, in milliseconds. A single step may take longer. */
const SLICE_MS = 5;

/** All of the work in one turn. */
export function runToCompletion<T>(steps: CooperativeTask<T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/**
 * Does work over as many turns of the event loop as it takes. What is short is done in the turn that asks for it; what
 * is long waits until no other is under way, since many at once would make every turn long.
 */
export function createSlicedRunner(): <T>(steps: CooperativeTask<T>) => Promise<T> {
  let line: Promise<unknown> = Promise.resolve();
  return async (steps) => {
    const begun = runSlice(steps);
    if (begun.done) return begun.value;
    const before = line;
    const done = (async () => {
      await before;
      for (;;) {
        await setImmediate();
        const step = runSlice(steps);
        if (step.done) return step.value;
      }
    })();
    line = done.catch(() => undefined);
    return done;
  };
}

function runSlice<T>(steps: CooperativeTask<T>): IteratorResult<undefined, T> {
  const until = performance.now() + SLICE_MS;
  let step = steps.next();
  while (!step.done && performance.now() < until) step = steps.next();
  return step;
}
