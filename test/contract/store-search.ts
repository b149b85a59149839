import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Query } from '../../src/note/search/query.ts';
import { tokenize } from '../../src/note/search/tokenizer.ts';
import type { StoreContext } from './store-engine.fixture.ts';
import { idOf, old, query, type Sketch, T0 } from './store-notes.fixture.ts';

const NOTES: readonly Sketch[] = [
  { name: 'earths', words: 'Rare earth prices fall; gold rises', hashtags: ['china', 'rare-earth'] },
  { name: 'earth', words: 'The earth is rare in gold', hashtags: ['space'] },
  { name: 'lithium', words: 'Lithium-ion stories from Chile', postType: 'photo' },
  { name: 'cafe', words: 'Café talk at the STRASSE' },
  { name: 'mixed', words: '用Python写中国经济的代码', postType: 'photo' },
  { name: 'kana', words: 'ガーデンでコーヒーを飲む' },
  { name: 'hangul', words: '오늘의 한국어 뉴스' },
  { name: 'tariffs', words: 'U.S. tariffs hit e-mail and 1,250 F-35s after COVID-19' },
  { name: 'plain', words: 'US tariffs hit email and 1250 F35s after covid19' },
  { name: 'rocket', words: 'Launch 🚀 at dawn', title: 'Morning Missive' },
];

