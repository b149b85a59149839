import { expect, test } from 'vitest';
import type { Note } from '../../src/note/note.ts';
import type { StoreContext } from './store-engine.fixture.ts';
import { deleteNotes, idOf, old, T0 } from './store-notes.fixture.ts';

const DAY = 86_400;
/** A daily post with its date in the title. */
const letter = (day: number, of = 'Harbour Letter') =>
  old({
    name: `${of} ${day}`,
    title: `${of} – ${day} March 2025`,
    words: `${of} ${day}`,
    at: T0 + day * DAY,
  });
const words = (note: Note | undefined): string | undefined => note?.event.content;

export function describeSeries(context: StoreContext): void {
  const names = async () => (await context.store.archive.series()).map(({ name }) => name);

  test('titles that differ only in dates are one series', async () => {
    await context.store.journal.accept([letter(1), letter(3), letter(2)]);
    expect(await context.store.archive.series()).toEqual([
      { name: 'harbour letter', count: 3, firstAt: T0 + DAY, lastAt: T0 + 3 * DAY },
    ]);
  });

  test('the most recently continued series comes first', async () => {
    await context.store.journal.accept([letter(1, 'Ore'), letter(5, 'Ore'), letter(2), letter(4)]);
    expect(await names()).toEqual(['ore', 'harbour letter']);
    await context.store.journal.accept([letter(9)]);
    expect(await names()).toEqual(['harbour letter', 'ore']);
  });

  test('one titled note is not a series', async () => {
    await context.store.journal.accept([
      letter(1),
      old({ words: 'one', at: T0 }),
      old({ words: 'two', at: T0 }),
    ]);
    expect(await context.store.archive.series()).toEqual([]);
    await context.store.journal.accept([letter(2)]);
    expect(await names()).toEqual(['harbour letter']);
  });

  test('notes of a series by page, newest first', async () => {
    await context.store.journal.accept([...[2, 1, 4, 3].map((day) => letter(day)), letter(9, 'Ore')]);
    const { notes, total } = await context.store.archive.notesInSeries('harbour letter', {
      count: 2,
      offset: 1,
    });
    expect(notes.map(words)).toEqual(['Harbour Letter 3', 'Harbour Letter 2']);
    expect(total).toBe(4);
    expect(await context.store.archive.notesInSeries('nothing', { count: 9 })).toEqual({
      notes: [],
      total: 0,
    });
  });

  test('a note has neighbours only in its series', async () => {
    await context.store.journal.accept([letter(1), letter(2, 'Ore'), letter(3), letter(4, 'Ore'), letter(5)]);
    const beside = async (name: string) => {
      const { earlier, later } = await context.store.archive.neighbours(idOf(name));
      return [words(earlier), words(later)];
    };
    expect(await beside('Harbour Letter 3')).toEqual(['Harbour Letter 1', 'Harbour Letter 5']);
    expect(await beside('Harbour Letter 1')).toEqual([undefined, 'Harbour Letter 3']);
    expect(await beside('Ore 4')).toEqual(['Ore 2', undefined]);
    expect(await beside('Unknown')).toEqual([undefined, undefined]);
  });

  test('a deleted note leaves its series', async () => {
    await context.store.journal.accept([letter(1), letter(2), letter(3)]);
    await deleteNotes(context.store, ['Harbour Letter 2']);
    expect(await context.store.archive.series()).toMatchObject([{ count: 2 }]);
    expect((await context.store.archive.neighbours(idOf('Harbour Letter 3'))).earlier?.id).toBe(
      idOf('Harbour Letter 1'),
    );
    await deleteNotes(context.store, ['Harbour Letter 1']);
    expect(await context.store.archive.series()).toEqual([]);
  });

  test('a new version with another title changes the series', async () => {
    const version = (title: string, at: number) => old({ d: 'one', title, words: title, at });
    await context.store.journal.accept([letter(1), letter(2), version('Harbour Letter 3', T0 + 3 * DAY)]);
    expect(await context.store.archive.series()).toMatchObject([{ count: 3 }]);
    await context.store.journal.accept([version('Something else', T0 + 4 * DAY)]);
    expect(await context.store.archive.series()).toMatchObject([{ count: 2 }]);
  });

  test('series survive a restart', async () => {
    await context.store.journal.accept([letter(1), letter(2)]);
    await context.store.close();
    expect(await (await context.reopen()).archive.series()).toMatchObject([
      { name: 'harbour letter', count: 2 },
    ]);
  });
}
