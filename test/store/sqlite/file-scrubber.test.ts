import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../../../src/lib/log.ts';
import { openStore } from '../../../src/store/sqlite/open-store.ts';
import { noteOf, subscribe } from '../../contract/store-notes.fixture.ts';

const ME = 'telegram:7081234567';
let folder: string;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postrider-residue-'));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const path = () => join(folder, 'p.db');
const open = () =>
  openStore({
    path: path(),
    noteFrom: noteOf,
    log: { ...silentLog, warn: (event) => void said.push(event) },
  });
const isThere = () => readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(ME));

test('nothing of hundreds of forgotten people stays, even in split pages', async () => {
  const store = open();
  const values = store.values.keyv('reader');
  // Every third is a name to be forgotten.
  const all = Array.from({ length: 1_500 }, (_, n) => `${(n * 7_919) % 1_500}`);
  for (const [n, one] of all.entries()) {
    const id = n % 3 === 0 ? `${ME}${one}` : `telegram:${one}`;
    await values.set(id, { language: 'en', timeZone: 'x'.repeat((n * 37) % 400) });
    await subscribe(store, id);
    if (n % 5 === 0) await values.set(id, { language: 'zh', timeZone: 'y'.repeat((n * 91) % 1_500) });
  }
  await store.forget(all.map((one) => `${ME}${one}`));
  expect(isThere()).toBe(false);
  await store.close();
  expect(isThere()).toBe(false);
}, 60_000);

test('a log that another program keeps is truncated later', async () => {
  const store = open();
  await store.values.keyv('reader').set(ME, { language: 'en' });
  const backup = new DatabaseSync(path());
  backup.exec('BEGIN; SELECT * FROM value');
  backup.prepare('SELECT count(*) FROM value').get();
  await store.forget([ME]);
  expect(said).toEqual(['store.residue']);
  expect(await store.values.keyv('reader').get(ME)).toBeUndefined();
  backup.exec('COMMIT');
  backup.close();
  await expect.poll(isThere, { timeout: 15_000 }).toBe(false);
  await store.close();
}, 30_000);
