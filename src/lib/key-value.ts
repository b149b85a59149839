/** Small values that survive restarts. `Store.values.keyv` makes them. */
export interface KeyValue<T> {
  get(key: string): Promise<T | undefined>;
  set(key: string, value: T, ttlMs?: number): Promise<unknown>;
  delete(key: string): Promise<boolean>;
  iterator(): AsyncIterable<readonly [key: string, value: T]>;
}

/** Opens a namespace; the same name always gives the same values. */
export type OpenKeyValue = <T>(name: string) => KeyValue<T>;
