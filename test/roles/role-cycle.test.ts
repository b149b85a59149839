import { expect, test } from 'vitest';
import type { Lifetime } from '../../src/lib/lifetime.ts';
import { type Fields, silentLog } from '../../src/lib/log.ts';
import { createRoleCycle, type PrepareRole } from '../../src/roles/role-cycle.ts';
import type { Lease } from '../../src/store/database.ts';
import { manualClock, memoryStore } from '../delivery/delivery.fixture.ts';
import { createSharedDatabase } from './shared-database.fixture.ts';

const SECOND = 1_000;
const turns = async (): Promise<void> => {
  for (let n = 0; n < 30; n += 1) await Promise.resolve();
};

/** Processes that want the role `relay` of one database. */
function stage() {
  const clock = manualClock();
  const database = createSharedDatabase(memoryStore(), clock.now);
  const done: string[] = [];
  const lines: (readonly [string, Fields | undefined])[] = [];
  const say = (event: string, fields?: Fields): void => void lines.push([event, fields]);

  function process(pid: number, prepare?: (lease: Lease, lifetime: Lifetime) => Promise<void>) {
    const doWork: PrepareRole = async (lease, lifetime) => {
      done.push(`${pid} prepares`);
      await prepare?.(lease, lifetime);
      return {
        start() {
          done.push(`${pid} starts`);
          lifetime.onShutdown(() =>
            done.push(`${pid} finishes ${database.holderOf('relay') === pid ? 'as holder' : 'without'}`),
          );
        },
        report: () => `report of ${pid}`,
      };
    };
    const stopping = new AbortController();
    const cycle = createRoleCycle({
      role: { name: 'relay' },
      database: database.process(pid),
      prepare: doWork,
      log: { ...silentLog, info: say, warn: say },
      clock,
    });
    return {
      ...cycle,
      async begin() {
        await cycle.take();
        const running = cycle.run(stopping.signal);
        running.catch(() => undefined);
        await turns();
        return { ending: running };
      },
      stop: () => stopping.abort(),
    };
  }

  /** Lets time pass, a second at a time. */
  async function pass(seconds: number): Promise<void> {
    for (let n = 0; n < seconds; n += 1) {
      clock.advance(SECOND);
      await turns();
    }
  }
  const events = () => lines.map(([event]) => event);
  return { database, done, lines, events, process, pass, clock };
}

test('a standby takes over within a second after the holder has finished', async () => {
  const { database, done, events, process, pass } = stage();
  const [first, second] = [process(1), process(2)];
  const { ending } = await first.begin();
  await second.begin();
  await pass(3);
  expect([first.state(), second.state(), database.holderOf('relay')]).toEqual(['active', 'standby', 1]);
  first.stop();
  await ending;
  expect(done).toEqual(['1 prepares', '1 starts', '1 finishes as holder']);
  await pass(1);
  expect(second.state()).toBe('active');
  expect(done.slice(3)).toEqual(['2 prepares', '2 starts']);
  expect(events()).toEqual(['role.taken', 'role.awaited', 'role.taken']);
});

test('when the lease is lost, everything stops at once, and the process stands by', async () => {
  const { database, done, lines, process, pass } = stage();
  const signals: AbortSignal[] = [];
  const first = process(1, async (_, { signal }) => void signals.push(signal));
  await first.begin();
  const other = process(2);
  await other.begin();
  database.lose('relay', 'no answer for 3 seconds');
  // Before anything else runs.
  expect(signals[0]?.aborted).toBe(true);
  expect([first.state(), first.lease()]).toEqual(['standby', undefined]);
  await pass(1);
  expect(lines).toContainEqual(['role.lost', { role: 'relay', reason: 'no answer for 3 seconds' }]);
  expect(done).toContain('1 finishes without');
  expect([first, other].map(({ state }) => state()).toSorted()).toEqual(['active', 'standby']);
  database.lose('relay');
  await pass(2);
  expect([first, other].map(({ state }) => state()).toSorted()).toEqual(['active', 'standby']);
});

test('a loss while the work is being prepared or fails is no failure of the program', async () => {
  const { database, process, pass, done } = stage();
  let isFirst = true;
  const one = process(1, async (lease) => {
    if (!isFirst) return;
    isFirst = false;
    database.lose('relay');
    await lease.store.values.keyv('setting').set('a', 1);
  });
  const { ending } = await one.begin();
  await pass(2);
  expect(one.state()).toBe('active');
  expect(done).toEqual(['1 prepares', '1 prepares', '1 starts']);
  one.stop();
  await expect(ending).resolves.toBeUndefined();
});

test.each(['its work', 'its preparation'])(
  'if %s fails with the database, before the loss is known, it stands by',
  async (what) => {
    const { database, process, pass, lines, done } = stage();
    const { promise: failing, reject: fail } = Promise.withResolvers<never>();
    failing.catch(() => undefined);
    const failure = new Error('terminating connection');
    let isFirst = true;
    const one = process(1, async (_, lifetime) => {
      if (!isFirst) return;
      isFirst = false;
      if (what === 'its work') return lifetime.run(failing);
      database.steal('relay');
      throw failure;
    });
    await one.begin();
    database.steal('relay');
    fail(failure);
    await pass(2);
    expect(lines).toContainEqual(['role.lost', { role: 'relay', reason: failure.message }]);
    expect([one.state(), done.at(-1)]).toEqual(['active', '1 starts']);
  },
);

test('work that fails ends the program, and frees the role', async () => {
  const { database, process } = stage();
  const failure = new Error('The ink ran out');
  const { promise: failing, reject: fail } = Promise.withResolvers<never>();
  const one = process(1, async (_, lifetime) => lifetime.run(failing));
  const { ending } = await one.begin();
  fail(failure);
  await expect(ending).rejects.toBe(failure);
  expect(database.holderOf('relay')).toBe(undefined);

  const other = process(2, () => Promise.reject(failure));
  await expect(other.take()).rejects.toBe(failure);
  expect(database.holderOf('relay')).toBe(undefined);
});

test('while the database is away, it says so once and keeps asking', async () => {
  const { database, process, pass, events } = stage();
  database.setReachable(false);
  const one = process(1);
  await one.begin();
  await pass(20);
  expect(events()).toEqual(['role.unavailable']);
  database.setReachable(true);
  await pass(1);
  expect(events()).toEqual(['role.unavailable', 'role.taken']);
});

test('the holder reports how it is doing every few seconds', async () => {
  const { database, process, pass, clock } = stage();
  const one = process(1);
  await one.begin();
  await pass(30);
  const [holder] = await database.process(2).holders();
  expect(holder).toMatchObject({ role: 'relay', pid: 1, report: 'report of 1' });
  expect(clock.now() - (holder?.reportedMs ?? 0)).toBeLessThanOrEqual(3 * SECOND);
});
