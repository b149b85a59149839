import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { columnsOf, TABLES } from '../../../src/store/copy/tables.ts';
import { migrate } from '../../../src/store/sqlite/migrations/migrate.ts';
import { openSchema } from '../postgres/schema.fixture.ts';
import { hasPostgres, useTestServer } from '../postgres/server.fixture.ts';

interface Column {
  readonly name: string;
  readonly column: string;
}

const copied = TABLES.flatMap((table) =>
  columnsOf(table).map((column) => `${table.name}.${column}`),
).toSorted();

/** Columns that aren't copied: derived ones, and what only means something to the database that has it. */
function notCopied(columns: readonly Column[]): readonly string[] {
  const names = columns.map(({ name, column }) => `${name}.${column}`);
  expect(names).toEqual(expect.arrayContaining(copied));
  const tables = new Set(TABLES.map(({ name }) => name));
  const rest = columns.filter(({ name, column }) => !copied.includes(`${name}.${column}`));
  return [
    ...new Set(rest.map(({ name, column }) => (tables.has(name) ? `${name}.${column}` : name))),
  ].toSorted();
}

test('everything in SQLite is copied, or derived again', () => {
  using db = new DatabaseSync(':memory:');
  migrate(db);
  const columns = db
    .prepare(
      `SELECT t.name, c.name AS column FROM pragma_table_list AS t, pragma_table_info(t.name) AS c
       WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%'`,
    )
    .all() as unknown as readonly Column[];
  expect(notCopied(columns)).toEqual(['month', 'pulse', 'spelling', 'tally', 'unsorted', 'vocabulary']);
});

describe.skipIf(!hasPostgres)('on PostgreSQL', () => {
  const server = useTestServer();

  test('everything is copied, or derived again', async () => {
    const client = await openSchema(await server.createDatabase());
    const { rows } = await client.query<Column>(
      `SELECT table_name AS name, column_name AS column FROM information_schema.columns WHERE table_schema = 'public'`,
    );
    await client.end();
    expect(notCopied(rows)).toEqual([
      'hashtag',
      'head',
      'month',
      'note.is_protected',
      'note_count',
      'note_hashtag',
      'postrider_schema',
      'pulse',
      'role',
      'spelling',
      'tally',
      'vocabulary',
      'word',
    ]);
  });
});
