import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ListCursor, Listing } from '../../src/store/archive.ts';
import type { StoreContext } from './store-engine.fixture.ts';
import { addressOf, deleteNotes, idOf, old, T0 } from './store-notes.fixture.ts';

const MONTH_S = 31 * 86_400;

export function describeLists(context: StoreContext): void {
  /** The words of a list's notes, page by page, from the newest on; or from the oldest back. */
  async function pages(listing: Listing, count: number): Promise<readonly (readonly string[])[]> {
    const all: (readonly string[])[] = [];
    for (
      let before: ListCursor | undefined, isFirst = true;
      isFirst || before !== undefined;
      isFirst = false
    ) {
      const page = await context.store.archive.browse(listing, { count, before });
      expect(page.newer === undefined).toBe(isFirst);
      all.push(page.notes.map(({ event }) => event.content));
      before = page.older;
    }
    return all;
  }

  const some = () =>
    context.store.journal.accept(
      Array.from({ length: 7 }, (_, n) =>
        old({
          words: `${n}`,
          at: T0 + n,
          postType: n % 2 === 0 ? 'note' : 'photo',
          hashtags: n % 3 === 0 ? ['tide'] : [],
          ...(n < 5 && { title: `Log ${n}` }),
        }),
      ),
    );

  describe('lists', () => {
    test.each<[string, Listing, readonly string[]]>([
      ['all notes', {}, ['6', '5', '4', '3', '2', '1', '0']],
      ['a type', { of: { postType: 'photo' } }, ['5', '3', '1']],
      ['a hashtag', { of: { hashtag: 'Tide' } }, ['6', '3', '0']],
      ['a series', { of: { series: 'log' } }, ['4', '3', '2', '1', '0']],
      ['some time', { sinceS: T0 + 2, untilS: T0 + 5 }, ['4', '3', '2']],
      ['a type in some time', { of: { postType: 'note' }, sinceS: T0 + 1, untilS: T0 + 5 }, ['4', '2']],
      ['what there is none of', { of: { hashtag: 'ebb' } }, []],
    ])('%s, newest first, in pages of any size', async (_, listing, expected) => {
      await some();
      for (const count of [1, 2, 3, 100]) expect((await pages(listing, count)).flat()).toEqual(expected);
    });

    test('a place stays where it is while notes come and go', async () => {
      await some();
      const { archive, journal } = context.store;
      const { older } = await archive.browse({}, { count: 3 });
      await journal.accept([old({ words: 'new', at: T0 + 99 }), old({ words: 'late', at: T0 - 99 })]);
      await deleteNotes(context.store, ['64', '52']);
      const next = await archive.browse({}, { count: 3, before: older });
      expect(next.notes.map(({ event }) => event.content)).toEqual(['3', '2', '1']);
      const back = await archive.browse({}, { count: 2, after: next.newer });
      expect(back.notes.map(({ event }) => event.content)).toEqual(['5', '4']);
    });

    test('after a place come the next newer ones, whatever was there', async () => {
      await some();
      const { archive } = context.store;
      const place = await archive.cursorOf(idOf('21700000002'));
      const { notes, newer, older } = await archive.browse({}, { count: 2, after: place });
      expect(notes.map(({ event }) => event.content)).toEqual(['4', '3']);
      expect([newer, older].every((one) => one !== undefined)).toBe(true);
      expect(await archive.cursorOf(idOf('nowhere'))).toBeUndefined();
    });

    test('any two numbers are places', async () => {
      await some();
      await fc.assert(
        fc.asyncProperty(fc.maxSafeNat(), fc.boolean(), async (place, isBefore) => {
          const request = isBefore ? { before: place } : { after: place };
          const { notes } = await context.store.archive.browse({}, { count: 3, ...request });
          expect(notes.length).toBeLessThanOrEqual(3);
        }),
        { numRuns: 50 },
      );
    });
  });

  test('months are counted by the date that readers see, through edits and deletions', async () => {
    const { journal, archive } = context.store;
    expect(await archive.months()).toEqual([]);
    await journal.accept([
      old({ words: 'a', at: T0 }),
      old({ words: 'b', at: T0 }),
      old({ words: 'c', at: T0 + MONTH_S }),
      old({ words: '1', d: 'x', at: T0 }),
    ]);
    expect(await archive.months()).toEqual([
      { month: '2023-12', count: 1 },
      { month: '2023-11', count: 3 },
    ]);
    await journal.accept([old({ words: '2', d: 'x', at: T0 + MONTH_S })]);
    await deleteNotes(context.store, [`a${T0}`, `b${T0}`], [], T0 + 9);
    expect(await archive.months()).toEqual([{ month: '2023-12', count: 2 }]);
  });

  test('what was deleted or expired is known, by id, by its beginning and by key', async () => {
    const { journal, archive } = context.store;
    await journal.accept([
      old({ name: 'a' }),
      old({ name: 'b' }),
      old({ name: 'e', expiresAt: T0 + 1 }),
      old({ d: 'x', name: 'x' }),
    ]);
    await deleteNotes(context.store, ['a'], ['x']);
    await journal.deleteExpired((T0 + 2) * 1000);
    const gone = [idOf('a'), idOf('a').slice(0, 16), idOf('e'), addressOf('x')];
    for (const one of gone) expect(await archive.wasDeleted(one)).toBe(true);
    for (const one of [idOf('b'), idOf('b').slice(0, 16), idOf('nowhere'), addressOf('y'), "'", '%'])
      expect(await archive.wasDeleted(one)).toBe(false);
  });
}
