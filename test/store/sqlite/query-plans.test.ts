import { DatabaseSync, StatementSync } from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import { silentLog } from '../../../src/lib/log.ts';
import { openStore } from '../../../src/store/sqlite/open-store.ts';
import { noteOf, old, query, T0 } from '../../contract/store-notes.fixture.ts';

/** Statements that may read a whole table: they return all of it, run once a week, or the table never grows. */
const ACTIVE =
  "SELECT count(*) AS count, coalesce(sum(iif(held_ms IS NULL, ? - position, 0)), 0) AS waiting FROM destination WHERE state = 'active' AND platform = ?";
const WHOLE = [ACTIVE, 'SELECT * FROM destination ORDER BY ref', 'SELECT at_ms FROM pulse'];

/** A search without an index is how SQLite names a scan for a minimum or maximum. */
const READS_ALL = /^SCAN|^SEARCH (?!.* USING )/;

/** Scans that stay small: parameters, matches in the index, platforms, the operator's destinations, and the largest key. */
const SMALL = /VIRTUAL TABLE|SCAN platform$|INDEX destination_by_config|SEARCH journal$/;

/** Every statement that an open store prepares, with SQLite's query plan. */
async function plans(): Promise<readonly { readonly sql: string; readonly plan: readonly string[] }[]> {
  const prepared = vi.spyOn(DatabaseSync.prototype, 'prepare');
  onTestFinished(() => prepared.mockRestore());
  const store = openStore({ path: ':memory:', log: silentLog, noteFrom: noteOf });
  const texts = [...new Set(prepared.mock.calls.map(([sql]) => sql))].filter(
    (sql) => !sql.startsWith('PRAGMA'),
  );
  const db = prepared.mock.contexts[0] as DatabaseSync;
  const explained = texts.map((sql) => ({
    sql: sql.replaceAll(/\s+/g, ' '),
    plan: db
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => String(detail)),
  }));
  await store.close();
  return explained;
}

test('no statement reads a whole table', async () => {
  const all = await plans();
  expect(all.length).toBeGreaterThan(50);
  const reading = all.filter(({ sql, plan }) => {
    const isBounded = / LIMIT /.test(sql) || /sqlite_schema/.test(sql) || WHOLE.includes(sql);
    return !isBounded && plan.some((line) => READS_ALL.test(line) && !SMALL.test(line));
  });
  expect(reading).toEqual([]);
});

test('scans of the full-text index are bounded', async () => {
  const walks = (await plans()).filter(({ sql }) => /FROM words WHERE words MATCH .* rowid >= /.test(sql));
  expect(walks).not.toEqual([]);
  // FTS5 reports M for a match, and > and < for bounds of row ids.
  for (const { plan } of walks) expect(plan.join()).toMatch(/SCAN words VIRTUAL TABLE INDEX \d+:M4><$/);
});

test('bounds are passed to FTS5 as integers', async () => {
  const store = openStore({ path: ':memory:', log: silentLog, noteFrom: noteOf });
  await store.journal.accept(
    Array.from({ length: 3 }, (_, n) => old({ name: `n${n}`, words: 'ore tin', at: T0 + n })),
  );
  const run = (['iterate', 'all'] as const).map((name) => vi.spyOn(StatementSync.prototype, name));
  onTestFinished(() => run.forEach((one) => one.mockRestore()));
  await store.archive.search(query({ words: ['ore', 'tin'], after: T0, before: T0 + 9 }), { count: 1 });
  const walks = run.flatMap(({ mock }) =>
    mock.calls.filter((_, index) =>
      /words MATCH .* rowid/s.test((mock.contexts[index] as StatementSync).sourceSQL),
    ),
  );
  expect(walks.length).toBeGreaterThan(1);
  for (const given of walks) expect(given.filter((value) => typeof value === 'number')).toEqual([]);
  await store.close();
});
