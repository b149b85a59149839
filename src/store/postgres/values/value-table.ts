import type { Pool } from 'pg';
import type { StoredValue } from '../../rules/erase-person.ts';
import type { ValueTable } from '../../rules/keyv-storage.ts';
import { notify } from '../notify.ts';
import { type Connection, change, select, together } from '../sql.ts';
import type { WriteQueue } from '../write-queue.ts';

interface Parts {
  readonly readers: Pool;
  readonly queue: WriteQueue;
  readonly now: () => number;
}

const read = select<StoredValue>(
  `SELECT name, value FROM value
   WHERE namespace = :namespace AND name = ANY (:names::text[]) AND (expires_ms IS NULL OR expires_ms > :now)`,
);
const readPage = select<StoredValue>(
  `SELECT name, value FROM value
   WHERE namespace = :namespace AND name > :after AND (expires_ms IS NULL OR expires_ms > :now)
   ORDER BY name LIMIT 100`,
);
const write = change(
  `INSERT INTO value (namespace, name, value, expires_ms)
   SELECT :namespace, * FROM unnest(:names::text[], :values::text[], :expires::bigint[])
   ON CONFLICT (namespace, name) DO UPDATE SET value = excluded.value, expires_ms = excluded.expires_ms`,
);
const remove = select<{ name: string }>(
  'DELETE FROM value WHERE namespace = :namespace AND name = ANY (:names::text[]) RETURNING name',
);
const clear = change('DELETE FROM value WHERE namespace = :namespace');
const sweep = change('DELETE FROM value WHERE expires_ms <= :now');

/** The table of values, each with its own expiry. Other processes are told of every change. */
export function createValueTable({ readers, queue, now }: Parts): ValueTable {
  /** Changes of one namespace run in order; those of others share their transaction. */
  function changeIn<Result>(namespace: string, run: (on: Connection) => Promise<Result>): Promise<Result> {
    return queue.write(async (on) => {
      const [result] = await together([run(on), notify(on, `values ${namespace}`)]);
      return result;
    }, `values ${namespace}`);
  }

  return {
    async read(namespace, names) {
      const rows = await read.all(readers, { namespace, names, now: now() });
      const found = new Map(rows.map(({ name, value }) => [name, value]));
      return names.map((name) => found.get(name));
    },
    page: (namespace, after) => readPage.all(readers, { namespace, after, now: now() }),
    async write(namespace, values) {
      // Of several under one name the last counts, and one statement can't write a row twice.
      const last = [...new Map(values.map((value) => [value.name, value])).values()];
      await changeIn(namespace, (on) =>
        write(on, {
          namespace,
          names: last.map(({ name }) => name),
          values: last.map(({ value }) => value),
          expires: last.map(({ expiresMs }) => expiresMs),
        }),
      );
    },
    async remove(namespace, names) {
      const gone = await changeIn(namespace, (on) => remove.all(on, { namespace, names }));
      const left = new Set(gone.map(({ name }) => name));
      return names.map((name) => left.delete(name));
    },
    clear: async (namespace) => void (await changeIn(namespace, (on) => clear(on, { namespace }))),
  };
}

/** Deletes expired values, inside the caller's transaction. */
export const sweepValues = async (on: Connection, nowMs: number): Promise<void> =>
  void (await sweep(on, { now: nowMs }));
