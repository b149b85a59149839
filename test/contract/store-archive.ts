import { expect, test } from 'vitest';
import type { StoreContext } from './store-engine.fixture.ts';
import { addressOf, deleteNotes, idOf, news, note, old, query, T0 } from './store-notes.fixture.ts';

export function describeArchive(context: StoreContext): void {
  const contents = async (count = 100) =>
    (await context.store.archive.latest({ count })).map(({ event }) => event.content);

  test('a note is found as it was accepted', async () => {
    const wanted = note({
      words: 'Zinc & <tin> "“¥ 中 🚀',
      title: 'T',
      hashtags: ['ore'],
      replyTo: idOf('x'),
    });
    await context.store.journal.accept([{ note: wanted, news: false }]);
    expect(await context.store.archive.find(wanted.id)).toEqual(wanted);
  });

  test('the newest come first; ties go to the lowest id', async () => {
    const at = (id: string, seconds: number) => old({ words: id[0] ?? '', id: id.repeat(64), at: seconds });
    await context.store.journal.accept([at('c', T0), at('a', T0), at('b', T0 + 1), at('d', T0 - 1)]);
    expect(await contents()).toEqual(['b', 'a', 'c', 'd']);
  });

  test('an edited article keeps the place of its first publication', async () => {
    await context.store.journal.accept([
      old({ words: 'before', at: T0 }),
      old({ words: 'after', at: T0 + 2 }),
      { note: { ...note({ d: 'ore', words: 'edited', at: T0 + 9 }), publishedAt: T0 + 1 }, news: false },
    ]);
    expect(await contents()).toEqual(['after', 'edited', 'before']);
    await context.store.journal.accept([
      { note: { ...note({ d: 'ore', words: 'again', at: T0 + 12 }), publishedAt: T0 + 1 }, news: false },
    ]);
    expect(await contents()).toEqual(['after', 'again', 'before']);
  });

  test('latest notes by page and post type', async () => {
    const types = ['note', 'photo', 'note', 'photo'] as const;
    await context.store.journal.accept(
      types.map((postType, n) => old({ words: `${n}`, at: T0 + n, postType })),
    );
    const shown = async (wanted: Parameters<typeof context.store.archive.latest>[0]) =>
      (await context.store.archive.latest(wanted)).map(({ event }) => event.content);
    expect(await shown({ count: 2 })).toEqual(['3', '2']);
    expect(await shown({ count: 2, offset: 3 })).toEqual(['0']);
    expect(await shown({ count: 9, postType: 'photo' })).toEqual(['3', '1']);
    expect(await shown({ count: 1, offset: 1, postType: 'photo' })).toEqual(['1']);
    expect(await shown({ count: 5, offset: 9 })).toEqual([]);
  });

  test('ids are known once accepted, whatever the outcome', async () => {
    await context.store.journal.accept([
      old({ d: 'ore', name: 'v2', at: T0 + 2 }),
      old({ d: 'ore', name: 'v1' }),
      old({ name: 'gone' }),
    ]);
    await context.store.journal.delete({
      id: idOf('request'),
      createdAt: T0,
      ids: [idOf('gone'), idOf('never seen')],
      addresses: [],
    });
    const asked = ['v1', 'v2', 'gone', 'request', 'never seen', 'new'].map(idOf);
    expect(await context.store.archive.known(asked)).toEqual(new Set(asked.slice(0, 4)));
    expect(await context.store.archive.known([])).toEqual(new Set());
  });

  test('a note is found by id, key, former id, and prefix of an id', async () => {
    const near = `abcd${'0'.repeat(60)}`;
    const later = `abcd${'1'.repeat(60)}`;
    await context.store.journal.accept([
      old({ id: near, words: 'near' }),
      old({ id: later, words: 'later', at: T0 + 1 }),
      old({ d: 'ore', name: 'v1', words: 'first' }),
      old({ d: 'ore', name: 'v2', words: 'second', at: T0 + 1 }),
    ]);
    const found = async (what: string) => (await context.store.archive.find(what))?.event.content;
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

  test('everything is there after a restart', async () => {
    await context.store.journal.accept([old({ name: 'kept', words: 'nickel' }), old({ name: 'gone' })]);
    await deleteNotes(context.store, ['gone']);
    await context.store.close();
    await expect(context.store.check()).rejects.toBeInstanceOf(Error);
    const again = await context.reopen();
    await again.check();
    expect((await again.archive.search(query({ words: ['nickel'] }), { count: 1 })).notes[0]?.id).toBe(
      idOf('kept'),
    );
    expect(await again.journal.accept([news({ name: 'gone' })])).toEqual(['deleted']);
  });
}
