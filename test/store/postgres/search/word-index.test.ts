import type { QueryConfig } from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { note, query, type Sketch, T0 } from '../../../contract/store-notes.fixture.ts';
import { hasPostgres, useTestServer } from '../server.fixture.ts';
import { type IndexedArchive, openIndexedArchive } from './indexed-archive.fixture.ts';

describe.skipIf(!hasPostgres)('index of words on Postgres', () => {
  const server = useTestServer();
  let url: string;
  let archive: IndexedArchive;
  beforeEach(async () => {
    url = await server.createDatabase();
    archive = await openIndexedArchive(url);
  });
  afterEach(() => archive.close());

  const add = (...sketches: readonly Sketch[]) => archive.add(sketches.map(note));
  const found = async (parts: Parameters<typeof query>[0]) =>
    (await archive.search(query(parts), undefined)).moments;
  const words = (count: number, prefix = 'w') => Array.from({ length: count }, (_, n) => `${prefix}${n}`);

  test.each<[string, string]>([
    ['words beyond the last position', `${words(40_000).join(' ')} rare earth metals`],
    [
      'a word too often for its positions',
      `${'the '.repeat(300)}rare earth metals ${'the '.repeat(300)}scarce the`,
    ],
    ['Chinese beyond the last position', `${'中国经济新闻'.repeat(6_000)} rare earth metals`],
  ])('a long article is found by its words and phrases: %s', async (_, long) => {
    const [moment] = await add({ name: 'long', d: 'long', words: long, at: T0 });
    expect(await found({ words: ['metals', 'rare'] })).toEqual([moment]);
    expect(await found({ phrases: ['rare earth metals'] })).toEqual([moment]);
    expect(await found({ phrases: ['earth rare'] })).toEqual([]);
    expect(await found({ words: ['earth'], without: ['rare earth'] })).toEqual([]);
    const tokens = long.split(' ');
    const end = tokens.slice(-2).join(' ').trim();
    expect(await found({ phrases: [end] })).toEqual([moment]);
  });

  test('no note is too large to archive', async () => {
    const han = Array.from({ length: 262_144 }, (_, n) =>
      String.fromCodePoint(0x4e00 + ((n * 7_919) % 20_000)),
    ).join('');
    const tag = 'x'.repeat(50_000);
    const many = words(2_500, '標籤');
    const moments = await add(
      { name: 'han', d: 'han', words: han, at: T0 },
      { name: 'letters', d: 'letters', words: words(60_000, 'letters').join(' '), at: T0 + 1 },
      { name: 'tag', words: 'ore', hashtags: [tag, "it's \\ a 'tag'", 'a\0b', '\ud800'], at: T0 + 2 },
      { name: 'tags', words: 'tin', hashtags: many, at: T0 + 3 },
    );
    expect(await found({ words: [han.slice(0, 4)] })).toEqual([moments[0]]);
    expect(await found({ words: ['letters9'] })).toEqual([moments[1]]);
    expect(await found({ hashtags: [tag] })).toEqual([moments[2]]);
    expect(await found({ hashtags: ["it's \\ a 'tag'", 'a\0b'] })).toEqual([moments[2]]);
    expect(await found({ hashtags: [many.at(-1) ?? ''] })).toEqual([moments[3]]);
  });

  test('a phrase is not found from one part of a note into the next', async () => {
    await add({ title: 'Morning ore', words: 'tin report', hashtags: ['gold', 'mine'], at: T0 });
    for (const phrase of ['ore gold', 'gold mine', 'mine tin', 'ore tin'])
      expect(await found({ phrases: [phrase] })).toEqual([]);
    expect(await found({ phrases: ['morning ore'], words: ['mine'] })).toHaveLength(1);
  });

  test('hashtags are counted, also when notes go', async () => {
    const [first = 0, second = 0] = await add(
      { name: 'a', hashtags: ['Gold', 'gold', 'golden'], at: T0 },
      { name: 'b', hashtags: ['gold'], at: T0 + 1 },
      { name: 'c', hashtags: ['silver'], at: T0 + 2 },
    );
    expect(await archive.hashtags('gol', 9)).toEqual([
      { tag: 'gold', count: 2 },
      { tag: 'golden', count: 1 },
    ]);
    expect(await archive.hashtags('', 1)).toEqual([{ tag: 'gold', count: 2 }]);
    await archive.remove([first]);
    expect(await archive.hashtags('gol', 9)).toEqual([{ tag: 'gold', count: 1 }]);
    await archive.remove([second]);
    expect(await archive.hashtags('gol', 9)).toEqual([]);
    expect(await found({ hashtags: ['gold'] })).toEqual([]);
  });

  test('words of a transaction that failed are stored by the next', async () => {
    await add({ name: 'a', words: 'copper', at: T0 });
    await archive.client.query('ALTER TABLE hashtag ADD CONSTRAINT full_disk CHECK (false) NOT VALID');
    await expect(add({ name: 'b', words: 'lithium e-mail', hashtags: ['a'], at: T0 })).rejects.toThrow(
      'full_disk',
    );
    await archive.client.query('ALTER TABLE hashtag DROP CONSTRAINT full_disk');
    await add({ name: 'c', words: 'lithium e-mail', at: T0 + 1 });
    expect(await found({ words: ['lith'] })).toHaveLength(1);
    expect(await found({ words: ['email'] })).toHaveLength(1);
  });

  test('words that are known already are not written again', async () => {
    const asked = vi.spyOn(archive.client, 'query');
    await add({ name: 'a', words: 'copper', at: T0 });
    await add({ name: 'b', words: 'copper lithium', at: T0 + 1 });
    const calls: readonly unknown[][] = asked.mock.calls;
    const written = calls
      .map(([first]) => first as QueryConfig)
      .filter(({ text }) => text?.startsWith('INSERT INTO vocabulary'));
    expect(written.map(({ values }) => values)).toEqual([[['copper']], [['lithium']]]);
    const { rows } = await archive.client.query('SELECT word FROM vocabulary ORDER BY word');
    expect(rows).toEqual([{ word: 'copper' }, { word: 'lithium' }]);
  });

  test('words and hashtags are written in the order of their keys, so that two writers cannot deadlock', async () => {
    const unordered = words(40, 'word').toReversed();
    await add({
      name: 'a',
      words: unordered.map((word) => `${word}more ${word}-more`).join(' '),
      hashtags: unordered,
      at: T0,
    });
    for (const [table, key] of [
      ['vocabulary', 'word'],
      ['spelling', "plain || ' ' || written"],
      ['hashtag', 'tag'],
    ] as const) {
      const { rows } = await archive.client.query<{ key: string }>(
        `SELECT ${key} AS key FROM ${table} ORDER BY ctid`,
      );
      const keys = rows.map((row) => row.key);
      expect(keys.length).toBeGreaterThanOrEqual(40);
      expect(keys).toEqual(keys.toSorted());
    }
  });
});
