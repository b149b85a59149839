import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import { openDatabase } from '../../src/store/sqlite/open-database.ts';
import { VALUE_NAMESPACES } from '../../src/store/value-namespaces.ts';

const root = join(import.meta.dirname, '..', '..');

test('exactly the namespaces that the program opens are declared', () => {
  const opened = globSync('src/**/*.ts', { cwd: root }).flatMap((file) =>
    [
      ...readFileSync(join(root, file), 'utf8').matchAll(
        /\b(?:keyv|openKeyValue|shelves|storage)(?:<[^(]*?>)?\('([^']+)'\)/gu,
      ),
    ].map(([, name]) => name),
  );
  expect(new Set(opened)).toEqual(new Set(Object.keys(VALUE_NAMESPACES)));
});

/** Tables that name people, which `Store.forget` deletes from, and all others. */
const PERSONAL = ['destination', 'in_flight', 'receipt', 'value'];
const IMPERSONAL = [
  'activity',
  'figure',
  'journal',
  'note',
  'past',
  'pulse',
  'month',
  'seen',
  'series',
  'tally',
  'tombstone',
  'unsorted',
];
const SEARCH_INDEX = ['spelling', 'vocabulary', 'words'];

test('every table is declared personal or not', () => {
  const db = openDatabase(':memory:', silentLog);
  const tables = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all()
    .map(({ name }) => String(name))
    .filter((name) => !name.startsWith('words_'));
  db.close();
  const declared = [...PERSONAL, ...IMPERSONAL, ...SEARCH_INDEX];
  expect(tables.filter((name) => !declared.includes(name))).toEqual([]);
});
