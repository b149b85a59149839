/** The server's time. Everything that expires, waits or has a date uses it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `task` once after `ms`; the returned function cancels it. */
  after(ms: number, task: () => void): () => void;
}

/** The machine's clock. Its timers don't keep the process alive. */
export const wallClock: Clock = {
  now: () => Date.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms).unref();
    return () => clearTimeout(timer);
  },
};

export interface ManualClock extends Clock {
  /** Runs everything that falls due, in order. */
  advance(ms: number): void;
}

/** Stands still until it is advanced. */
export function createManualClock(start = Date.UTC(2026, 10, 1, 12)): ManualClock {
  let time = start;
  let waiting: { readonly at: number; readonly task: () => void }[] = [];
  return {
    now: () => time,
    after(ms, task) {
      const entry = { at: time + ms, task };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    advance(ms) {
      const end = time + ms;
      for (;;) {
        const due = waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        waiting = waiting.filter((other) => other !== due);
        time = due.at;
        due.task();
      }
      time = end;
    },
  };
}
