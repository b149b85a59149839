import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLog } from '../../../../src/lib/log.ts';
import { momentOf } from '../../../../src/store/rules/moment.ts';
import type { Hits } from '../../../../src/store/rules/search-hits.ts';
import { openDatabase } from '../../../../src/store/sqlite/open-database.ts';
import { createSearch } from '../../../../src/store/sqlite/search/search.ts';
import { createWordIndex } from '../../../../src/store/sqlite/search/word-index.ts';
import { note, query, type Sketch, T0 } from '../../../contract/store-notes.fixture.ts';
import { hasPostgres, useTestServer } from '../server.fixture.ts';
import { type IndexedArchive, openIndexedArchive } from './indexed-archive.fixture.ts';

/** Few words, so that notes and queries have many in common: spellings, beginnings, accents, scripts without spaces, pictures. */
const PIECES =
  "ore Ores oreland orelands tin tinny the Café STRASSE straße 🚀 U.S. US us e-mail email don't dont F-35 F35s F 35 " +
  'covid 19 covid19 1,250 1250 ٣٥ 中国 国 中 国经济 ガーデン ｶﾞ 한국어 한국';
const piece = fc.constantFrom(...PIECES.split(' '));
const textOf = (minLength: number, maxLength: number) =>
  fc
    .array(fc.tuple(piece, fc.constantFrom(' ', ' ', ' ', '', '-', ', ', '. ')), {
      minLength,
      maxLength,
      size: 'max',
    })
    .map((parts) => parts.flat().join(''));
const tag = fc.constantFrom('ore', 'tin', 'rare-earth', 'rare', '中国', 'Ｆ35', "it's", '1_250');
const DAY = 86_400;
const second = fc.integer({ min: 0, max: 40 }).map((days) => T0 + days * DAY);

const sketch: fc.Arbitrary<Omit<Sketch, 'name'>> = fc.record(
  {
    words: textOf(0, 12),
    title: textOf(1, 3),
    hashtags: fc.uniqueArray(tag, { maxLength: 3 }),
    postType: fc.constantFrom('note', 'photo'),
    at: second,
  },
  { requiredKeys: ['words', 'at'] },
);
const parts = {
  words: fc.array(fc.oneof({ weight: 4, arbitrary: piece }, textOf(1, 2)), { minLength: 1, maxLength: 2 }),
  phrases: fc.tuple(textOf(1, 3)),
  without: fc.tuple(fc.oneof(piece, textOf(1, 2))),
  hashtags: fc.tuple(tag),
  after: second,
  before: second,
};
/** Mostly one condition, or two. */
const asked = fc.oneof(
  { weight: 3, arbitrary: fc.record({ words: parts.words }) },
  fc.record({ phrases: parts.phrases }),
  fc.record({ hashtags: parts.hashtags }),
  fc.record(parts, { requiredKeys: ['words'] }),
  fc.record(parts, { requiredKeys: [] }),
);
const wanted = fc.tuple(
  asked,
  fc.option(fc.constantFrom('note' as const, 'photo' as const), { nil: undefined, freq: 4 }),
);

const sorted = ({ moments, ...rest }: Hits): Hits => ({
  ...rest,
  moments: moments.toSorted((a, b) => a - b),
});

describe.skipIf(!hasPostgres)('search finds the same on both engines', () => {
  const server = useTestServer();
  let archive: IndexedArchive;
  beforeEach(async () => {
    archive = await openIndexedArchive(await server.createDatabase());
  });
  afterEach(() => archive.close());

  test('of any archive, for any query', async () => {
    let found = 0;
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(sketch, { minLength: 1, maxLength: 25, size: 'max' }),
        fc.array(wanted, { minLength: 10, maxLength: 30, size: 'max' }),
        async (sketches, queries) => {
          run += 1;
          const notes = sketches.map((one, n) => note({ ...one, name: `${run} ${n}` }));
          await archive.clear();
          await archive.add(notes);
          const db = openDatabase(':memory:', silentLog);
          const batch = createWordIndex(db).batch();
          for (const one of notes) batch.add(momentOf(one.createdAt, one.id), one);
          batch.write();
          const search = createSearch(db);
          for (const [some, postType] of queries) {
            const asking = query(some);
            const [ours, theirs] = [await archive.search(asking, postType), search(asking, postType)];
            expect(sorted(ours)).toEqual(sorted(theirs));
            found += theirs.moments.length;
          }
          db.close();
        },
      ),
      { numRuns: 60 },
    );
    // The generators would be of no use if nearly nothing were found.
    expect(found).toBeGreaterThan(600);
  }, 120_000);
});
