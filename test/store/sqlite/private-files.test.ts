import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Fields, silentLog } from '../../../src/lib/log.ts';
import { lockDatabase } from '../../../src/store/sqlite/database-lock.ts';
import { openStore } from '../../../src/store/sqlite/open-store.ts';
import { createPrivateFile } from '../../../src/store/sqlite/private-files.ts';
import { noteOf, old } from '../../contract/store-notes.fixture.ts';

let root: string;
const lines: (readonly [string, Fields | undefined])[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'postrider-modes-'));
  lines.length = 0;
});
afterEach(() => rmSync(root, { recursive: true }));

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

/** Locks, opens and writes a store; returns the modes of its files and its folder. */
async function modes(path: string): Promise<Readonly<Record<string, string>>> {
  const hold = lockDatabase(path, { pid: 1, host: 'a', since: 'now' });
  const log = { ...silentLog, warn: (event: string, fields?: Fields) => void lines.push([event, fields]) };
  const store = openStore({ path, log, noteFrom: noteOf });
  await store.journal.accept([old({ words: 'ore' })]);
  const folder = join(path, '..');
  const found = readdirSync(folder).map((name) => [name, modeOf(join(folder, name))] as const);
  const result = { '.': modeOf(folder), ...Object.fromEntries(found) };
  await store.close();
  if (hold.status === 'held') hold.release();
  return result;
}

const PRIVATE = { 'p.db': '600', 'p.db-wal': '600', 'p.db-shm': '600', 'p.db-lock': '600' };

describe.skipIf(process.platform === 'win32')('the files are for their owner alone', () => {
  test.each([0o000, 0o022, 0o077, 0o277, 0o777])('created with umask %o', async (umask) => {
    const before = process.umask(umask);
    try {
      expect(await modes(join(root, 'a', 'data', 'p.db'))).toEqual({ '.': '700', ...PRIVATE });
      expect(modeOf(join(root, 'a'))).toBe('700');
      expect(lines).toEqual([]);
    } finally {
      process.umask(before);
    }
  });

  test('reached by a crooked path or a dangling link', async () => {
    const before = process.umask(0);
    try {
      expect(await modes(`${root}/a/b/../data/p.db`)).toEqual({ '.': '700', ...PRIVATE });
      symlinkSync('new/p.db', join(root, 'link.db'));
      await modes(join(root, 'link.db'));
      expect(modeOf(join(root, 'new', 'p.db'))).toBe('600');
      expect(modeOf(join(root, 'new', 'p.db-lock'))).toBe('600');
      expect(lines).toEqual([]);
    } finally {
      process.umask(before);
    }
  });

  test.skipIf(process.platform !== 'linux')('a folder that cannot be created is reported at once', () => {
    expect(() => createPrivateFile('/proc/nothing-of-ours/p.db')).toThrow(/ENOENT/u);
  });

  test('restricted if they were open, which is logged once', async () => {
    const folder = join(root, 'data');
    const path = join(folder, 'p.db');
    await modes(path);
    chmodSync(folder, 0o755);
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644);
    expect(await modes(path)).toEqual({ '.': '700', ...PRIVATE });
    expect(lines.map(([event]) => event)).toEqual(['store.tightened']);
    expect(lines[0]?.[1]?.['paths']).toContain(path);
    expect(await modes(path)).toEqual({ '.': '700', ...PRIVATE });
    expect(lines).toHaveLength(1);
  });

  test('a folder that others use stays as it is', async () => {
    const folder = join(root, 'srv');
    mkdirSync(folder);
    chmodSync(folder, 0o775);
    writeFileSync(join(folder, 'theirs'), '');
    chmodSync(join(folder, 'theirs'), 0o644);
    expect(await modes(join(folder, 'p.db'))).toEqual({ '.': '775', theirs: '644', ...PRIVATE });
  });

  test('a folder like /tmp stays as it is', async () => {
    const folder = join(root, 'tmp');
    mkdirSync(folder);
    chmodSync(folder, 0o1777);
    expect(await modes(join(folder, 'p.db'))).toEqual({ '.': '777', ...PRIVATE });
  });
});
