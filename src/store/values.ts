import type { Keyv } from 'keyv';

/** Small values in the same database: settings, queues and caches. */
export interface Values {
  /**
   * The values of one namespace; the same object each time. Declare the namespace in `value-namespaces.ts`. Its methods
   * reject if the store cannot be read or written, unless somebody listens to its `error` events.
   */
  keyv<T>(namespace: string): Keyv<T>;
}
