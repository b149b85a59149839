import type { DatabaseSync } from 'node:sqlite';
import { VALUE_NAMESPACES } from '../../value-namespaces.ts';
import { change, select } from '../sql.ts';

interface Row {
  readonly name: string;
  readonly value: string;
}

/** A value as Keyv stores it. */
interface Kept {
  readonly value: unknown;
}

const IMPERSONAL: ReadonlySet<string> = new Set(
  Object.entries(VALUE_NAMESPACES).flatMap(([name, whose]) => (whose === 'impersonal' ? [name] : [])),
);
/** Rows read by one query. */
const PAGE = 500;

/** Removes a user's data from the values. Runs inside the caller's transaction. */
export function createPersonEraser(db: DatabaseSync) {
  const nextNamespace = select<{ namespace: string | null }>(
    db,
    'SELECT min(namespace) AS namespace FROM value WHERE namespace > :after',
  );
  // A rough selection: "telegram:5" is also in "telegram:55".
  const candidates = select<Row>(
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
      for (const { name, value } of page) {
        const kept = JSON.parse(value) as Kept;
        const left = name.split(' ').some((part) => isOne(part, names))
          ? undefined
          : without(kept.value, names);
        if (left === undefined) remove({ namespace, name });
        else if (left !== kept.value)
          replace({ namespace, name, value: JSON.stringify({ ...kept, value: left }) });
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
        if (!IMPERSONAL.has(namespace)) forgetIn(namespace, names);
        after = namespace;
      }
    },
  };
}

/** A topic belongs to the owner of its chat. */
const isOne = (text: string, names: ReadonlySet<string>): boolean => names.has(text.replace(/\/.*$/su, ''));

/**
 * The rest of a value without those names: a list loses the items that contain them; anything else that contains one is
 * removed entirely, and so is a list without items. Returns the value itself if it contains none.
 */
function without(value: unknown, names: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return isOne(value, names) ? undefined : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const left = value.map((item) => without(item, names)).filter((item) => item !== undefined);
    if (left.length === value.length && left.every((item, at) => item === value[at])) return value;
    return left.length > 0 ? left : undefined;
  }
  const before = Object.entries(value);
  const after = before.map(
    ([key, one]) => [key, isOne(key, names) ? undefined : without(one, names)] as const,
  );
  if (after.some(([, one]) => one === undefined)) return undefined;
  return after.every(([, one], at) => one === before[at]?.[1]) ? value : Object.fromEntries(after);
}
