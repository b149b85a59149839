import { DatabaseSync } from 'node:sqlite';
import { silentLog } from '../../src/lib/log.ts';
import { openDatabase } from '../../src/store/sqlite/open-database.ts';
import { createStore, type StoreOptions } from '../../src/store/sqlite/open-store.ts';
import type { Store } from '../../src/store/store.ts';

/** What all migrations make of an empty database. They take longer than most tests that need a store. */
const image = migratedImage();

function migratedImage(): Uint8Array {
  using db = openDatabase(':memory:', silentLog);
  return db.serialize();
}

/** An empty store in memory, the same as `openStore` returns. */
export function openMemoryStore(options: Omit<StoreOptions, 'path'>): Store {
  const db = new DatabaseSync(':memory:');
  db.deserialize(image);
  return createStore(db, options);
}
