import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { createGroupCommit, type GroupCommit } from '../../../src/store/sqlite/group-commit.ts';

/** A database that records what it executes, except for prepared statements. */
class Recorder extends DatabaseSync {
  readonly said: string[] = [];
  override exec(sql: string): void {
    this.said.push(sql.replace('PRAGMA synchronous = ', ''));
    super.exec(sql);
  }
}

let db: Recorder;
let writing: GroupCommit;
beforeEach(() => {
  db = new Recorder(':memory:');
  db.exec(`PRAGMA foreign_keys = ON;
    CREATE TABLE pulse (one INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL) STRICT;
    CREATE TABLE ore (name TEXT PRIMARY KEY, of TEXT REFERENCES ore DEFERRABLE INITIALLY DEFERRED) STRICT`);
  db.said.length = 0;
  writing = createGroupCommit(db);
});

const put = (name: string, of: string | null = null) => {
  db.prepare('INSERT INTO ore VALUES (?, ?)').run(name, of);
  return `put ${name}`;
};
const all = () =>
  db
    .prepare('SELECT name FROM ore ORDER BY rowid')
    .all()
    .map(({ name }) => name);

test('changes that arrive together share a transaction, in order', async () => {
  const later = async (name: string) => {
    await setImmediate();
    return writing.write(() => put(name));
  };
  const results = await Promise.all([
    writing.write(() => put('tin')),
    writing.write(() => put('lead')),
    later('zinc'),
  ]);
  expect(results).toEqual(['put tin', 'put lead', 'put zinc']);
  expect(all()).toEqual(['tin', 'lead', 'zinc']);
  expect(db.said).toEqual(['BEGIN IMMEDIATE', 'COMMIT']);
});

test('a group does not grow without end', async () => {
  const first = writing.write(() => put('tin'));
  const settled = first.then(() => 'settled');
  for (let asked = 0; asked < 300; asked += 1) {
    void writing.write(() => put(`ore ${asked}`));
    await setImmediate();
  }
  expect(await Promise.race([settled, setImmediate('waiting')])).toBe('settled');
  writing.flush();
});

test.each([
  ['as soon as it is made', () => put('tin')],
  ['only by the commit', () => put('brass', 'nothing')],
])('a change that is refused %s is refused alone', async (_, wrong) => {
  const results = await Promise.allSettled([
    writing.write(() => put('tin')),
    writing.write(wrong),
    writing.write(() => put('lead')),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(all()).toEqual(['tin', 'lead']);
  // The next one works.
  await writing.write(() => put('zinc'));
  expect(all()).toEqual(['tin', 'lead', 'zinc']);
});

test('an early write is visible at once and durable when it resolves', async () => {
  const seen: unknown[] = [];
  const written = writing.writeNow(
    () => put('tin'),
    () => seen.push(...all()),
  );
  expect(seen).toEqual(['tin']);
  const changesBefore = db.prepare('SELECT total_changes() AS n').get()?.['n'];
  expect(db.said.splice(0)).toEqual(['NORMAL', 'BEGIN IMMEDIATE', 'COMMIT', 'FULL']);
  expect(await written).toBe('put tin');
  expect(db.said).toEqual(['BEGIN IMMEDIATE', 'COMMIT']);
  expect(db.prepare('SELECT total_changes() AS n').get()?.['n']).toBeGreaterThan(Number(changesBefore));
});

test('a refused early write is never visible', async () => {
  const seen: unknown[] = [];
  await writing.write(() => put('tin'));
  const refused = writing.writeNow(
    () => put('tin'),
    () => seen.push(...all()),
  );
  await expect(refused).rejects.toThrow(/UNIQUE/);
  expect(seen).toEqual([]);
  expect(db.said.at(-1)).toBe('FULL');
});

test('flush commits what is waiting', async () => {
  const written = writing.write(() => put('tin'));
  writing.flush();
  expect(all()).toEqual(['tin']);
  await written;
  expect(db.said).toEqual(['BEGIN IMMEDIATE', 'COMMIT']);
});
