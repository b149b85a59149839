import { describe, expect, onTestFinished, test } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import { openDatabase } from '../../src/store/postgres/open-database.ts';
import { findServer } from '../../src/store/postgres/server-address.ts';
import { openSession } from '../../src/store/postgres/session.ts';
import { hasPostgres, useTestServer } from '../store/postgres/server.fixture.ts';
import { addressOf, openPath } from './network-path.ts';

describe.skipIf(!hasPostgres)('sessions on a network that fails', () => {
  const server = useTestServer();

  /** A database, and the same over a path of its own. */
  async function stage() {
    const url = await server.createDatabase();
    const path = await openPath(addressOf(url));
    onTestFinished(path.close);
    const over = new URL(url);
    over.searchParams.delete('host');
    over.searchParams.set('sslmode', 'disable');
    over.host = `127.0.0.1:${path.port}`;
    return { url, path, over: over.href };
  }

  async function open(url: string) {
    const me = { pid: 1, host: 'here' };
    const database = await openDatabase({ url, name: url, me, log: silentLog, noteFrom: eventToNote });
    onTestFinished(database.close);
    return database;
  }

  /** What a session asks one after the other before it may be used. */
  const QUESTIONS = ['server_version_num', 'pg_try_advisory_lock_shared'];

  test.each(
    QUESTIONS.flatMap((question) => [
      { question, condition: 'cut' as const },
      { question, condition: 'silent' as const },
    ]),
  )('one that is $condition at $question is given up', async ({ question, condition }) => {
    const { path, over } = await stage();
    const address = await findServer(over);
    path.onSent((bytes) => bytes.includes(question) && path.set(condition));
    await expect(openSession(address, 'relay')).rejects.toThrow('Connection terminated');
  });

  test('whoever waits for a role hears at once that it was released', async () => {
    const { url } = await stage();
    const [one, other] = [await open(url), await open(url)];
    const lease = await one.acquire('relay');
    expect(await other.acquire('relay')).toBe(undefined);
    const released = new Promise<void>((resolve) => void other.watch('roles', resolve));
    await lease?.release();
    await released;
    expect(await other.acquire('relay')).toBeDefined();
  });

  test('a lease is released for good even where nobody answers any more', async () => {
    const { url, path, over } = await stage();
    const [far, near] = [await open(over), await open(url)];
    const lease = await far.acquire('relay');
    path.set('silent');
    await lease?.release();
    path.set('cut');
    await expect.poll(() => near.acquire('relay'), { timeout: 10_000 }).toBeDefined();
  });
});
