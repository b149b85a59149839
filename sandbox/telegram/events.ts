/** Calls listeners synchronously and in order. */
export interface Events<Kinds extends object> {
  /** Returns a function that removes the listener. */
  on<Type extends keyof Kinds>(type: Type, listener: (event: Kinds[Type]) => void): () => void;
  emit<Type extends keyof Kinds>(type: Type, event: Kinds[Type]): void;
  /**
   * Settles with the first truthy value of `condition`, tried now and after every event. Rejects after `timeoutMs`,
   * so that a test that waits in vain says for what.
   */
  until<Value>(condition: () => Value, timeoutMs?: number): Promise<NonNullable<Value>>;
}

export function createEvents<Kinds extends object>(): Events<Kinds> {
  const listeners = new Map<keyof Kinds, Set<(event: never) => void>>();
  const watchers = new Set<() => void>();
  return {
    on(type, listener) {
      const known = listeners.get(type) ?? new Set();
      listeners.set(type, known.add(listener));
      return () => known.delete(listener);
    },
    emit(type, event) {
      for (const listener of listeners.get(type) ?? []) (listener as (event: unknown) => void)(event);
      for (const watcher of watchers) watcher();
    },
    until(condition, timeoutMs = 5_000) {
      return new Promise((resolve, reject) => {
        const done = (settle: () => void): void => {
          clearTimeout(timer);
          watchers.delete(check);
          settle();
        };
        const check = (): void => {
          try {
            const value = condition();
            if (value) done(() => resolve(value));
          } catch (error) {
            done(() => reject(error));
          }
        };
        const timer = setTimeout(
          () =>
            done(() =>
              reject(
                new Error(`Cannot wait any longer: not so after ${timeoutMs} ms: ${condition.toString()}`),
              ),
            ),
          timeoutMs,
        );
        watchers.add(check);
        check();
      });
    },
  };
}
