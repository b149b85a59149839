import { mayNamePeople, type StoredValue, withoutPerson } from '../../rules/erase-person.ts';
import { type Connection, change, select } from '../sql.ts';

/** Rows read by one query. */
const PAGE = 500;

const nextNamespace = select<{ namespace: string | null }>(
  'SELECT min(namespace) AS namespace FROM value WHERE namespace > :after',
);
// A rough selection: "telegram:5" is also in "telegram:55".
const candidates = select<StoredValue>(
  `SELECT name, value FROM value WHERE namespace = :namespace AND name > :after
     AND EXISTS (SELECT 1 FROM unnest(:names::text[]) AS one
                 WHERE strpos(value.name, one) > 0 OR strpos(value.value, one) > 0)
   ORDER BY name LIMIT ${PAGE}`,
);
const remove = change('DELETE FROM value WHERE namespace = :namespace AND name = :name');
const replace = change('UPDATE value SET value = :value WHERE namespace = :namespace AND name = :name');

/** Removes a person's data from the values, inside the caller's transaction. */
export async function forgetPerson(on: Connection, names: ReadonlySet<string>): Promise<void> {
  for (let after = ''; ; ) {
    const namespace = (await nextNamespace.get(on, { after }))?.namespace ?? undefined;
    if (namespace === undefined) return;
    if (mayNamePeople(namespace)) await forgetIn(on, namespace, names);
    after = namespace;
  }
}

async function forgetIn(on: Connection, namespace: string, names: ReadonlySet<string>): Promise<void> {
  for (let after = ''; ; ) {
    const page = await candidates.all(on, { namespace, after, names: [...names] });
    for (const stored of page) {
      const { name } = stored;
      const value = withoutPerson(stored, names);
      if (value === undefined) await remove(on, { namespace, name });
      else if (value !== stored.value) await replace(on, { namespace, name, value });
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.name;
  }
}
