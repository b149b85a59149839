/** Wakes the one loop that waits for it. Notifications aren't counted: if there was one since the last wait, the next returns at once. */
export interface WakeSignal {
  notify(): void;
  /** Resolves at the next notification or when the signal aborts, which doesn't use a notification up. */
  wait(signal: AbortSignal): Promise<void>;
  /** Resolves at the next notification or when `other` does, whose signal is then aborted. */
  waitOr(other: (signal: AbortSignal) => Promise<void>): Promise<void>;
}

export function createWakeSignal(): WakeSignal {
  let isNotified = false;
  let wake: (() => void) | undefined;

  const wait = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const stop = () => {
        if (wake === consume) wake = undefined;
        signal.removeEventListener('abort', stop);
        resolve();
      };
      const consume = () => {
        isNotified = false;
        stop();
      };
      if (signal.aborted) return resolve();
      wake = consume;
      signal.addEventListener('abort', stop);
      if (isNotified) consume();
    });

  return {
    notify() {
      isNotified = true;
      wake?.();
    },
    wait,
    async waitOr(other) {
      const over = new AbortController();
      await Promise.race([wait(over.signal), other(over.signal)]);
      over.abort();
    },
  };
}
