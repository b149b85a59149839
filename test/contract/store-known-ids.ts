import { expect, test } from 'vitest';
import type { StoreContext } from './store-engine.fixture.ts';
import { deleteNotes, idOf, note, old, T0 } from './store-notes.fixture.ts';

/** Ids by date, for synchronization with relays. */
export function describeKnownIds(context: StoreContext): void {
  const ALL = { sinceS: 0, untilS: T0 + 1_000 };
  const taken = async (within = ALL, count = 100) => {
    const { sinceS, events } = await context.store.archive.knownInRange(within, count);
    return { sinceS, events: events.map(({ id, createdAt }) => `${createdAt - T0} ${id}`) };
  };
  const dated = (at: number, name: string) => `${at} ${idOf(name)}`;

  test('an edited article is listed by the date of its edit', async () => {
    const edited = note({ d: 'ore', name: 'v2', at: T0 + 500 });
    await context.store.journal.accept([
      { note: { ...edited, publishedAt: T0 + 5 }, news: false },
      old({ name: 'other', at: T0 + 4 }),
    ]);
    expect((await taken()).events).toEqual([dated(500, 'v2'), dated(4, 'other')]);
    expect((await taken({ sinceS: T0 + 400, untilS: T0 + 600 })).events).toEqual([dated(500, 'v2')]);
    expect((await taken({ sinceS: T0 + 2, untilS: T0 + 6 })).events).toEqual([dated(4, 'other')]);
  });

  test('known ids are listed with their dates, newest first', async () => {
    await context.store.journal.accept([
      old({ name: 'note', at: T0 + 1 }),
      old({ d: 'ore', name: 'v2', at: T0 + 5 }),
      old({ d: 'ore', name: 'v1', at: T0 + 3 }),
      old({ name: 'gone', at: T0 + 2 }),
      old({ name: 'brief', at: T0 + 4, expiresAt: T0 + 60 }),
    ]);
    await deleteNotes(context.store, ['gone', 'never seen'], [], T0 + 9);
    await context.store.journal.accept([
      old({ d: 'ore', name: 'v3', at: T0 + 7 }),
      old({ d: 'tin', name: 'late', at: T0 + 6 }),
    ]);
    await deleteNotes(context.store, [], ['tin'], T0 + 8);
    await context.store.maintain((T0 + 60) * 1000);
    const { sinceS, events } = await taken();
    expect(sinceS).toBe(0);
    const requests = events.filter((line) => /^[89] /.test(line));
    expect(requests.length).toBe(2);
    expect(events.slice(2)).toEqual([
      dated(7, 'v3'),
      dated(6, 'late'),
      dated(5, 'v2'),
      dated(4, 'brief'),
      dated(3, 'v1'),
      dated(2, 'gone'),
      dated(1, 'note'),
    ]);
    const ids = events.map((line) => line.split(' ')[1] ?? '');
    expect(await context.store.archive.known(ids)).toEqual(new Set(ids));
  });

  test('both ends of the range are inclusive', async () => {
    await context.store.journal.accept([1, 2, 3, 4].map((n) => old({ name: `${n}`, at: T0 + n })));
    expect(await taken({ sinceS: T0 + 2, untilS: T0 + 3 })).toEqual({
      sinceS: T0 + 2,
      events: [dated(3, '3'), dated(2, '2')],
    });
    expect(await taken({ sinceS: T0 + 5, untilS: T0 + 4 })).toEqual({ sinceS: T0 + 5, events: [] });
  });

  test('a limited list completes its last second', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    await context.store.journal.accept([
      old({ name: 'new', at: T0 + 9 }),
      ...names.map((name) => old({ name, at: T0 + 5 })),
      old({ d: 'ore', name: 'v1', at: T0 + 5 }),
      old({ d: 'ore', name: 'v2', at: T0 + 2 }),
      old({ name: 'old', at: T0 + 1 }),
    ]);
    const within = await taken(ALL, 3);
    expect(within.sinceS).toBe(T0 + 5);
    expect(within.events[0]).toBe(dated(9, 'new'));
    expect(new Set(within.events.slice(1))).toEqual(new Set([...names, 'v1'].map((name) => dated(5, name))));
    expect(await taken({ sinceS: 0, untilS: within.sinceS - 1 }, 3)).toEqual({
      sinceS: 0,
      events: [dated(2, 'v2'), dated(1, 'old')],
    });
  });

  test('notes with colliding row ids are listed in their own second', async () => {
    // The lowest place of a second is that of ids that begin with five f; a second such one stands below it.
    const ids = ['0', '1', '2'].map((digit) => `fffff${digit.repeat(59)}`);
    await context.store.journal.accept(ids.map((id) => old({ id, words: id, at: T0 })));
    expect((await taken({ sinceS: T0, untilS: T0 })).events.length).toBe(3);
    expect((await taken({ sinceS: T0 - 1, untilS: T0 - 1 })).events).toEqual([]);
  });
}
