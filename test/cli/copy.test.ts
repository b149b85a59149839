import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import type { VerifiedEvent } from '../../src/note/note.ts';
import { openStore } from '../../src/store/sqlite/open-store.ts';
import { rowsIn } from '../store/copy/sides.fixture.ts';
import { hasPostgres, useTestServer } from '../store/postgres/server.fixture.ts';

const bin = fileURLToPath(new URL('../../bin/postrider.cjs', import.meta.url));
const NOTES = 3_000;

/** A note of the archive that is copied. */
const event = (n: number): VerifiedEvent =>
  ({
    id: createHash('sha256').update(`note ${n}`).digest('hex'),
    pubkey: 'a'.repeat(64),
    created_at: 1_700_000_000 + n * 60,
    kind: 1,
    tags: n % 10 === 0 ? [['t', 'ore'], ['-']] : [],
    content: `Ore number ${n} from the mine of day ${n % 365}\nhttps://example.com/${n}.jpg`,
    sig: 'f'.repeat(128),
  }) as unknown as VerifiedEvent;

describe.skipIf(!hasPostgres)('postrider copy', () => {
  const server = useTestServer();
  let folder: string;
  let from: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'postrider-copy-'));
    from = join(folder, 'postrider.db');
    const store = openStore({ path: from, log: silentLog, noteFrom: eventToNote });
    const notes = Array.from({ length: NOTES }, (_, n) => eventToNote(event(n))).filter(
      (note) => note !== undefined,
    );
    await store.journal.accept(notes.map((note) => ({ note, news: false })));
    await store.destinations.subscribe({ id: 'telegram:1', source: 'command' });
    await store.close();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const options = () => ({ cwd: folder, env: { PATH: process.env['PATH'] }, encoding: 'utf8' as const });
  const postrider = (...args: readonly string[]) => spawnSync(process.execPath, [bin, ...args], options());

  /** Copies until some notes are there, then sends the signal. */
  async function interrupted(to: string, signal: NodeJS.Signals) {
    const child = spawn(process.execPath, [bin, 'copy', `sqlite:${from}`, to], {
      ...options(),
      stdio: 'pipe',
    });
    let stderr = '';
    child.stderr.on('data', (text: Buffer) => {
      stderr += text.toString();
    });
    const client = new Client({ connectionString: to });
    await client.connect();
    const hasNotes = 'SELECT count FROM note_count WHERE count > 0';
    for (let begun = false; !begun; )
      begun = await client.query(hasNotes).then(
        ({ rowCount }) => (rowCount ?? 0) > 0,
        // The tables aren't there yet.
        () => false,
      );
    child.kill(signal);
    const [code] = (await once(child, 'exit')) as [number | null];
    await client.end();
    return { code, stderr };
  }

  test('copies to PostgreSQL and back, and says what it compared', async () => {
    const between = await server.createDatabase();
    const back = join(folder, 'back.db');
    const there = postrider('copy', `sqlite:${from}`, between);
    expect(there).toMatchObject({ status: 0, stderr: '' });
    expect(there.stdout).toMatch(
      /^Copied sqlite:.* to postgres:.*\. .*every row is the same\n {2}note +3,000\n/u,
    );
    const client = new Client({ connectionString: between });
    await client.connect();
    const { rows } = await client.query('SELECT count(*)::int AS count FROM note WHERE is_protected');
    await client.end();
    expect(rows).toEqual([{ count: NOTES / 10 }]);
    expect(there.stdout).toContain('searching found 20 of 20 posts');
    expect(postrider('copy', between, `sqlite:${back}`)).toMatchObject({ status: 0, stderr: '' });
    expect(rowsIn(back)).toEqual(rowsIn(from));
    expect(postrider('copy', `sqlite:${from}`, between)).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^postrider copy: ".*" has data of its own; create an empty database/u,
      ) as string,
    });
  }, 60_000);

  test('goes on after SIGKILL, and no program starts on what is there', async () => {
    const to = await server.createDatabase();
    expect(await interrupted(to, 'SIGKILL')).toEqual({ code: null, stderr: '' });
    const env = { AUTHOR: 'ab'.repeat(32), TELEGRAM_TOKEN: '1:x', DATABASE_URL: to, PORT: '0' };
    const started = spawnSync(process.execPath, [bin], { ...options(), env: { ...options().env, ...env } });
    expect(started.status).toBe(2);
    expect(started.stderr).toContain(
      `it's an unfinished copy of "sqlite:${from}"; run the same \`postrider copy\``,
    );
    expect(postrider('copy', `sqlite:${from}`, to)).toMatchObject({ status: 0, stderr: '' });
  }, 60_000);

  test('says at a signal how to go on', async () => {
    const to = await server.createDatabase();
    expect(await interrupted(to, 'SIGTERM')).toEqual({
      code: 143,
      stderr: 'Interrupted. Run the same command again to go on\n',
    });
    expect(postrider('copy', `sqlite:${from}`, to)).toMatchObject({ status: 0, stderr: '' });
  }, 60_000);

  test.each([
    ['sqlite:a.db', 'sqlite:b.db', 2, 'both SQLite'],
    ['postgres://a/b', 'postgres://c/d', 2, 'both PostgreSQL'],
    ['mysql://a', 'sqlite:b.db', 2, 'FROM: expected sqlite:<path> or postgres://…'],
    ['sqlite:a.db', 'sqlite::memory:', 2, 'a database in memory has no file'],
    ['sqlite:missing.db', 'postgres://127.0.0.1:9/x', 1, '"missing.db" doesn\'t exist'],
    ['postgres://someone:hunter2@127.0.0.1:9/x', 'sqlite:b.db', 1, 'no server listens there'],
  ])('refuses %s to %s', (given, to, status, problem) => {
    const result = postrider('copy', given, to);
    expect(result).toMatchObject({ status, stdout: '', stderr: expect.stringContaining(problem) as string });
    expect(result.stderr).not.toContain('hunter2');
  });
});