export function describeSearch(context: StoreContext): void {
  const found = async (parts: Partial<Query>, more: { postType?: 'photo' } = {}) => {
    const { notes, total } = await context.store.archive.search(query(parts), { count: 100, ...more });
    expect(total).toBe(notes.length);
    const ids = new Set(notes.map(({ id }) => id));
    return NOTES.map(({ name = '' }) => name)
      .filter((name) => ids.has(idOf(name)))
      .sort((a, b) => (a < b ? -1 : 1));
  };
  const archived = () =>
    context.store.journal.accept(NOTES.map((sketch, n) => old({ ...sketch, at: T0 + n * 86_400 })));

  test.each<[string, Partial<Query>, readonly string[]]>([
    ['a word', { words: ['prices'] }, ['earths']],
    ['words in any order', { words: ['gold', 'rare'] }, ['earth', 'earths']],
    ['words that do not all occur', { words: ['gold', 'chile'] }, []],
    ['a phrase', { phrases: ['rare earth'] }, ['earths']],
    ['a phrase over a hyphen', { phrases: ['lithium ion'] }, ['lithium']],
    ['a word without another', { words: ['gold'], without: ['prices'] }, ['earth']],
    ['a word without a phrase', { words: ['rare'], without: ['rare earth'] }, ['earth']],
    ['the beginning of the last word', { words: ['lith'] }, ['lithium']],
    ['no beginning of an earlier word', { words: ['lith', 'chile'] }, []],
    ['no beginning of two letters', { words: ['li'] }, []],
    ['a singular for a plural', { words: ['story', 'chile'] }, ['lithium']],
    ['a plural for a singular', { words: ['golds', 'earth'] }, ['earth', 'earths']],
    ['no plural inside a phrase', { phrases: ['rare earths'] }, []],
    ['a word without its accent', { words: ['cafe'] }, ['cafe']],
    ['a word with an accent too many', { words: ['tálk'] }, ['cafe']],
    ['sharp s', { words: ['straße'] }, ['cafe']],
    ['a word in the title', { words: ['missive'] }, ['rocket']],
    ['a picture', { words: ['🚀'] }, ['rocket']],
    ['a hashtag', { hashtags: ['china'] }, ['earths']],
    ['a hashtag with a hyphen, exactly', { hashtags: ['rare-earth'] }, ['earths']],
    ['no part of a hashtag', { hashtags: ['rare'] }, []],
    ['a hashtag as a word', { words: ['space'] }, ['earth']],
    ['a hashtag and a word', { hashtags: ['china'], words: ['gold'] }, ['earths']],
    ['two hashtags', { hashtags: ['china', 'space'] }, []],
    ['two Chinese characters', { words: ['经济'] }, ['mixed']],
    ['a long Chinese word', { words: ['中国经济'] }, ['mixed']],
    ['one Chinese character', { words: ['国'] }, ['mixed']],
    ['the last Chinese character of a run', { words: ['码'] }, ['mixed']],
    ['one Chinese character after a word', { phrases: ['python写'] }, ['mixed']],
    ['Chinese characters that do not follow each other', { words: ['中经'] }, []],
    ['half-width kana', { words: ['ｶﾞｰﾃﾞﾝ'] }, ['kana']],
    ['a Hangul stem before its particle', { words: ['한국'] }, ['hangul']],
    [
      'what has a word not',
      { without: ['gold', 'the', '🚀', 'tariffs'] },
      ['hangul', 'kana', 'lithium', 'mixed'],
    ],
    ['an abbreviation without its points', { words: ['US', 'tariffs'] }, ['plain', 'tariffs']],
    ['and with them', { words: ['U.S.', 'tariffs'] }, ['plain', 'tariffs']],
    ['either in a phrase', { phrases: ['US tariffs hit'] }, ['plain', 'tariffs']],
    ['a word with its hyphen', { words: ['e-mail'] }, ['plain', 'tariffs']],
    ['and without', { words: ['email'] }, ['plain', 'tariffs']],
    ['letters and digits with a hyphen', { words: ['F-35s'] }, ['plain', 'tariffs']],
    ['and without one', { words: ['covid19'] }, ['plain', 'tariffs']],
    ['and as two words', { words: ['covid', '19'] }, ['plain', 'tariffs']],
    ['a number with its comma', { words: ['1,250'] }, ['plain', 'tariffs']],
    ['and without it', { words: ['1250'] }, ['plain', 'tariffs']],
    ['what is spelled otherwise not', { words: ['tariffs'], without: ['email'] }, []],
    ['a time', { after: T0 + 86_400, before: T0 + 3 * 86_400 }, ['earth', 'lithium']],
    ['a word in a time', { words: ['gold'], before: T0 + 1 }, ['earths']],
    ['nothing at all', {}, []],
    ['only punctuation', { words: ['!!!', '"'], phrases: ['--'] }, []],
    ['punctuation beside a word', { words: ['&', 'prices'] }, ['earths']],
  ])('finds %s', async (_, parts, names) => {
    await archived();
    expect(await found(parts)).toEqual(names);
  });

  test('a post type narrows any query', async () => {
    await archived();
    expect(await found({ after: T0 }, { postType: 'photo' })).toEqual(['lithium', 'mixed']);
    expect(await found({ words: ['chile'] }, { postType: 'photo' })).toEqual(['lithium']);
    expect(await found({ words: ['gold'] }, { postType: 'photo' })).toEqual([]);
  });

  test('exact before prefix, title before text, new before old', async () => {
    const filler = 'and some more words that fill the line';
    await context.store.journal.accept([
      old({ name: 'continued', words: `tinny ${filler}`, at: T0 + 9_000_000 }),
      old({ name: 'older', words: `tin tin ${filler}`, at: T0 - 60_000_000 }),
      old({ name: 'newer', words: `tin ${filler}`, at: T0 + 1_000_000 }),
      old({ name: 'titled', words: filler, title: 'tin', at: T0 }),
    ]);
    const { notes } = await context.store.archive.search(query({ words: ['tin'] }), { count: 9 });
    expect(notes.map(({ id }) => id)).toEqual(['titled', 'newer', 'older', 'continued'].map(idOf));
  });

  test('up to 1,000 hits are counted and paged', async () => {
    const many = Array.from({ length: 1_050 }, (_, n) => old({ name: `n${n}`, words: 'ore', at: T0 + n }));
    await context.store.journal.accept([...many.slice(0, 500), ...many.slice(500)]);
    await context.store.journal.accept([old({ name: 'titled', words: 'metal', title: 'Ore', at: T0 + 500 })]);
    const page = (offset: number) =>
      context.store.archive.search(query({ words: ['ore'] }), { count: 3, offset });
    expect(await page(0)).toMatchObject({
      total: 1_000,
      notes: [{ id: idOf('titled') }, { id: idOf('n1049') }, {}],
    });
    expect((await page(2)).notes[0]?.id).toBe(idOf('n1048'));
    expect((await page(999)).notes).toHaveLength(1);
    expect((await page(1_000)).notes).toEqual([]);
  });

  // Over the wire, each of some hundred searches takes several round trips.
  test('nothing that people type raises an error', { timeout: 60_000 }, async () => {
    await archived();
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({
        unit: fc.constantFrom(
          ...Array.from('"\'*^:(){}[]+-~%;\\ \0\u00b7'),
          'NEAR',
          'AND',
          'OR',
          'NOT',
          'title',
          '中',
          'é',
          '\ud800',
        ),
      }),
      fc.constantFrom(
        'title : ore',
        'NEAR(a b, 2)',
        '"',
        '""',
        'a*',
        '^gold',
        '-',
        'ore '.repeat(3_000),
        '中'.repeat(3_000),
      ),
    );
    const list = fc.array(hostile, { maxLength: 4 });
    const second = fc.option(fc.oneof(fc.integer(), fc.double()), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(
        list,
        list,
        list,
        list,
        second,
        second,
        async (words, phrases, without, hashtags, after, before) => {
          const parts = {
            words,
            phrases,
            without,
            hashtags,
            ...(after === undefined ? {} : { after }),
            ...(before === undefined ? {} : { before }),
          };
          await context.store.archive.search(query(parts), { count: 5 });
          await context.store.archive.find(words[0] ?? '');
        },
      ),
      { numRuns: 2_000 },
    );
    const words = Array.from({ length: 3_000 }, (_, n) => `w${n}`);
    await expect(
      context.store.archive.search(query({ words, without: words, phrases: words }), { count: 1 }),
    ).resolves.toBeDefined();
  });

  test('a note is found by each of its own words and by its whole text', async () => {
    let n = 0;
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), async (words) => {
        const name = `own ${n++}`;
        await context.store.journal.accept([old({ name, words, at: T0 + n })]);
        const pieces = tokenize(words).map(({ start, end }) => words.slice(start, end));
        for (const piece of pieces) {
          const { notes } = await context.store.archive.search(query({ words: [piece] }), { count: 1_000 });
          expect(notes.map(({ id }) => id)).toContain(idOf(name));
        }
        if (pieces.length === 0) return;
        const { notes } = await context.store.archive.search(query({ phrases: [words] }), { count: 1_000 });
        expect(notes.map(({ id }) => id)).toContain(idOf(name));
      }),
      { numRuns: 150 },
    );
  });
}
