/**
 * What a program has opened and what it runs in the background. On shutdown `signal` aborts first; then everything is
 * closed in reverse order.
 */
export interface Lifetime extends AsyncDisposable {
  readonly signal: AbortSignal;
  /** Rejects with the first error of a background task; never resolves. */
  readonly failed: Promise<never>;
  /** Registers what closes a resource. */
  onShutdown(close: () => unknown): void;
  /** A background task that ends by itself once `signal` aborts. Shutdown waits for it. */
  run(task: Promise<unknown>): void;
  /** The same, but shutdown doesn't wait for it. */
  watch(task: Promise<unknown>): void;
  /**
   * Keeps everything open when the block that declared the lifetime with `await using` ends without an error. Returns
   * the shutdown, which may be called again, even while it is running.
   */
  keep(): () => Promise<void>;
}

export function createLifetime(): Lifetime {
  const stopping = new AbortController();
  const resources = new AsyncDisposableStack();
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  // Whoever started the program looks at it. Until then it must not count as unhandled.
  failed.catch(() => undefined);
  let ending: Promise<void> | undefined;
  let isKept = false;

  function shutDown(): Promise<void> {
    stopping.abort();
    ending ??= resources.disposeAsync();
    return ending;
  }

  const watch = (task: Promise<unknown>): void => void task.catch(fail);

  return {
    signal: stopping.signal,
    failed,
    onShutdown: (close) => resources.defer(async () => void (await close())),
    run(task) {
      watch(task);
      resources.defer(async () => void (await Promise.allSettled([task])));
    },
    watch,
    keep() {
      isKept = true;
      return shutDown;
    },
    async [Symbol.asyncDispose]() {
      if (!isKept) await shutDown();
    },
  };
}
