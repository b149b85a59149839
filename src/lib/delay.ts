import { setTimeout as delay } from 'node:timers/promises';

/** Settles after so many milliseconds, or at once when the signal aborts. Never rejects. */
export type Delay = (ms: number, signal: AbortSignal) => Promise<void>;

export const abortableDelay: Delay = async (ms, signal) => {
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
};
