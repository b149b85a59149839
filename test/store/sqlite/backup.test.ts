import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLog } from '../../../src/lib/log.ts';
import { backUp } from '../../../src/store/sqlite/backup/backup.ts';
import { restore } from '../../../src/store/sqlite/backup/restore.ts';
import { MIGRATIONS } from '../../../src/store/sqlite/migrations/migrate.ts';
import { openStore } from '../../../src/store/sqlite/open-store.ts';
import { noteOf, old } from '../../contract/store-notes.fixture.ts';

let root: string;
let path: string;
let file: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'postrider-backup-'));
  path = join(root, 'data', 'postrider.db');
  file = join(root, 'copy.db');
});
afterEach(() => rmSync(root, { recursive: true }));

const NOTE = { madeMs: 1_790_000_000_000, version: '1.2.3' };
const NOW_MS = 1_790_000_100_000;
const open = (at = path) => openStore({ path: at, log: silentLog, noteFrom: noteOf });
const copy = (force = false) => backUp({ path, file, force, note: NOTE });
const putBack = (continueDelivery = false) => restore({ path, file, nowMs: NOW_MS, continueDelivery });

/** A store with so many notes, open. */
async function filled(names: readonly string[]) {
  const store = open();
  await store.journal.accept(names.map((name) => old({ name, words: `ore ${name} `.repeat(50) })));
  return store;
}
async function notesIn(at: string): Promise<number> {
  const store = open(at);
  const { notes } = await store.stats.totals();
  await store.close();
  return notes;
}
const change = (at: string, sql: string): void => {
  const db = new DatabaseSync(at);
  db.exec(sql);
  db.close();
};
const hundred = Array.from({ length: 100 }, (_, n) => `${n}`);

