import { describe, expect, test } from 'vitest';
import { hasPostgres, useTestServer } from '../store/postgres/server.fixture.ts';
import { startEnvironment } from './environment.fixture.ts';
import type { Program } from './program.fixture.ts';
import { eventually, numbers, publisher } from './roles.fixture.ts';

const ROLES = ['relay', 'discord', 'telegram'];

describe.skipIf(!hasPostgres)('several processes on PostgreSQL', { timeout: 60_000 }, () => {
  const server = useTestServer();

  async function stage() {
    const world = await startEnvironment();
    const DATABASE_URL = await server.createDatabase();
    return {
      ...world,
      start: (more: Readonly<Record<string, string>> = {}) => world.start({ DATABASE_URL, ...more }),
      publish: publisher(world),
      /** Which notes each platform shows, in order; what Telegram shows twice in a row is one that was in doubt. */
      notes() {
        const numbersOf = (texts: readonly string[]) =>
          texts.map((text) => /Tide \d+\./u.exec(text)?.[0] ?? text);
        const { discord, telegram } = world.shown();
        const once = numbersOf(telegram).filter((text, index, all) => text !== all[index - 1]);
        return { discord: numbersOf(discord), telegram: once };
      },
      async shows(count: number): Promise<void> {
        await eventually(
          () => world.shown().discord.length >= count && this.notes().telegram.length >= count,
        );
      },
    };
  }

  const taken = (program: Program) =>
    Promise.all(ROLES.map((name) => program.logged('role.taken', ({ role }) => role === name)));
  const health = async (program: Program): Promise<unknown> =>
    (await fetch(`${await program.statusUrl()}/healthz`)).json();

  test.each(['SIGTERM', 'SIGKILL', 'SIGSTOP'] as const)(
    'the same command twice: after %s the standby does everything, and nothing is lost or comes twice',
    async (signal) => {
      const world = await stage();
      const first = world.start();
      await first.ready();
      const second = world.start();
      for (const name of ROLES) await second.logged('role.awaited', ({ role }) => role === name);
      expect(await health(second)).toEqual({
        status: 'ok',
        failing: {},
        roles: { relay: 'standby', discord: 'standby', telegram: 'standby' },
      });
      world.publish(numbers(1, 6));
      await world.shows(6);
      expect(second.lines.filter(({ event }) => event === 'message.sent')).toEqual([]);

      world.publish(numbers(7, 12));
      first.kill(signal);
      await taken(second);
      world.publish(numbers(13, 16));
      await world.shows(16);

      expect(world.notes()).toEqual({ discord: numbers(1, 16), telegram: numbers(1, 16) });
    },
  );

  test('an owner that was frozen and overtaken sends nothing when it wakes, and stands by', async () => {
    const world = await stage();
    const first = world.start();
    await first.ready();
    const second = world.start();
    for (const name of ROLES) await second.logged('role.awaited', ({ role }) => role === name);
    first.kill('SIGSTOP');
    world.publish(numbers(1, 6));
    await taken(second);
    await world.shows(6);
    first.kill('SIGCONT');
    world.publish(numbers(7, 8));
    for (const name of ROLES) await first.logged('role.lost', ({ role }) => role === name);
    for (const name of ROLES) await first.logged('role.awaited', ({ role }) => role === name);
    world.publish(numbers(9, 10));
    await world.shows(10);
    expect(world.notes()).toEqual({ discord: numbers(1, 10), telegram: numbers(1, 10) });
    expect(first.lines.filter(({ event }) => event === 'message.sent')).toEqual([]);
  });

  test('roles in different processes; one that has none of them yet says so', async () => {
    const world = await stage();
    const one = world.start({ ROLES: 'relay,discord' });
    const two = world.start({ ROLES: 'telegram' });
    await one.logged('relay.completed');
    await one.logged('platform.connected', ({ platform }) => platform === 'discord');
    await two.logged('platform.connected', ({ platform }) => platform === 'telegram');
    world.publish(numbers(1, 5));
    await world.shows(5);
    expect(world.notes()).toEqual({ discord: numbers(1, 5), telegram: numbers(1, 5) });
    await eventually(async () => {
      const page = await (await fetch(await two.statusUrl())).text();
      return ROLES.every((role) => page.includes(`<bdi>${role}</bdi>`)) && page.includes('✓ live');
    });
    expect(await health(two)).toEqual({ status: 'ok', failing: {}, roles: { telegram: 'active' } });
  });
});
