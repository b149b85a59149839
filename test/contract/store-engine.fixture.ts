import type { Store } from '../../src/store/store.ts';

/** An engine with its data; a test may open it repeatedly, even twice at once. */
export interface StoreEngine {
  open(now?: () => number): Promise<Store>;
  dispose(): Promise<void>;
}

/** What each test gets. */
export interface StoreContext {
  /** An open, empty store. */
  readonly store: Store;
  /** Opens the same data once more, as the program does after a crash. */
  reopen(now?: () => number): Promise<Store>;
}
