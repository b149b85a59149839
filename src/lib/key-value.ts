/** Small values that survive restarts, as `Store.keyv` keeps them. */
export interface KeyValue<T> {
  get(key: string): Promise<T | undefined>;
  set(key: string, value: T, ttlMs?: number): Promise<unknown>;
  delete(key: string): Promise<boolean>;
  iterator(): AsyncIterable<readonly [key: string, value: T]>;
}

/** Shelves by name; the same name is the same shelf. */
export type OpenKeyValue = <T>(name: string) => KeyValue<T>;
