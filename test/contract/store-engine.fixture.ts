import type { Store } from '../../src/store/store.ts';

/** Where an engine keeps its data: opened as often as a test likes, also twice at once. */
export interface StoreEngine {
  open(now?: () => number): Promise<Store>;
  dispose(): Promise<void>;
}

/** What the tests of one subject are given: an open store, and the place it stands on. */
export interface StoreContext {
  readonly store: Store;
  /** Opens it once more, as the same program after a crash would. */
  reopen(now?: () => number): Promise<Store>;
}
