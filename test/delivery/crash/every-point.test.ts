import { describe, expect, test } from 'vitest';
import { DEFAULT_PREFERENCES, type Preferences } from '../../../src/preferences/preferences.ts';
import { hasPostgres, useTestServer } from '../../store/postgres/server.fixture.ts';
import { differentEnds, endsOfEachKind, type Point } from './crash-points.fixture.ts';
import { type CrashDatabase, createPostgresDatabase, createSqliteDatabase } from './database.fixture.ts';
import { findFaults } from './faults.fixture.ts';
import { BREAKING, createSimulation, type Sabotage, type Simulation } from './simulation.fixture.ts';

interface Play {
  readonly tell?: (stage: Simulation) => Promise<void>;
  readonly choices?: Preferences;
  readonly sabotage?: Sabotage;
}

const HOUR_MS = 3_600_000;

/** After an absence that makes a digest: posts, edits that grow and shrink, deletions, also of what the digest shows. */
async function story({ writer, clock, publish, settle }: Simulation): Promise<void> {
  const nowS = () => clock.now() / 1000;
  await settle();
  for (const act of [
    () => writer.write(2, nowS()),
    () => writer.write(2, nowS(), 'harbour'),
    () => writer.write(2, nowS(), 'pier'),
    () => writer.takeBack(0, nowS()),
    () => writer.write(3, nowS(), 'pier'),
    () => writer.write(1, nowS(), 'pier'),
    () => writer.takeBack('harbour', nowS()),
    () => writer.takeBack(3, nowS()),
    () => writer.write(1, nowS()),
  ]) {
    publish(act());
    await settle();
  }
}

const DAILY: Preferences = {
  ...DEFAULT_PREFERENCES,
  schedule: { kind: 'daily', at: 8 * 60 },
  breaking: true,
};

/** Days between digests: what goes on them, what goes ahead of them, and what becomes of both. */
async function days({ writer, clock, publish, settle }: Simulation): Promise<void> {
  const nowS = () => clock.now() / 1000;
  await settle();
  for (const act of [
    () => writer.write(1, nowS()),
    () => writer.write(2, nowS(), undefined, [BREAKING]),
    () => writer.takeBack(0, nowS()),
  ])
    publish(act());
  await settle();
  publish(writer.write(1, nowS(), 'harbour'));
  publish(writer.takeBack(0, nowS()));
  await settle();
  publish(writer.write(1, nowS()));
  publish(writer.write(1, nowS(), 'pier'));
  await settle();
  publish(writer.write(1, nowS(), 'pier'));
  await settle();
}

/** The story with an end of the program at one point, and what is wrong afterwards. */
async function played(
  create: () => Promise<CrashDatabase>,
  endsAt: number,
  { tell = story, ...options }: Play = {},
) {
  const destinations = ['discord:1', 'telegram:1'];
  const stage = createSimulation({ database: await create(), destinations, ...options });
  const { writer, clock } = stage;
  try {
    await stage.begin();
    for (const d of [undefined, undefined, undefined, 'harbour']) writer.write(1, clock.now() / 1000, d);
    clock.advance(HOUR_MS);
    const life = await stage.living();
    life.dieIn(endsAt);
    await tell(stage);
    return { faults: await findFaults(stage), points: life.points };
  } finally {
    await stage.end();
  }
}

const PLAYS: readonly (readonly [string, Play, number])[] = [
  ['a digest a day, and breaking news before', { tell: days, choices: DAILY }, 120],
  ['each post at once', {}, 200],
];

/** With the call around which an end shows it, where that isn't soon anyway. */
const SABOTAGES: readonly (readonly [string, Sabotage, string | undefined])[] = [
  [
    'no intent is recorded',
    (store) => ({ ...store, deliveries: { ...store.deliveries, recordIntent: () => Promise.resolve() } }),
    undefined,
  ],
  [
    'the position moves before the receipt is kept',
    (store) => ({
      ...store,
      deliveries: {
        ...store.deliveries,
        async recordReceipt(id, seq, key, receipt, last) {
          if (last) await store.deliveries.skip(id, seq);
          await store.deliveries.recordReceipt(id, seq, key, receipt, last);
        },
      },
    }),
    'store.skip',
  ],
];

/** `choose`: where the program is ended, of all points; it may remember the kinds it has chosen. */
function describeCrashes(
  create: () => Promise<CrashDatabase>,
  choose: (points: readonly Point[], chosen: Set<string>) => readonly number[],
): void {
  const chosen = new Set<string>();
  test.each(PLAYS)(
    'with %s, a crash at each of these points loses nothing',
    async (_, play, least) => {
      const { faults, points } = await played(create, Number.POSITIVE_INFINITY, play);
      expect(faults).toEqual([]);
      expect(points.length).toBeGreaterThan(least);
      const found: Record<string, readonly string[]> = {};
      for (const end of choose(points, chosen)) {
        const { faults: after, points: reached } = await played(create, end, play);
        const { when, method } = reached.at(-1) as Point;
        if (after.length > 0) found[`${end} ${when} ${method}`] = after;
      }
      expect(found).toEqual({});
    },
    180_000,
  );

  test.each(SABOTAGES)(
    'the test notices if %s',
    async (_, sabotage, near) => {
      const { points } = await played(create, Number.POSITIVE_INFINITY, { sabotage });
      const isNear = (end: number): boolean => near === undefined || points[end - 1]?.method === near;
      for (const end of differentEnds(points).filter(isNear))
        if ((await played(create, end, { sabotage })).faults.length > 0) return;
      expect.unreachable('Nobody noticed');
    },
    180_000,
  );
}

describe('on SQLite', () => {
  describeCrashes(createSqliteDatabase, differentEnds);
});

describe.skipIf(!hasPostgres)('on PostgreSQL', () => {
  const server = useTestServer();
  // A life takes many times longer than on SQLite: it begins with a dozen connections.
  describeCrashes(() => createPostgresDatabase(server), endsOfEachKind);
});
