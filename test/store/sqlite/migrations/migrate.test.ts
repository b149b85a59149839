import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { MIGRATIONS, migrate } from '../../../../src/store/sqlite/migrations/migrate.ts';

/**
 * The start of the SHA-256 of each migration's statements, in order. A new migration adds a line; existing lines never
 * change, because databases have been through those statements. Comments and white space don't count.
 */
const DIGESTS = [
  'dce396a2601d2fe7',
  'd50a0254d4e1ee77',
  '16498bfd279919ac',
  'a09c9f779df34561',
  '18bb617a4bdbe556',
  'c08d28d0d269fd6f',
  '7ac3322ffaecdd3e',
  'ff4a14bfd010d023',
  'ce9faf9a5a844bd6',
  '99593ad1ee761335',
  '4997e76fb67efa3a',
  '6c512f75d21869a5',
  'c2d2c5d20ea29df9',
  'e2888f2728e59884',
  '840ccbd5481a30b2',
  'd7101c286305bf29',
  'c93be872b3ff0768',
];

const statementsOf = (sql: string): string => sql.replaceAll(/--.*$/gmu, '').replaceAll(/\s+/gu, ' ').trim();

function database(): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  onTestFinished(() => db.close());
  return db;
}

const schemaOf = (db: DatabaseSync): unknown =>
  db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all();

test('the statements of a migration never change', () => {
  const digests = MIGRATIONS.map((sql) =>
    createHash('sha256').update(statementsOf(sql)).digest('hex').slice(0, 16),
  );
  expect(digests).toEqual(DIGESTS);
});

test.each(MIGRATIONS.map((_, schema) => schema))(
  'a database of schema %i becomes the same as a new one',
  (schema) => {
    const [old, fresh] = [database(), database()];
    migrate(fresh);
    migrate(old, MIGRATIONS.slice(0, schema));
    expect(migrate(old)).toBe(schema);
    expect(schemaOf(old)).toEqual(schemaOf(fresh));
  },
);
