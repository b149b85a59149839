import { abortableDelay } from '../../lib/delay.ts';
import { createSerialQueue } from '../../lib/keyed-queue.ts';

export interface PacedQueueOptions {
  /** How long to work at a time, and how long to rest then, in milliseconds. */
  readonly workMs: number;
  readonly restMs: number;
  readonly signal: AbortSignal;
  readonly monotonic?: () => number;
}

/**
 * Runs costly pieces of work one by one, in the order they are submitted, with rests that leave the process to everything
 * else. Callers that submit one piece at a time share it fairly, however much each has to do.
 */
export type RunPaced = <T>(work: () => T) => Promise<T>;

export function createPacedQueue({
  workMs,
  restMs,
  signal,
  monotonic = () => performance.now(),
}: PacedQueueOptions): RunPaced {
  const inTurn = createSerialQueue();
  let workedMs = 0;

  async function run<T>(work: () => T): Promise<T> {
    if (workedMs >= workMs) {
      workedMs = 0;
      await abortableDelay(restMs, signal);
    }
    const startedMs = monotonic();
    try {
      return work();
    } finally {
      workedMs += monotonic() - startedMs;
    }
  }

  return (work) => inTurn(() => run(work));
}
