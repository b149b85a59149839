/** Time as the stand-in sees it: everything that expires, waits or is stamped asks here. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `task` once after `ms`, unless the returned function is called before. */
  after(ms: number, task: () => void): () => void;
}

/** The machine's own time. Its timers don't keep the process alive. */
export const wallClock: Clock = {
  now: () => Date.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms).unref();
    return () => clearTimeout(timer);
  },
};

export interface ManualClock extends Clock {
  /** Moves time on, running what falls due in order. */
  advance(ms: number): void;
}

/** A clock that stands still until it is moved on. */
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
