import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { checkClock, checkStatusPort, checkStore } from '../../src/cli/check/local-checks.ts';
import type { Config } from '../../src/config/config.ts';
import { silentLog } from '../../src/lib/log.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import { startStatusServer } from '../../src/status/server.ts';
import { openStore } from '../../src/store/sqlite/open-store.ts';

/** A web server, with its address. */
async function serve(headers: Readonly<Record<string, string>> = {}): Promise<URL> {
  const server = createServer((_request, response) => response.writeHead(200, headers).end('{}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

const NOON = Date.UTC(2026, 2, 1, 12);
const serverAt = (ms: number) => serve({ date: new Date(ms).toUTCString(), connection: 'close' });

test.each([
  [0, 'ok', 'right'],
  [-3 * 60_000, 'warning', /^1(?:79|80) s fast$/u],
  [3_600_000, 'failed', /^360[01] s slow$/u],
])('a clock that is %d ms from the servers’', async (offMs, status, message) => {
  const urls = await Promise.all([NOON + offMs, NOON + offMs, NOON + 86_400_000].map(serverAt));
  const tools = { fetch, now: () => NOON };
  const [finding] = await checkClock(urls.map(String), tools);
  expect(finding?.status).toBe(status);
  expect(finding?.message).toMatch(message);
});

test('nobody tells the time', async () => {
  expect(await checkClock(['http://127.0.0.1:1/'], { fetch, now: () => NOON })).toMatchObject([
    { status: 'warning' },
  ]);
});

const at = ({ port }: URL) => ({ host: '127.0.0.1', port: Number(port) }) as Config;

test('a port that is free, that a Postrider has, and that another program has', async () => {
  expect(await checkStatusPort({ host: '127.0.0.1', port: 0 } as Config)).toMatchObject([{ status: 'ok' }]);
  const source = { healthErrors: async () => ({}), metrics: async () => '', page: async () => '' };
  const ours = await startStatusServer(source, { host: '127.0.0.1', port: 0, steady: () => 0 });
  onTestFinished(ours.stop);
  expect(await checkStatusPort(at(new URL(ours.url)))).toMatchObject([
    { status: 'ok', message: expect.stringContaining('Postrider that is running') },
  ]);
  expect(await checkStatusPort(at(await serve()))).toMatchObject([
    { status: 'failed', fix: expect.stringContaining('PORT') },
  ]);
});

/** A folder with an empty database of ours. */
async function database() {
  const folder = mkdtempSync(join(tmpdir(), 'postrider-check-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'postrider.db');
  await openStore({ path, noteFrom: eventToNote, log: silentLog }).close();
  return {
    path,
    folder,
    check: (at = path) => checkStore({ database: { engine: 'sqlite', path: at } }),
    change(sql: string) {
      const db = new DatabaseSync(path);
      db.exec(sql);
      db.close();
    },
  };
}

test('a database that can be used, and one that the first start will create', async () => {
  const { check, folder } = await database();
  expect(await check()).toMatchObject([{ status: 'ok' }, { message: expect.stringMatching(/GB free$/u) }]);
  const none = join(folder, 'new/folder/postrider.db');
  expect(await check(none)).toMatchObject([
    { status: 'ok', message: expect.stringContaining('creates') },
    {},
  ]);
  expect(existsSync(join(folder, 'new'))).toBe(false);
});

test.each([
  ['another program’s', 'PRAGMA application_id = 7', "another program's data"],
  ['one of a newer version', 'PRAGMA user_version = 999', 'newer Postrider'],
])('%s is refused, and left as it is', async (_name, sql, reason) => {
  const { check, change } = await database();
  change(sql);
  expect(await check()).toMatchObject([{ status: 'failed', message: expect.stringContaining(reason) }]);
  // Nothing was put right on the way.
  expect(await check()).toMatchObject([{ status: 'failed' }]);
});

test('a file that is no database', async () => {
  const { check, path } = await database();
  writeFileSync(path, 'Not a database, but long enough to look at. '.repeat(200));
  expect(await check()).toMatchObject([{ status: 'failed', message: expect.stringContaining(path) }]);
});
