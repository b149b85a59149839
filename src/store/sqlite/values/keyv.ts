import type { DatabaseSync } from 'node:sqlite';
import { Keyv, type KeyvStorageEntry, keyvStorageCapability } from 'keyv';
import { change, select, transaction } from '../sql.ts';

interface ValueRow {
  readonly name: string;
  readonly value: string;
}

/** Storage for Keyv: one `Keyv` per namespace, each value with its own expiry. */
export function createKeyValues(db: DatabaseSync, now: () => number) {
  const read = select<ValueRow>(
    db,
    `SELECT name, value FROM value
     WHERE namespace = :namespace AND name = :name AND (expires_ms IS NULL OR expires_ms > :now)`,
  );
  const readPage = select<ValueRow>(
    db,
    `SELECT name, value FROM value
     WHERE namespace = :namespace AND name > :after AND (expires_ms IS NULL OR expires_ms > :now)
     ORDER BY name LIMIT 100`,
  );
  const write = change(
    db,
    `INSERT OR REPLACE INTO value (namespace, name, value, expires_ms) VALUES (:namespace, :name, :value, :expires)`,
  );
  const remove = change(db, 'DELETE FROM value WHERE namespace = :namespace AND name = :name');
  const clear = change(db, 'DELETE FROM value WHERE namespace = :namespace');
  const sweep = change(db, 'DELETE FROM value WHERE expires_ms <= :now');
  const keyvs = new Map<string, Keyv>();

  function storageOf(namespace: string) {
    const get = (name: string) => read.get({ namespace, name, now: now() })?.value;
    const put = ({ key: name, value, expires }: KeyvStorageEntry) => {
      write({ namespace, name, value: String(value), expires: expires ?? null });
      return true;
    };
    const drop = (name: string) => remove({ namespace, name }) > 0;
    const storage = {
      get: async (name: string) => get(name),
      getMany: async (names: string[]) => names.map(get),
      has: async (name: string) => get(name) !== undefined,
      hasMany: async (names: string[]) => names.map((name) => get(name) !== undefined),
      set: async (key: string, value: unknown, expires?: number) =>
        put({ key, value, ...(expires === undefined ? {} : { expires }) }),
      setMany: async (entries: KeyvStorageEntry[]) => transaction(db, () => entries.map(put)),
      delete: async (name: string) => drop(name),
      deleteMany: async (names: string[]) => transaction(db, () => names.map(drop)),
      async clear() {
        clear({ namespace });
      },
      async *iterator() {
        for (let after = ''; ; ) {
          const page = readPage.all({ namespace, after, now: now() });
          yield* page.map(({ name, value }) => [name, value]);
          const last = page.at(-1);
          if (!last) return;
          after = last.name;
        }
      },
    };
    return Object.assign(storage, { capabilities: keyvStorageCapability(storage) });
  }

  return {
    keyv<Value>(namespace: string): Keyv<Value> {
      const keyv = keyvs.get(namespace) ?? new Keyv({ store: storageOf(namespace), checkExpired: false });
      keyvs.set(namespace, keyv);
      return keyv as Keyv<Value>;
    },
    /** Deletes expired values. */
    sweep(nowMs: number): void {
      sweep({ now: nowMs });
    },
  };
}