describe('a backup', () => {
  test('of an open database is one file, for its owner only, with everything in it', async () => {
    const store = await filled(hundred);
    const result = await copy();
    await store.close();
    expect(result).toEqual({ bytes: statSync(file).size, schema: MIGRATIONS.length });
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    expect(readdirSync(root)).toEqual(['copy.db', 'data']);
    expect(await notesIn(file)).toBe(100);
  });

  test('of a closed one leaves nothing beside it', async () => {
    await (await filled(['one'])).close();
    await copy();
    expect(readdirSync(join(root, 'data'))).toEqual(['postrider.db']);
  });

  test('replaces a file only if told so', async () => {
    await (await filled(['one'])).close();
    writeFileSync(file, 'mine');
    await expect(copy()).rejects.toThrow(`"${file}" exists; choose another name, or replace it with --force`);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    await copy(true);
    expect(await notesIn(file)).toBe(1);
  });

  test.each<readonly [string, () => void, RegExp]>([
    ['there is no database', () => rmSync(path), /"\S+postrider\.db" doesn't exist, so there is nothing/u],
    ['its folder is missing', () => (file = join(root, 'no', 'x.db')), /"\S+no" isn't a folder; create it/u],
    [
      'it would be a folder',
      () => mkdirSync(file),
      /is a folder; name a file in it, such as \S+postrider\.db/u,
    ],
    ['it would be the database', () => (file = path), /belongs to the database itself/u],
    ['it would be its log', () => (file = `${path}-wal`), /belongs to the database itself/u],
    [
      'it would be the database by another way',
      () => {
        symlinkSync(join(root, 'data'), join(root, 'link'));
        file = join(root, 'link', 'postrider.db');
      },
      /belongs to the database itself/u,
    ],
    ['the disk is full', () => (file = '/dev/full/x'), /isn't a folder/u],
    ['the database is damaged', () => damage(path), /is damaged/u],
    ['it is no database', () => writeFileSync(path, 'x'.repeat(9_000)), /it isn't a database/u],
    [
      "it is another program's",
      () => change(path, 'PRAGMA application_id = 7'),
      /isn't a Postrider database/u,
    ],
  ])('is refused where %s, and nothing is left of it', async (_, prepare, message) => {
    await (await filled(hundred)).close();
    const before = readdirSync(root);
    prepare();
    const wanted = existsSync(file) ? readdirSync(root) : before;
    await expect(copy(true)).rejects.toThrow(message);
    expect(readdirSync(root).filter((name) => name.includes('partial'))).toEqual([]);
    expect(readdirSync(root).filter((name) => name !== 'link')).toEqual(
      wanted.filter((name) => name !== 'link'),
    );
  });
});

/** Overwrites the middle of a database. */
function damage(at: string): void {
  const bytes = readFileSync(at);
  bytes.fill(0xa5, 12_288, 61_440);
  writeFileSync(at, bytes);
}

describe('a restored backup', () => {
  test('takes the place of the database, which is kept', async () => {
    await (await filled(['one'])).close();
    await copy();
    await (await filled(['two', 'three'])).close();
    const { kept = '', ...rest } = await putBack();
    expect(rest).toEqual({ bytes: statSync(path).size, schema: MIGRATIONS.length, note: NOTE });
    expect(await notesIn(path)).toBe(1);
    expect(await notesIn(kept)).toBe(3);
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
    expect(readdirSync(join(root, 'data')).filter((name) => /partial|-wal|-shm/u.test(name))).toEqual([]);
  });

  test('starts without the log that a killed program left, which is kept with its database', async () => {
    const store = await filled(['one']);
    await copy();
    await store.journal.accept([old({ name: 'two', words: 'only in the log' })]);
    // As after SIGKILL: the files as they are while it runs.
    for (const suffix of ['', '-wal']) copyFileSync(`${path}${suffix}`, `${root}/killed${suffix}`);
    await store.close();
    for (const suffix of ['', '-wal']) copyFileSync(`${root}/killed${suffix}`, `${path}${suffix}`);
    const { kept = '' } = await putBack();
    expect(await notesIn(path)).toBe(1);
    expect(await notesIn(kept)).toBe(2);
  });

  test('takes the place of a damaged database, and of none', async () => {
    await (await filled(hundred)).close();
    await copy();
    damage(path);
    const damaged = readFileSync(path);
    const { kept = '' } = await putBack();
    expect(readFileSync(kept)).toEqual(damaged);
    expect(await notesIn(path)).toBe(100);
    rmSync(path);
    expect(await putBack()).not.toHaveProperty('kept');
    expect(await notesIn(path)).toBe(100);
  });

  test('may have an older schema, which the next start upgrades', async () => {
    await (await filled(['one'])).close();
    await copy();
    change(file, 'DROP TABLE in_flight; PRAGMA user_version = 14');
    await expect(putBack()).resolves.toMatchObject({ schema: 14 });
  });

  test.each<readonly [string, () => void, RegExp]>([
    [
      'is of a newer Postrider',
      () => change(file, 'PRAGMA user_version = 99'),
      /needs Postrider 1\.2\.3: its schema is 99, and this version knows schemas up to \d+/u,
    ],
    [
      'is of a newer one and was made in another way',
      () => change(file, "PRAGMA user_version = 99; DELETE FROM value WHERE name = 'backup'"),
      /needs a newer Postrider: its schema is 99/u,
    ],
    ['is damaged', () => damage(file), /is damaged/u],
    ['is cut off', () => truncateSync(file, 40_000), /is damaged/u],
    ['is empty', () => writeFileSync(file, ''), /isn't a Postrider database/u],
    ['is no database', () => writeFileSync(file, 'x'.repeat(9_000)), /it isn't a database/u],
    ["is another program's", () => change(file, 'PRAGMA application_id = 7'), /isn't a Postrider database/u],
    ["isn't there", () => rmSync(file), /"\S+" isn't a file/u],
    ['is the database', () => (file = path), /belongs to the database itself/u],
    [
      "would replace another program's database",
      () => change(path, 'PRAGMA application_id = 7'),
      /holds another program's data/u,
    ],
  ])('is refused if it %s, and nothing changes', async (_, prepare, message) => {
    await (await filled(hundred)).close();
    await copy();
    prepare();
    const before = readFileSync(path);
    await expect(putBack()).rejects.toThrow(message);
    expect(readFileSync(path)).toEqual(before);
    expect(readdirSync(join(root, 'data'))).toEqual(['postrider.db']);
  });
});

describe('what was waiting when the backup was made', () => {
  const LATER = NOW_MS + 3_600_000;
  /** Three destinations behind the journal: due, with a digest ahead, with one that has gone out. */
  async function behind(): Promise<void> {
    const store = await filled([]);
    await store.close();
    change(
      path,
      `INSERT INTO journal (action, key, post_type) VALUES ('post', 'a', 'note'), ('post', 'b', 'note');
       INSERT INTO destination (id, platform, source, post_types, position, held_ms, choices) VALUES
         ('discord:1', 'discord', 'command', ' note ', 1, NULL, ''),
         ('discord:2', 'discord', 'command', ' note ', 0, ${LATER}, ''),
         ('discord:3', 'discord', 'command', ' note ', 0, ${NOW_MS - 1}, '');
       INSERT INTO in_flight VALUES (1, 2, 0, 0, 0, 1, 5), (2, 1, 0, 0, 1, 0, NULL)`,
    );
    await copy();
  }
  const state = (): unknown => {
    const db = new DatabaseSync(path);
    const rows = db.prepare('SELECT id, position, ahead_seq, held_ms FROM destination ORDER BY id').all();
    const inFlight = db.prepare('SELECT count(*) AS n FROM in_flight').get()?.['n'];
    db.close();
    return { rows: rows.map((row) => Object.values(row)), inFlight };
  };

  test('counts as delivered at the first start, but for digests that are still to come', async () => {
    await behind();
    await putBack();
    await open().close();
    const settled = {
      rows: [
        ['discord:1', 2, 2, null],
        ['discord:2', 0, 2, LATER],
        ['discord:3', 2, 2, null],
      ],
      inFlight: 0,
    };
    expect(state()).toEqual(settled);
    // Only at the first one.
    change(path, "INSERT INTO journal (action, key, post_type) VALUES ('post', 'c', 'note')");
    await open().close();
    expect(state()).toEqual(settled);
  });

  test('goes out if nothing ran since', async () => {
    await behind();
    const before = state();
    await putBack(true);
    await open().close();
    expect(state()).toEqual(before);
  });
});
