/** Runs at most `count()` tasks at a time; the others wait their turn. When it falls, the tasks in progress finish. */
export function createSemaphore(count: () => number): { run<T>(task: () => Promise<T>): Promise<T> } {
  const waiting: (() => void)[] = [];
  let running = 0;

  function startWaiting(): void {
    while (running < count()) {
      const start = waiting.shift();
      if (!start) return;
      running += 1;
      start();
    }
  }

  return {
    async run(task) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        startWaiting();
      });
      try {
        return await task();
      } finally {
        running -= 1;
        startWaiting();
      }
    },
  };
}
