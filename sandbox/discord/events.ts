/** Lets tests wait for events instead of sleeping. */
export interface Events<Map extends object> {
  readonly emit: <K extends keyof Map>(type: K, value: Map[K]) => void;
  /** The returned function removes the listener. */
  readonly on: <K extends keyof Map>(type: K, listener: (value: Map[K]) => void) => () => void;
  /** Resolves with the next event that `wanted` accepts. Rejects with what `wanted` throws. */
  readonly next: <K extends keyof Map>(type: K, wanted?: (value: Map[K]) => boolean) => Promise<Map[K]>;
  /** Resolves once `condition` holds; checked now and after every event of any type. Rejects with what it throws. */
  readonly until: (condition: () => boolean) => Promise<void>;
}

export function createEvents<Map extends object>(): Events<Map> {
  const listeners = new Set<(type: keyof Map, value: Map[keyof Map]) => void>();
  const on: Events<Map>['on'] = (type, listener) => {
    const heard = (of: keyof Map, value: Map[keyof Map]) => {
      if (of === type) listener(value as Parameters<typeof listener>[0]);
    };
    listeners.add(heard);
    return () => listeners.delete(heard);
  };
  return {
    emit(type, value) {
      for (const listener of Array.from(listeners)) listener(type, value);
    },
    on,
    next: (type, wanted = () => true) =>
      new Promise((resolve, reject) => {
        const off = on(type, (value) => {
          try {
            if (!wanted(value)) return;
            resolve(value);
          } catch (error) {
            reject(error);
          }
          off();
        });
      }),
    until: (condition) =>
      new Promise((resolve, reject) => {
        const look = () => {
          try {
            if (!condition()) return;
            resolve();
          } catch (error) {
            reject(error);
          }
          listeners.delete(look);
        };
        listeners.add(look);
        look();
      }),
  };
}
