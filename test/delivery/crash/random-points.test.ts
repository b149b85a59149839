import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasPostgres, useTestServer } from '../../store/postgres/server.fixture.ts';
import type { Outcome } from './chats.fixture.ts';
import { type CrashDatabase, createPostgresDatabase, createSqliteDatabase } from './database.fixture.ts';
import { findFaults } from './faults.fixture.ts';
import { createSimulation, type Simulation } from './simulation.fixture.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const reason = 'busy';

const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  { weight: 3, arbitrary: fc.constant('done' as const) },
  { weight: 3, arbitrary: fc.constant('answer lost' as const) },
  {
    weight: 5,
    arbitrary: fc
      .record({
        status: fc.constant('retry' as const),
        scope: fc.constantFrom('destination' as const, 'platform' as const),
        uncertain: fc.boolean(),
        afterMs: fc.option(fc.constantFrom(0, 500, 40 * SECOND), { nil: undefined }),
      })
      .map(({ afterMs, ...rest }) => ({ ...rest, reason, ...(afterMs === undefined ? {} : { afterMs }) })),
  },
  { weight: 1, arbitrary: fc.constant({ status: 'rejected' as const, reason }) },
  { weight: 1, arbitrary: fc.constant({ status: 'unreachable' as const, gone: false, reason }) },
  { weight: 1, arbitrary: fc.constant({ status: 'moved' as const, to: '', reason }) },
);

const article = fc.option(fc.constantFrom('harbour', 'pier'), { nil: undefined });
const either = fc.nat({ max: 1 });
const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      parts: fc.integer({ min: 1, max: 3 }),
      d: article,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('take back' as const),
      what: fc.oneof(fc.constantFrom('harbour', 'pier'), fc.nat({ max: 9 })),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      platform: either,
      outcomes: fc.array(outcome, { minLength: 1, maxLength: 6 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('crash' as const), points: fc.integer({ min: 1, max: 60 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('disk' as const), calls: fc.integer({ min: 1, max: 8 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(SECOND, 10 * SECOND, HOUR),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('set' as const),
      ms: fc.constantFrom(-72 * HOUR, -SECOND, SECOND, 5 * HOUR),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resume' as const) }) },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;
const step = fc.record({ act, turns: fc.nat({ max: 40 }) });

async function take(stage: Simulation, act: Act): Promise<void> {
  const atS = stage.clock.steady() / 1000;
  switch (act.do) {
    case 'write':
      return stage.publish(stage.writer.write(act.parts, atS, act.d));
    case 'take back':
      return stage.publish(stage.writer.takeBack(act.what, atS));
    case 'answer':
      return stage.chats[act.platform === 0 ? 0 : 1].next(...act.outcomes);
    case 'crash':
      return (await stage.living()).dieIn(act.points);
    case 'disk':
      return (await stage.living()).failStore(act.calls);
    case 'wait':
      return stage.clock.advance(act.ms);
    case 'set':
      return stage.clock.set(act.ms);
    case 'resume':
      return stage.resumeAll();
  }
}

function testRandomStories(create: () => Promise<CrashDatabase>, numRuns: number): void {
  test('random faults and crashes lose and repeat nothing uncounted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 50, size: 'max' }), async (steps) => {
        const stage = createSimulation({ database: await create() });
        try {
          await stage.begin();
          for (const { act, turns } of steps) {
            await take(stage, act);
            await stage.turns(turns);
          }
          for (const chats of stage.chats) chats.next();
          const life = await stage.living();
          life.dieIn(Number.POSITIVE_INFINITY);
          life.failStore(0);
          await stage.settle();
          expect(await findFaults(stage)).toEqual([]);
        } finally {
          await stage.end();
        }
      }),
      { numRuns },
    );
  }, 120_000);
}

describe('on SQLite', () => {
  testRandomStories(createSqliteDatabase, 60);
});

describe.skipIf(!hasPostgres)('on PostgreSQL', () => {
  const server = useTestServer();
  testRandomStories(() => createPostgresDatabase(server), 6);
});
