import { pause } from '../timeouts.ts';

export interface PacedQueueOptions {
  /** So long is worked at a time, and then so long rested, in milliseconds. */
  readonly workMs: number;
  readonly restMs: number;
  readonly signal: AbortSignal;
  readonly monotonic?: () => number;
}

/**
 * Costly pieces of work one after the other, in the order in which they are asked for, with rests that leave the
 * process to everything else. Who asks for one at a time shares it fairly with all the others that do so, however much
 * they have.
 */
export type RunPaced = <T>(work: () => T) => Promise<T>;

export function createPacedQueue({
  workMs,
  restMs,
  signal,
  monotonic = () => performance.now(),
}: PacedQueueOptions): RunPaced {
  let line: Promise<unknown> = Promise.resolve();
  let workedMs = 0;

  async function turn<T>(work: () => T): Promise<T> {
    if (workedMs >= workMs) {
      workedMs = 0;
      await pause(restMs, signal).over;
    }
    const startedMs = monotonic();
    try {
      return work();
    } finally {
      workedMs += monotonic() - startedMs;
    }
  }

  return (work) => {
    const mine = line.then(() => turn(work));
    line = mine.catch(() => undefined);
    return mine;
  };
}
