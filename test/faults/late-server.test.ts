import { expect, onTestFinished, test } from 'vitest';
import { startEnvironment } from '../e2e/environment.fixture.ts';
import { createThrowAwayServer, findPrograms } from '../store/postgres/throw-away-server.ts';

const programs = findPrograms();

test.skipIf(programs === undefined)(
  'a server that starts after the program is waited for',
  async () => {
    const server = createThrowAwayServer(programs ?? '', ['fsync=off']);
    onTestFinished(async () => {
      await server.kill();
      server.remove();
    });
    const world = await startEnvironment();
    const program = world.start({ DATABASE_URL: server.url('postgres') });
    expect(await program.logged('store.awaited')).toMatchObject({ waitingMs: 60_000 });
    await server.start();
    await program.ready();
  },
  60_000,
);
