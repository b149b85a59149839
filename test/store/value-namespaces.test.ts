import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import { openDatabase } from '../../src/store/sqlite/open-database.ts';
import { VALUE_NAMESPACES } from '../../src/store/value-namespaces.ts';

const root = join(import.meta.dirname, '..', '..');

test('every namespace that the program opens is declared, and none that it does not', () => {
  const opened = globSync('src/**/*.ts', { cwd: root }).flatMap((file) =>
    [
      ...readFileSync(join(root, file), 'utf8').matchAll(/\b(?:keyv|openKeyValue|storage)(?:<[^(]*?>)?\('([^']+)'\)/gu),
    ].map(([, name]) => name),
  );
  expect(new Set(opened)).toEqual(new Set(Object.keys(VALUE_NAMESPACES)));
});

/** Tables that name people, and `Store.forget` goes through; and all others. */
const OF_PEOPLE = ['destination', 'receipt', 'value'];
const OF_NOBODY = [
  'figure',
  'journal',
  'note',
  'past',
  'pulse',
  'seen',
  'series',
  'tally',
  'tombstone',
  'unsorted',
];
const OF_WORDS = ['spelling', 'vocabulary', 'words'];

test('a table that is new says whether it names people, so that forgetting can’t overlook it', () => {
  const db = openDatabase(':memory:', silentLog);
  const tables = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all()
    .map(({ name }) => String(name))
    .filter((name) => !name.startsWith('words_'));
  db.close();
  const declared = [...OF_PEOPLE, ...OF_NOBODY, ...OF_WORDS];
  expect(tables.filter((name) => !declared.includes(name))).toEqual([]);
});
