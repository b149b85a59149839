import type { DatabaseSync } from 'node:sqlite';
import { mayNamePeople, type StoredValue, withoutPerson } from '../../rules/erase-person.ts';
import { change, select } from '../sql.ts';

/** Rows read by one query. */
const PAGE = 500;

/** Removes a user's data from the values. Runs inside the caller's transaction. */
export function createPersonEraser(db: DatabaseSync) {
  const nextNamespace = select<{ namespace: string | null }>(
    db,
    'SELECT min(namespace) AS namespace FROM value WHERE namespace > :after',
  );
  // A rough selection: "telegram:5" is also in "telegram:55".
  const candidates = select<StoredValue>(
    db,
    `SELECT name, value FROM value WHERE namespace = :namespace AND name > :after
       AND EXISTS (SELECT 1 FROM json_each(:names) AS one
                   WHERE instr(value.name, one.value) OR instr(value.value, one.value))
     ORDER BY name LIMIT ${PAGE}`,
  );
  const remove = change(db, 'DELETE FROM value WHERE namespace = :namespace AND name = :name');
  const replace = change(db, 'UPDATE value SET value = :value WHERE namespace = :namespace AND name = :name');

  function forgetIn(namespace: string, names: ReadonlySet<string>): void {
    const listed = JSON.stringify([...names]);
    for (let after = ''; ; ) {
      const page = candidates.all({ namespace, after, names: listed });
      for (const stored of page) {
        const { name } = stored;
        const value = withoutPerson(stored, names);
        if (value === undefined) remove({ namespace, name });
        else if (value !== stored.value) replace({ namespace, name, value });
      }
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      after = last.name;
    }
  }

  return {
    forget(names: ReadonlySet<string>): void {
      for (let after = ''; ; ) {
        const namespace = nextNamespace.get({ after })?.namespace ?? undefined;
        if (namespace === undefined) return;
        if (mayNamePeople(namespace)) forgetIn(namespace, names);
        after = namespace;
      }
    },
  };
}
