/** Longer timers fire at once in Node. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** Settles after so many milliseconds (25 days at most), or at once when the signal aborts. Never rejects. */
export type Delay = (ms: number, signal: AbortSignal) => Promise<void>;

export const abortableDelay: Delay = (ms, signal) =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.min(ms, MAX_DELAY_MS));
    signal.addEventListener('abort', done);
  });
