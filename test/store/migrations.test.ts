import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { MIGRATIONS, migrate } from '../../src/store/sqlite/migrations.ts';

/**
 * The beginning of each migration's SHA-256, in order: databases out there have been through these texts. A new one adds
 * its line; a line that stands here is never changed. What has to become different is a migration of its own.
 */
const DIGESTS = [
  '74791ff15edcba86',
  'f3009bd393c1f491',
  '426197733de7af45',
  'c3949edf56389870',
  'e9d2730bd7299136',
  '7af763834ebcc22d',
  '83ccf48ae228d91e',
  'd12366239a74c1df',
  'f7a39347ffab3d62',
  '1c13372850c54c11',
  '31820459e294d506',
  '013c61a94de75ed1',
  'd174be8d34dc5e89',
];

const folder = fileURLToPath(new URL('../../src/store/sqlite/', import.meta.url));
const source = (file: string): string => readFileSync(folder + file, 'utf8');

function database(): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  onTestFinished(() => db.close());
  return db;
}

const schemaOf = (db: DatabaseSync): unknown =>
  db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all();

test('each migration is, to the letter, what databases have been through', () => {
  expect(MIGRATIONS.map((sql) => createHash('sha256').update(sql).digest('hex').slice(0, 16))).toEqual(
    DIGESTS,
  );
});

test('and is a text of its own, with nothing in it that stands elsewhere', () => {
  const schemas = globSync('{*-schema,schema}.ts', { cwd: folder }).map(source);
  expect(schemas.length).toBeGreaterThan(4);
  const [list = ''] = /^export const MIGRATIONS[\s\S]*?\n\];$/mu.exec(source('migrations.ts')) ?? [];
  expect(list).toContain('ALTER TABLE destination');
  for (const text of [...schemas, list]) expect(text).not.toMatch(/\$\{|^import/mu);
});

test.each(MIGRATIONS.map((_, schema) => schema))(
  'a database of schema %i comes to the same as a new one',
  (schema) => {
    const [old, fresh] = [database(), database()];
    migrate(fresh);
    migrate(old, MIGRATIONS.slice(0, schema));
    expect(migrate(old)).toBe(schema);
    expect(schemaOf(old)).toEqual(schemaOf(fresh));
  },
);
