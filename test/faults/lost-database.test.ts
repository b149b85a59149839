import { describe, expect, test } from 'vitest';
import { hasPostgres, useTestServer } from '../store/postgres/server.fixture.ts';
import { createAuthor } from './author.fixture.ts';
import { endSessions, type Fleet, type Member, startFleet } from './fleet.fixture.ts';
import { expectWhole } from './outcome.fixture.ts';

/** What keeps the owner from its database, and what ends that. */
interface Outage {
  readonly name: string;
  begin(fleet: Fleet, owner: Member): Promise<void> | void;
  end?(owner: Member): void;
}

const OUTAGES: readonly Outage[] = [
  { name: 'all sessions ended by the operator', begin: endSessions },
  { name: 'the server restarted', begin: ({ server }) => server.restart() },
];

/** Those of one process: the other takes over. */
const CUTS: readonly Outage[] = [
  {
    name: 'its connections cut',
    begin: (_, { path }) => path.set('cut'),
    end: ({ path }) => path.set('open'),
  },
  {
    name: 'its network silent',
    begin: (_, { path }) => path.set('silent'),
    end: ({ path }) => path.set('open'),
  },
];

describe.skipIf(!hasPostgres)('a database that goes away', { timeout: 120_000 }, () => {
  const server = useTestServer();

  test.each(OUTAGES)('$name: both processes are back on their own', async ({ begin }) => {
    const fleet = await startFleet(server);
    const doings = createAuthor(fleet);
    const first = await fleet.launch();
    await first.leads();
    const second = await fleet.launch();
    await second.standsBy();
    for (let n = 0; n < 3; n += 1) doings.write();
    await expectWhole(fleet, doings, 'before');
    doings.write();
    doings.edit('harbours');
    await begin(fleet, first);
    doings.takeBack(0);
    for (let n = 0; n < 3; n += 1) doings.write();
    await expectWhole(fleet, doings, 'afterwards');
    for (const { lines, plain } of [first, second])
      expect([plain(), lines.filter(({ event }) => event === 'program.stopping')]).toEqual(['', []]);
  });

  test.each(CUTS)('an owner with $name sends nothing once the other has its roles', async (cut) => {
    const fleet = await startFleet(server);
    const doings = createAuthor(fleet);
    const first = await fleet.launch();
    await first.leads();
    const second = await fleet.launch();
    await second.standsBy();
    doings.write();
    await expectWhole(fleet, doings, 'before');
    await cut.begin(fleet, first);
    for (let n = 0; n < 3; n += 1) doings.write();
    await second.leads();
    const sent = first.requests.length;
    doings.edit('harbours');
    doings.takeBack(0);
    await expectWhole(fleet, doings, 'without the first');
    const said = first.lines.length;
    cut.end?.(first);
    await first.standsBy(said);
    doings.write();
    await expectWhole(fleet, doings, 'with both');
    expect(first.requests.slice(sent)).toEqual([]);
    // It is a standby as good as any.
    second.kill('SIGTERM');
    await second.exit;
    doings.write();
    await expectWhole(fleet, doings, 'with the first again');
  });

  test('a slow network costs time, not the role', async () => {
    const fleet = await startFleet(server);
    const doings = createAuthor(fleet);
    const only = await fleet.launch();
    await only.leads();
    only.path.delay(50);
    for (let n = 0; n < 3; n += 1) doings.write();
    doings.edit('harbours');
    await expectWhole(fleet, doings);
    expect(only.lines.filter(({ event }) => event === 'role.lost')).toEqual([]);
  });
});
