import fc from 'fast-check';
import { Client } from 'pg';
import { describe, test } from 'vitest';
import { hasPostgres, useTestServer } from '../store/postgres/server.fixture.ts';
import { createAuthor, type Doings } from './author.fixture.ts';
import { endSessions, type Fleet, type Member, startFleet } from './fleet.fixture.ts';
import { expectWhole } from './outcome.fixture.ts';

/** How many schedules; each takes about half a minute. */
const RUNS = Number(process.env['FAULT_RUNS'] ?? 1);
const MAX_MEMBERS = 3;

const who = fc.nat({ max: MAX_MEMBERS - 1 });
const step = fc.record({
  act: fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('write' as const) }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('edit' as const), name: fc.constantFrom('harbours', 'piers') }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('take back' as const), nth: fc.nat({ max: 5 }) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('end' as const),
        who,
        signal: fc.constantFrom('SIGKILL' as const, 'SIGTERM' as const),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('freeze or wake' as const), who }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('network' as const),
        who,
        condition: fc.constantFrom('open' as const, 'silent' as const, 'cut' as const),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('database' as const),
        fault: fc.constantFrom('restart' as const, 'end sessions' as const),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('Telegram' as const),
        effect: fc.constantFrom(
          {
            kind: 'refuse',
            code: 429,
            description: 'Too Many Requests: retry after 1',
            retryAfter: 1,
          } as const,
          { kind: 'reset', when: 'after' } as const,
          { kind: 'page', status: 502, body: '<html>Bad Gateway</html>' } as const,
        ),
      }),
    },
  ),
  /** How many questions to the database pass before the next one, 10 ms or so each. */
  pace: fc.nat({ max: 60 }),
});
type Act = typeof step extends fc.Arbitrary<{ act: infer T }> ? T : never;

function createStage(fleet: Fleet, doings: Doings) {
  let alive: Member[] = [];
  const frozen = new Set<Member>();

  const launch = async (): Promise<void> => void alive.push(await fleet.launch());

  /** One is always there that nothing keeps from its work. */
  async function withSpare(member: Member): Promise<void> {
    const isFree = (one: Member): boolean =>
      one !== member && !frozen.has(one) && one.path.condition() === 'open';
    if (alive.some(isFree)) return;
    if (alive.length >= MAX_MEMBERS) {
      const [oldest] = alive.filter((one) => one !== member);
      if (oldest) end(oldest, 'SIGKILL');
    }
    await launch();
  }

  function end(member: Member, signal: 'SIGKILL' | 'SIGTERM'): void {
    alive = alive.filter((one) => one !== member);
    // A frozen one hears nothing else.
    member.kill(frozen.delete(member) ? 'SIGKILL' : signal);
  }

  function freezeOrWake(member: Member): void {
    const isAwake = !frozen.delete(member);
    if (isAwake) frozen.add(member);
    member.kill(isAwake ? 'SIGSTOP' : 'SIGCONT');
  }

  async function take(act: Act): Promise<unknown> {
    const member = 'who' in act ? alive[act.who % alive.length] : undefined;
    if (member) await withSpare(member);
    switch (act.do) {
      case 'write':
        return doings.write();
      case 'edit':
        return doings.edit(act.name);
      case 'take back':
        return doings.takeBack(act.nth);
      case 'end':
        return member && end(member, act.signal);
      case 'freeze or wake':
        return member && freezeOrWake(member);
      case 'network':
        return member?.path.set(act.condition);
      case 'database':
        return act.fault === 'restart' ? fleet.server.restart() : endSessions(fleet);
      case 'Telegram':
        return fleet.telegram.fault({ method: 'sendMessage', effect: act.effect });
    }
  }

  return {
    take,
    /** Everybody can work again. */
    relieve(): void {
      for (const member of frozen) member.kill('SIGCONT');
      frozen.clear();
      for (const { path } of alive) path.set('open');
    },
    async begin(): Promise<void> {
      await launch();
      await alive[0]?.leads();
      await launch();
    },
    end(): void {
      for (const member of alive) member.kill('SIGKILL');
    },
  };
}

/** Lets time pass, by so many questions. */
async function pass({ databaseUrl }: Fleet, questions: number): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  for (let n = 0; n < questions; n += 1) await client.query('SELECT pg_sleep(0.01)');
  await client.end();
}

// oxlint-disable vitest/expect-expect -- `expectWhole` asserts
describe.skipIf(!hasPostgres)('random faults', () => {
  const server = useTestServer();

  test(
    'of processes, networks, the database and Telegram lose nothing, and repeat nothing uncounted',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 16, size: 'max' }), async (steps) => {
          const fleet = await startFleet(server);
          const doings = createAuthor(fleet);
          const stage = createStage(fleet, doings);
          await stage.begin();
          try {
            for (const { act, pace } of steps) {
              await stage.take(act);
              await pass(fleet, pace);
            }
            stage.relieve();
            doings.write();
            await expectWhole(fleet, doings);
          } finally {
            stage.end();
          }
        }),
        // Each takes too long to be made smaller.
        { numRuns: RUNS, endOnFailure: true },
      );
    },
    180_000 * RUNS,
  );
});
