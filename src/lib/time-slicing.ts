import { setImmediate } from 'node:timers/promises';

/** Work in short steps: whoever runs it may let other work run in between. */
export type CooperativeTask<T> = Generator<undefined, T, undefined>;

/** How long a turn of the event loop may be used for. A single step may take longer. */
const SLICE_MS = 5;

/** Runs all of it in one turn of the event loop. */
export function runToCompletion<T>(steps: CooperativeTask<T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/**
 * Runs tasks over as many turns of the event loop as they take. A short one finishes in the turn in which it is started; long
 * ones run one after the other, since several at once would make every turn long.
 */
export function createSlicedRunner(): <T>(steps: CooperativeTask<T>) => Promise<T> {
  let queue: Promise<unknown> = Promise.resolve();
  return async (steps) => {
    const first = runSlice(steps);
    if (first.done) return first.value;
    const before = queue;
    const done = (async () => {
      await before;
      for (;;) {
        await setImmediate();
        const step = runSlice(steps);
        if (step.done) return step.value;
      }
    })();
    queue = done.catch(() => undefined);
    return done;
  };
}

function runSlice<T>(steps: CooperativeTask<T>): IteratorResult<undefined, T> {
  const until = performance.now() + SLICE_MS;
  let step = steps.next();
  while (!step.done && performance.now() < until) step = steps.next();
  return step;
}
