import { expect, test } from 'vitest';
import type { StoreContext } from './store-engine.fixture.ts';
import { deleteNotes, idOf, news, note, old, query, T0 } from './store-notes.fixture.ts';

/** What becomes of incoming notes and of deletions. */
export function describeAccept(context: StoreContext): void {
  const contents = async (count = 100) =>
    (await context.store.archive.latest({ count })).map(({ event }) => event.content);

  test('a second copy of a note changes nothing', async () => {
    expect(await context.store.journal.accept([old({ words: 'one' }), old({ words: 'one' })])).toEqual([
      'added',
      'known',
    ]);
    expect(await context.store.journal.accept([news({ words: 'one' })])).toEqual(['known']);
    expect((await context.store.stats.totals()).notes).toBe(1);
  });

  test('the newest version of an address wins, in any order of arrival', async () => {
    const versions = [1, 3, 2].map((n) => old({ d: 'ore', words: `v${n}`, at: T0 + n }));
    expect(await context.store.journal.accept(versions)).toEqual(['added', 'replaced', 'outdated']);
    expect(await contents()).toEqual(['v3']);
    expect(await context.store.journal.accept(versions)).toEqual(['known', 'known', 'known']);
    expect((await context.store.archive.search(query({ words: ['v1'] }), { count: 9 })).total).toBe(0);
  });

  test('of two versions of one second the lowest id wins', async () => {
    const version = (digit: string) => old({ d: 'ore', words: digit, id: digit.repeat(64) });
    expect(await context.store.journal.accept([version('5'), version('7'), version('3')])).toEqual([
      'added',
      'outdated',
      'replaced',
    ]);
    expect(await contents()).toEqual(['3']);
  });

  test('a deleted note is gone everywhere and stays out', async () => {
    const gone = { name: 'a', words: 'cobalt' };
    await context.store.journal.accept([old(gone), old({ name: 'b', words: 'cobalt too' })]);
    expect(await deleteNotes(context.store, ['a'])).toBe(1);
    expect(await deleteNotes(context.store, ['a'])).toBe(0);
    expect(await contents()).toEqual(['cobalt too']);
    expect(await context.store.archive.find(idOf('a'))).toBeUndefined();
    expect((await context.store.archive.search(query({ words: ['cobalt'] }), { count: 9 })).total).toBe(1);
    expect(await context.store.journal.accept([news(gone)])).toEqual(['deleted']);
    expect((await context.store.stats.totals()).notes).toBe(1);
  });

  test('a deletion that arrives before its note applies', async () => {
    expect(await deleteNotes(context.store, ['a'], ['ore'], T0 + 5)).toBe(0);
    expect(
      await context.store.journal.accept([
        news({ name: 'a' }),
        news({ d: 'ore', name: 'v1', at: T0 + 5 }),
        news({ d: 'ore', name: 'v2', at: T0 + 6 }),
      ]),
    ).toEqual(['deleted', 'deleted', 'added']);
  });

  test('an address is deleted up to the second of the deletion', async () => {
    await context.store.journal.accept([old({ d: 'ore', name: 'v1', at: T0 + 10 })]);
    expect(await deleteNotes(context.store, [], ['ore'], T0 + 9)).toBe(0);
    expect(await deleteNotes(context.store, [], ['ore'], T0 + 10)).toBe(1);
    expect(await deleteNotes(context.store, [], ['ore'], T0 + 3)).toBe(0);
    expect(await context.store.journal.accept([old({ d: 'ore', name: 'v0', at: T0 + 8 })])).toEqual([
      'deleted',
    ]);
    expect(await context.store.journal.accept([old({ d: 'ore', name: 'v2', at: T0 + 11 })])).toEqual([
      'added',
    ]);
  });

  test.each(['first', 'last'])(
    'a version taken back by id takes older versions along, coming %s',
    async (when) => {
      const versions = [old({ d: 'ore', name: 'v1' }), old({ d: 'ore', name: 'v2', at: T0 + 1 })];
      if (when === 'first') await deleteNotes(context.store, ['v2']);
      await context.store.journal.accept(versions);
      if (when === 'last') await deleteNotes(context.store, ['v2']);
      expect(await contents()).toEqual([]);
      expect(await context.store.journal.accept(versions)).toEqual(['deleted', 'deleted']);
    },
  );

  test('maintenance deletes expired notes, which stay out', async () => {
    const brief = { words: 'brief', expiresAt: T0 + 60 };
    await context.store.journal.accept([old(brief), old({ words: 'lasting' })]);
    await context.store.maintain((T0 + 59) * 1000);
    expect((await context.store.stats.totals()).notes).toBe(2);
    await context.store.maintain((T0 + 60) * 1000);
    expect(await contents()).toEqual(['lasting']);
    expect(await context.store.journal.accept([news(brief)])).toEqual(['deleted']);
  });

  test('a batch with an event that cannot be stored changes nothing', async () => {
    const broken = { note: { ...note({ words: 'broken' }), postType: undefined as never }, news: true };
    await expect(context.store.journal.accept([news({ words: 'fine' }), broken])).rejects.toBeInstanceOf(
      Error,
    );
    expect(await context.store.stats.totals()).toMatchObject({ notes: 0, waiting: 0 });
    expect(await context.store.journal.accept([news({ words: 'fine' })])).toEqual(['added']);
    expect((await context.store.archive.search(query({ words: ['fine'] }), { count: 1 })).total).toBe(1);
  });
}
