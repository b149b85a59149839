import { expect, test } from 'vitest';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import type { StoreContext } from './store-engine.fixture.ts';
import { addressOf, deleteNotes, idOf, news, note, old, query, T0 } from './store-notes.fixture.ts';

export function describeArchive(bench: StoreContext): void {
  const contents = async (count = 100) =>
    (await bench.store.archive.latest({ count })).map(({ event }) => event.content);

  test('a second copy of a note changes nothing', async () => {
    expect(await bench.store.journal.accept([old({ words: 'one' }), old({ words: 'one' })])).toEqual([
      'added',
      'known',
    ]);
    expect(await bench.store.journal.accept([news({ words: 'one' })])).toEqual(['known']);
    expect((await bench.store.stats.totals()).notes).toBe(1);
  });

  test('a note comes back as it was taken in', async () => {
    const wanted = note({
      words: 'Zinc & <tin> "“¥ 中 🚀',
      title: 'T',
      hashtags: ['ore'],
      replyTo: idOf('x'),
    });
    await bench.store.journal.accept([{ note: wanted, news: false }]);
    expect(await bench.store.archive.find(wanted.id)).toEqual(wanted);
  });

  test('the newest come first, ties by the lowest id', async () => {
    const at = (id: string, seconds: number) => old({ words: id[0] ?? '', id: id.repeat(64), at: seconds });
    await bench.store.journal.accept([at('c', T0), at('a', T0), at('b', T0 + 1), at('d', T0 - 1)]);
    expect(await contents()).toEqual(['b', 'a', 'c', 'd']);
  });

  test('an edited article stands where it first came out', async () => {
    await bench.store.journal.accept([
      old({ words: 'before', at: T0 }),
      old({ words: 'after', at: T0 + 2 }),
      { note: { ...note({ d: 'ore', words: 'edited', at: T0 + 9 }), publishedAt: T0 + 1 }, news: false },
    ]);
    expect(await contents()).toEqual(['after', 'edited', 'before']);
    await bench.store.journal.accept([
      { note: { ...note({ d: 'ore', words: 'again', at: T0 + 12 }), publishedAt: T0 + 1 }, news: false },
    ]);
    expect(await contents()).toEqual(['after', 'again', 'before']);
  });

  test('pages and post types narrow what is latest', async () => {
    const types = ['note', 'photo', 'note', 'photo'] as const;
    await bench.store.journal.accept(
      types.map((postType, n) => old({ words: `${n}`, at: T0 + n, postType })),
    );
    const shown = async (wanted: Parameters<typeof bench.store.archive.latest>[0]) =>
      (await bench.store.archive.latest(wanted)).map(({ event }) => event.content);
    expect(await shown({ count: 2 })).toEqual(['3', '2']);
    expect(await shown({ count: 2, offset: 3 })).toEqual(['0']);
    expect(await shown({ count: 9, postType: 'photo' })).toEqual(['3', '1']);
    expect(await shown({ count: 1, offset: 1, postType: 'photo' })).toEqual(['1']);
    expect(await shown({ count: 5, offset: 9 })).toEqual([]);
  });

  test('of an address the newest version stands, whatever the order of arrival', async () => {
    const versions = [1, 3, 2].map((n) => old({ d: 'ore', words: `v${n}`, at: T0 + n }));
    expect(await bench.store.journal.accept(versions)).toEqual(['added', 'replaced', 'outdated']);
    expect(await contents()).toEqual(['v3']);
    expect(await bench.store.journal.accept(versions)).toEqual(['known', 'known', 'known']);
    expect((await bench.store.archive.search(query({ words: ['v1'] }), { count: 9 })).total).toBe(0);
  });

  test('of two versions of the same second the lowest id stands', async () => {
    const version = (digit: string) => old({ d: 'ore', words: digit, id: digit.repeat(64) });
    expect(await bench.store.journal.accept([version('5'), version('7'), version('3')])).toEqual([
      'added',
      'outdated',
      'replaced',
    ]);
    expect(await contents()).toEqual(['3']);
  });

  test('what was taken back is gone from everywhere and stays out', async () => {
    const gone = { name: 'a', words: 'cobalt' };
    await bench.store.journal.accept([old(gone), old({ name: 'b', words: 'cobalt too' })]);
    expect(await deleteNotes(bench.store, ['a'])).toBe(1);
    expect(await deleteNotes(bench.store, ['a'])).toBe(0);
    expect(await contents()).toEqual(['cobalt too']);
    expect(await bench.store.archive.find(idOf('a'))).toBeUndefined();
    expect((await bench.store.archive.search(query({ words: ['cobalt'] }), { count: 9 })).total).toBe(1);
    expect(await bench.store.journal.accept([news(gone)])).toEqual(['deleted']);
    expect((await bench.store.stats.totals()).notes).toBe(1);
  });

  test('a deletion that comes before its note wins', async () => {
    expect(await deleteNotes(bench.store, ['a'], ['ore'], T0 + 5)).toBe(0);
    expect(
      await bench.store.journal.accept([
        news({ name: 'a' }),
        news({ d: 'ore', name: 'v1', at: T0 + 5 }),
        news({ d: 'ore', name: 'v2', at: T0 + 6 }),
      ]),
    ).toEqual(['deleted', 'deleted', 'added']);
  });

  test('an address is taken back up to the second of the deletion', async () => {
    await bench.store.journal.accept([old({ d: 'ore', name: 'v1', at: T0 + 10 })]);
    expect(await deleteNotes(bench.store, [], ['ore'], T0 + 9)).toBe(0);
    expect(await deleteNotes(bench.store, [], ['ore'], T0 + 10)).toBe(1);
    expect(await deleteNotes(bench.store, [], ['ore'], T0 + 3)).toBe(0);
    expect(await bench.store.journal.accept([old({ d: 'ore', name: 'v0', at: T0 + 8 })])).toEqual([
      'deleted',
    ]);
    expect(await bench.store.journal.accept([old({ d: 'ore', name: 'v2', at: T0 + 11 })])).toEqual(['added']);
  });

  test.each(['first', 'last'])(
    'a version taken back by id takes older versions along, coming %s',
    async (when) => {
      const versions = [old({ d: 'ore', name: 'v1' }), old({ d: 'ore', name: 'v2', at: T0 + 1 })];
      if (when === 'first') await deleteNotes(bench.store, ['v2']);
      await bench.store.journal.accept(versions);
      if (when === 'last') await deleteNotes(bench.store, ['v2']);
      expect(await contents()).toEqual([]);
      expect(await bench.store.journal.accept(versions)).toEqual(['deleted', 'deleted']);
    },
  );

  test('known are the ids that came before, whatever became of them', async () => {
    await bench.store.journal.accept([
      old({ d: 'ore', name: 'v2', at: T0 + 2 }),
      old({ d: 'ore', name: 'v1' }),
      old({ name: 'gone' }),
    ]);
    await bench.store.journal.delete({
      id: idOf('request'),
      createdAt: T0,
      ids: [idOf('gone'), idOf('never seen')],
      addresses: [],
    });
    const asked = ['v1', 'v2', 'gone', 'request', 'never seen', 'new'].map(idOf);
    expect(await bench.store.archive.known(asked)).toEqual(new Set(asked.slice(0, 4)));
    expect(await bench.store.archive.known([])).toEqual(new Set());
  });

  test('a note is found by id, key, older id, and the beginning of an id', async () => {
    const near = `abcd${'0'.repeat(60)}`;
    const later = `abcd${'1'.repeat(60)}`;
    await bench.store.journal.accept([
      old({ id: near, words: 'near' }),
      old({ id: later, words: 'later', at: T0 + 1 }),
      old({ d: 'ore', name: 'v1', words: 'first' }),
      old({ d: 'ore', name: 'v2', words: 'second', at: T0 + 1 }),
    ]);
    const found = async (what: string) => (await bench.store.archive.find(what))?.event.content;
    expect(await found(near)).toBe('near');
    expect(await found(near.toUpperCase())).toBe('near');
    expect(await found('ABCD')).toBe('later');
    expect(await found('abcd0')).toBe('near');
    expect(await found(addressOf('ore'))).toBe('second');
    expect(await found(idOf('v1'))).toBe('second');
    expect(await found(idOf('v1').slice(0, 59))).toBe('second');
    for (const none of ['abc', 'abce', '', '%', "' OR 1=1 --", 'abcd*'])
      expect(await found(none)).toBeUndefined();
  });

  test('the census counts notes, their span, destinations and what waits', async () => {
    const empty = { active: 0, suspended: 0, gone: 0 };
    expect(await bench.store.stats.totals()).toEqual({ notes: 0, waiting: 0, lost: {}, destinations: empty });
    for (const id of ['discord:1', 'discord:2', 'discord:3'])
      await bench.store.destinations.subscribe({
        id,
        source: 'config',
        preferences: { ...DEFAULT_PREFERENCES, style: 'full', postTypes: ['note'] },
      });
    await bench.store.journal.accept([news({ words: 'a', at: T0 }), news({ words: 'b', at: T0 + 9 })]);
    await bench.store.destinations.suspend('discord:3', 'no permission', false);
    expect(await bench.store.stats.totals()).toEqual({
      notes: 2,
      firstAt: T0,
      lastAt: T0 + 9,
      waiting: 4,
      lost: {},
      destinations: { ...empty, active: 2, suspended: 1 },
    });
  });

  test('expired notes go with the tidying, and stay out', async () => {
    const brief = { words: 'brief', expiresAt: T0 + 60 };
    await bench.store.journal.accept([old(brief), old({ words: 'lasting' })]);
    await bench.store.maintain((T0 + 59) * 1000);
    expect((await bench.store.stats.totals()).notes).toBe(2);
    await bench.store.maintain((T0 + 60) * 1000);
    expect(await contents()).toEqual(['lasting']);
    expect(await bench.store.journal.accept([news(brief)])).toEqual(['deleted']);
  });

  test('all is there after closing and opening again', async () => {
    await bench.store.journal.accept([old({ name: 'kept', words: 'nickel' }), old({ name: 'gone' })]);
    await deleteNotes(bench.store, ['gone']);
    await bench.store.close();
    await expect(bench.store.check()).rejects.toBeInstanceOf(Error);
    const again = await bench.reopen();
    await again.check();
    expect((await again.archive.search(query({ words: ['nickel'] }), { count: 1 })).notes[0]?.id).toBe(
      idOf('kept'),
    );
    expect(await again.journal.accept([news({ name: 'gone' })])).toEqual(['deleted']);
  });

  test('a batch with an event that can not be stored leaves nothing behind', async () => {
    const broken = { note: { ...note({ words: 'broken' }), postType: undefined as never }, news: true };
    await expect(bench.store.journal.accept([news({ words: 'fine' }), broken])).rejects.toBeInstanceOf(Error);
    expect(await bench.store.stats.totals()).toMatchObject({ notes: 0, waiting: 0 });
    expect(await bench.store.journal.accept([news({ words: 'fine' })])).toEqual(['added']);
    expect((await bench.store.archive.search(query({ words: ['fine'] }), { count: 1 })).total).toBe(1);
  });
}
