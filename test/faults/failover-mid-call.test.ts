import { describe, expect, test } from 'vitest';
import { hasPostgres, useTestServer } from '../store/postgres/server.fixture.ts';
import { createAuthor, type Doings } from './author.fixture.ts';
import { type Fleet, type Member, startFleet } from './fleet.fixture.ts';
import { expectWhole } from './outcome.fixture.ts';

/** What the owner is in the middle of when it goes. */
interface Moment {
  readonly name: string;
  /** Makes `strike` happen then. */
  prepare(fleet: Fleet, strike: () => void): void;
  act(doings: Doings): void;
}

const during =
  (method: string, when: 'before' | 'after'): Moment['prepare'] =>
  ({ telegram }, strike) =>
    void telegram.fault({ method, onHit: strike, effect: { kind: 'reset', when } });

const duringOnDiscord =
  (route: string, effect: 'reset before' | 'reset after'): Moment['prepare'] =>
  ({ discord }, strike) =>
    discord.fault({ route, onHit: strike, effect });

const MOMENTS: readonly Moment[] = [
  { name: 'a message not sent yet', prepare: during('sendMessage', 'before'), act: (of) => of.write() },
  { name: 'a message just sent', prepare: during('sendMessage', 'after'), act: (of) => of.write() },
  {
    name: 'an edit',
    prepare: during('editMessageText', 'after'),
    act: (of) => of.edit('harbours'),
  },
  { name: 'a deletion', prepare: during('deleteMessages', 'after'), act: (of) => of.takeBack(0) },
  {
    name: 'a rate limit',
    prepare: ({ telegram }, strike) =>
      void telegram.fault({
        method: 'sendMessage',
        onHit: () => setImmediate(strike),
        effect: { kind: 'refuse', code: 429, description: 'Too Many Requests: retry after 2', retryAfter: 2 },
      }),
    act: (of) => of.write(),
  },
  {
    name: 'a message just sent on Discord',
    prepare: duringOnDiscord('POST /channels/:channel/messages', 'reset after'),
    act: (of) => of.write(),
  },
  {
    name: 'a deletion on Discord',
    prepare: duringOnDiscord('DELETE /channels/:channel/messages/:message', 'reset before'),
    act: (of) => of.takeBack(0),
  },
];

/** A handover finishes whatever is in hand, so it has little to interrupt. */
const MOMENTS_OF: Readonly<Record<'SIGKILL' | 'SIGSTOP' | 'SIGTERM', readonly Moment[]>> = {
  SIGKILL: MOMENTS,
  SIGSTOP: MOMENTS,
  SIGTERM: MOMENTS.filter(({ name }) => name === 'a message just sent' || name === 'a rate limit'),
};

/** What a late write would change. */
const kept = async ({ ask }: Fleet): Promise<readonly unknown[]> => [
  await ask('SELECT journal::text FROM journal ORDER BY seq'),
  await ask('SELECT receipt::text FROM receipt ORDER BY destination, key, part'),
  await ask("SELECT concat_ws(' ', id, state, position) FROM destination ORDER BY id"),
  await ask('SELECT in_flight::text FROM in_flight'),
];

describe.skipIf(!hasPostgres)('failover in the middle of a call', { timeout: 180_000 }, () => {
  const server = useTestServer();

  test.each(['SIGKILL', 'SIGSTOP', 'SIGTERM'] as const)('by %s', async (signal) => {
    const fleet = await startFleet(server);
    const doings = createAuthor(fleet);
    let owner: Member = await fleet.launch();
    await owner.leads();
    for (const { name, prepare, act } of MOMENTS_OF[signal]) {
      const standby = await fleet.launch();
      await standby.standsBy();
      doings.write();
      doings.edit('harbours');
      await expectWhole(fleet, doings, `before ${name}`);
      const struck = new Promise<void>((resolve) => {
        prepare(fleet, () => {
          owner.kill(signal);
          resolve();
        });
      });
      act(doings);
      await struck;
      doings.write();
      await standby.leads();
      const [sent, said] = [owner.requests.length, owner.lines.length];
      const rows: (readonly unknown[])[] = [];
      if (signal === 'SIGSTOP') {
        await expectWhole(fleet, doings, `${name}, still frozen`);
        rows.push(await kept(fleet));
        owner.kill('SIGCONT');
        await owner.standsBy(said);
        rows.push(await kept(fleet));
      }
      await expectWhole(fleet, doings, name);
      expect({ name, rows: rows[1], requests: owner.requests.slice(sent) }).toEqual({
        name,
        rows: rows[0],
        requests: [],
      });
      owner.kill('SIGKILL');
      await owner.exit;
      owner = standby;
    }
  });
});
