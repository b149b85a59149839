import { Keyv, type KeyvStorageEntry, keyvStorageCapability } from 'keyv';
import type { StoredValue } from './erase-person.ts';

/** A value to store, as JSON; `expiresMs` since 1970. */
export interface ValueToStore extends StoredValue {
  readonly expiresMs: number | null;
}

/** The table of values, by namespace. Expired values count as absent. */
export interface ValueTable {
  /** In the order of the names. */
  read(namespace: string, names: readonly string[]): Promise<readonly (string | undefined)[]>;
  /** Those after a name, in order; at most 100, fewer only at the end. */
  page(namespace: string, after: string): Promise<readonly StoredValue[]>;
  write(namespace: string, values: readonly ValueToStore[]): Promise<void>;
  /** Whether each was there. */
  remove(namespace: string, names: readonly string[]): Promise<readonly boolean[]>;
  clear(namespace: string): Promise<void>;
}

/** `Values.keyv` on a table: one `Keyv` per namespace, each value with its own expiry. */
export function createKeyvs(table: ValueTable): <Value>(namespace: string) => Keyv<Value> {
  const keyvs = new Map<string, Keyv>();

  function storageOf(namespace: string) {
    const get = async (name: string) => (await table.read(namespace, [name]))[0];
    const put = async (entries: readonly KeyvStorageEntry[]) =>
      table.write(
        namespace,
        entries.map(({ key: name, value, expires: expiresMs = null }) => ({
          name,
          value: String(value),
          expiresMs,
        })),
      );
    const storage = {
      get,
      getMany: async (names: string[]) => [...(await table.read(namespace, names))],
      has: async (name: string) => (await get(name)) !== undefined,
      hasMany: async (names: string[]) =>
        (await table.read(namespace, names)).map((value) => value !== undefined),
      async set(key: string, value: unknown, expires?: number) {
        await put([{ key, value, ...(expires !== undefined && { expires }) }]);
        return true;
      },
      async setMany(entries: KeyvStorageEntry[]) {
        await put(entries);
        return entries.map(() => true);
      },
      delete: async (name: string) => (await table.remove(namespace, [name]))[0] ?? false,
      deleteMany: async (names: string[]) => [...(await table.remove(namespace, names))],
      clear: () => table.clear(namespace),
      async *iterator() {
        for (let after = ''; ; ) {
          const page = await table.page(namespace, after);
          yield* page.map(({ name, value }) => [name, value]);
          const last = page.at(-1);
          if (!last) return;
          after = last.name;
        }
      },
    };
    return Object.assign(storage, { capabilities: keyvStorageCapability(storage) });
  }

  return <Value>(namespace: string) => {
    const keyv = keyvs.get(namespace) ?? new Keyv({ store: storageOf(namespace), checkExpired: false });
    keyvs.set(namespace, keyv);
    return keyv as Keyv<Value>;
  };
}
