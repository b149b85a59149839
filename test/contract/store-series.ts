import { expect, test } from 'vitest';
import type { Note } from '../../src/note/note.ts';
import type { StoreContext } from './store-engine.fixture.ts';
import { deleteNotes, idOf, old, T0 } from './store-notes.fixture.ts';

const DAY = 86_400;
/** A letter of a day, titled with its date. */
const letter = (day: number, of = 'Harbour Letter') =>
  old({
    name: `${of} ${day}`,
    title: `${of} – ${day} March 2025`,
    words: `${of} ${day}`,
    at: T0 + day * DAY,
  });
const words = (note: Note | undefined): string | undefined => note?.event.content;

export function describeSeries(bench: StoreContext): void {
  const names = async () => (await bench.store.archive.series()).map(({ name }) => name);

  test('titles that differ by date are one series, with its length, its beginning and its end', async () => {
    await bench.store.journal.accept([letter(1), letter(3), letter(2)]);
    expect(await bench.store.archive.series()).toEqual([
      { name: 'harbour letter', count: 3, firstAt: T0 + DAY, lastAt: T0 + 3 * DAY },
    ]);
  });

  test('the series that was continued last comes first', async () => {
    await bench.store.journal.accept([letter(1, 'Ore'), letter(5, 'Ore'), letter(2), letter(4)]);
    expect(await names()).toEqual(['ore', 'harbour letter']);
    await bench.store.journal.accept([letter(9)]);
    expect(await names()).toEqual(['harbour letter', 'ore']);
  });

  test('a single titled note is no series yet, and notes without a title never are', async () => {
    await bench.store.journal.accept([
      letter(1),
      old({ words: 'one', at: T0 }),
      old({ words: 'two', at: T0 }),
    ]);
    expect(await bench.store.archive.series()).toEqual([]);
    await bench.store.journal.accept([letter(2)]);
    expect(await names()).toEqual(['harbour letter']);
  });

  test('the notes of a series come newest first, by pages', async () => {
    await bench.store.journal.accept([...[2, 1, 4, 3].map((day) => letter(day)), letter(9, 'Ore')]);
    const { notes, total } = await bench.store.archive.notesInSeries('harbour letter', {
      count: 2,
      offset: 1,
    });
    expect(notes.map(words)).toEqual(['Harbour Letter 3', 'Harbour Letter 2']);
    expect(total).toBe(4);
    expect(await bench.store.archive.notesInSeries('nothing', { count: 9 })).toEqual({ notes: [], total: 0 });
  });

  test('a note has neighbours in its series only', async () => {
    await bench.store.journal.accept([letter(1), letter(2, 'Ore'), letter(3), letter(4, 'Ore'), letter(5)]);
    const beside = async (name: string) => {
      const { earlier, later } = await bench.store.archive.neighbours(idOf(name));
      return [words(earlier), words(later)];
    };
    expect(await beside('Harbour Letter 3')).toEqual(['Harbour Letter 1', 'Harbour Letter 5']);
    expect(await beside('Harbour Letter 1')).toEqual([undefined, 'Harbour Letter 3']);
    expect(await beside('Ore 4')).toEqual(['Ore 2', undefined]);
    expect(await beside('Unknown')).toEqual([undefined, undefined]);
  });

  test('what is taken back leaves its series', async () => {
    await bench.store.journal.accept([letter(1), letter(2), letter(3)]);
    await deleteNotes(bench.store, ['Harbour Letter 2']);
    expect(await bench.store.archive.series()).toMatchObject([{ count: 2 }]);
    expect((await bench.store.archive.neighbours(idOf('Harbour Letter 3'))).earlier?.id).toBe(
      idOf('Harbour Letter 1'),
    );
    await deleteNotes(bench.store, ['Harbour Letter 1']);
    expect(await bench.store.archive.series()).toEqual([]);
  });

  test('a new version with another title changes the series', async () => {
    const version = (title: string, at: number) => old({ d: 'one', title, words: title, at });
    await bench.store.journal.accept([letter(1), letter(2), version('Harbour Letter 3', T0 + 3 * DAY)]);
    expect(await bench.store.archive.series()).toMatchObject([{ count: 3 }]);
    await bench.store.journal.accept([version('Something else', T0 + 4 * DAY)]);
    expect(await bench.store.archive.series()).toMatchObject([{ count: 2 }]);
  });

  test('series are still there after a restart', async () => {
    await bench.store.journal.accept([letter(1), letter(2)]);
    await bench.store.close();
    expect(await (await bench.reopen()).archive.series()).toMatchObject([
      { name: 'harbour letter', count: 2 },
    ]);
  });
}
