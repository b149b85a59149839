import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DatabaseLock, lockDatabase } from '../../../src/store/sqlite/database-lock.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postrider-lock-'));
  path = join(folder, 'data', 'test.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const me = (pid: number) => ({ pid, host: 'harbour', since: '2026-11-25T10:00:00.000Z' });
function held(hold: DatabaseLock): Extract<DatabaseLock, { status: 'held' }> {
  if (hold.status !== 'held') throw new Error('It is occupied');
  return hold;
}

test('one process has a database, and others learn which', () => {
  const first = held(lockDatabase(path, me(1)));
  expect(lockDatabase(path, me(2))).toEqual({ status: 'occupied', by: me(1) });
  first.release();
  const second = held(lockDatabase(path, me(2)));
  expect(lockDatabase(path, me(3))).toEqual({ status: 'occupied', by: me(2) });
  second.release();
});

test('a process that is killed leaves no lock behind', () => {
  const code = `
    const { lockDatabase } = await import(${JSON.stringify(new URL('../../../src/store/sqlite/database-lock.ts', import.meta.url))});
    const { status } = lockDatabase(${JSON.stringify(path)}, ${JSON.stringify(me(1))});
    require('node:fs').writeSync(1, status);
    process.kill(process.pid, 'SIGKILL');`;
  const { stdout, signal } = spawnSync(process.execPath, ['--eval', `(async () => {${code}})()`]);
  expect([String(stdout), signal]).toEqual(['held', 'SIGKILL']);
  held(lockDatabase(path, me(2))).release();
});

test('the database itself stays free for backups', () => {
  mkdirSync(join(folder, 'data'));
  const db = new DatabaseSync(path);
  db.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (x)');
  const hold = held(lockDatabase(path, me(1)));
  const copy = new DatabaseSync(path, { timeout: 0 });
  copy.exec('INSERT INTO t VALUES (1)');
  copy.exec(`VACUUM INTO '${join(folder, 'copy.db')}'`);
  expect(copy.prepare('SELECT x FROM t').get()).toEqual({ x: 1 });
  copy.close();
  db.close();
  hold.release();
});

test('a link leads to the same lock', () => {
  held(lockDatabase(path, me(1))).release();
  writeFileSync(path, '');
  symlinkSync(path, join(folder, 'other.db'));
  const hold = held(lockDatabase(path, me(1)));
  expect(lockDatabase(join(folder, 'other.db'), me(2)).status).toBe('occupied');
  hold.release();
});

test('a lock that cannot be created is explained', () => {
  writeFileSync(join(folder, 'data'), '');
  expect(() => lockDatabase(path, me(1))).toThrow(/test\.db-lock": its folder can't be created/u);
});
