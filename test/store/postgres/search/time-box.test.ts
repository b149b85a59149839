import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEraScan, type Extent } from '../../../../src/store/postgres/search/era-scan.ts';
import { ERA_S, erasBetween, erasOf } from '../../../../src/store/postgres/search/eras.ts';
import { createTimeBox, type TimeBox } from '../../../../src/store/postgres/search/time-box.ts';
import { firstMomentAt, MAX_MOMENT, secondOf } from '../../../../src/store/rules/moment.ts';
import { note, T0 } from '../../../contract/store-notes.fixture.ts';
import { hasPostgres, useTestServer } from '../server.fixture.ts';
import { type IndexedArchive, openIndexedArchive } from './indexed-archive.fixture.ts';

const DAY = 86_400;
const NOTES = 400;
const ORE = { terms: { every: [[{ tokens: ['ore'] }]], none: [] }, marks: [] };

test('eras between two make up just that time, in few pieces', () => {
  for (const [first, last] of [
    [0, 0],
    [5, 9],
    [7, 64],
    [1, 1_023],
    [512, 1_023],
    [25_940, 26_871],
  ] as const) {
    const eras = new Set(erasBetween(first, last));
    expect(eras.size).toBeLessThan(45);
    for (let at = Math.max(0, first - 20); at <= last + 20; at += 1) {
      const isIn = erasOf(firstMomentAt(at * ERA_S)).filter((era) => eras.has(era)).length;
      expect(isIn).toBe(at >= first && at <= last ? 1 : 0);
    }
  }
});

describe.skipIf(!hasPostgres)('search in limited time', () => {
  const server = useTestServer();
  let archive: IndexedArchive;
  let moments: readonly number[];
  let extent: Extent;
  beforeEach(async () => {
    archive = await openIndexedArchive(await server.createDatabase());
    const sketches = Array.from({ length: NOTES }, (_, n) => ({
      name: `${n}`,
      words: 'ore',
      at: T0 + n * DAY,
    }));
    moments = (await archive.add(sketches.map(note))).toReversed();
    extent = { newest: moments[0] ?? 0, oldest: moments.at(-1) ?? 0, isSmall: false };
  });
  afterEach(() => archive.close());

  /** A clock that the boxes advance, as if every stretch took that long; those that have less time are cut off. */
  function slowBoxes(msPerStretch: number) {
    let nowMs = 0;
    let stretches = 0;
    const real = createTimeBox(archive.readers);
    const within: TimeBox = (ms, run) => {
      if (ms !== undefined && ms < msPerStretch) {
        nowMs += ms;
        return Promise.resolve(undefined);
      }
      nowMs += msPerStretch;
      stretches += 1;
      return real(undefined, run);
    };
    return { scan: createEraScan(within, () => nowMs), nowMs: () => nowMs, stretches: () => stretches };
  }
  const everything = { from: 0, to: MAX_MOMENT };

  test('goes back in stretches of eras if all matches take too long, and finds the same', async () => {
    const { scan, stretches } = slowBoxes(16);
    const request = { criteria: ORE, range: everything, extent, untilMs: 1_000 };
    expect(await scan({ ...request, limit: 1_000 })).toEqual({ moments });
    expect(stretches()).toBeGreaterThan(2);
    expect(await scan({ ...request, limit: 20, untilMs: 2_000 })).toEqual({ moments: moments.slice(0, 20) });
  });

  test('stays within its range, to the second', async () => {
    const { scan } = slowBoxes(16);
    const range = { from: firstMomentAt(T0 + 100 * DAY), to: firstMomentAt(T0 + 200 * DAY) };
    const found = await scan({ criteria: ORE, range, extent, limit: 1_000, untilMs: 1_000 });
    expect(found).toEqual({ moments: moments.slice(200, 300) });
  });

  test.each([20, 40, 10_000])(
    'a search that runs out of time can be continued: %i ms a stretch',
    async (ms) => {
      let to = MAX_MOMENT;
      const all: number[] = [];
      let rounds = 0;
      for (;;) {
        const { scan } = slowBoxes(ms);
        const found = await scan({
          criteria: ORE,
          range: { from: 0, to },
          extent,
          limit: 1_000,
          untilMs: 50,
        });
        all.push(...found.moments);
        rounds += 1;
        if (found.since === undefined) break;
        expect(firstMomentAt(found.since)).toBeLessThan(to);
        expect(found.moments.every((moment) => secondOf(moment) >= (found.since ?? 0))).toBe(true);
        to = firstMomentAt(found.since);
      }
      expect(all).toEqual(moments);
      expect(rounds).toBeGreaterThan(1);
    },
  );

  test('a statement that takes too long is cut off, and its connection is used again', async () => {
    const within = createTimeBox(archive.readers);
    await archive.client.query('BEGIN; LOCK TABLE word IN ACCESS EXCLUSIVE MODE');
    const count = () =>
      within(20, (on) => on.query('SELECT count(*) FROM word').then(({ rowCount }) => rowCount));
    expect(await count()).toBeUndefined();
    await archive.client.query('COMMIT');
    expect(
      await within(undefined, (on) => on.query('SHOW statement_timeout').then(({ rows }) => rows)),
    ).toEqual([{ statement_timeout: '30s' }]);
    expect(archive.readers.totalCount).toBe(1);
    await expect(within(20, (on) => on.query('SELECT 1/0'))).rejects.toThrow('division by zero');
    expect(archive.readers.totalCount).toBe(1);
  });
});
