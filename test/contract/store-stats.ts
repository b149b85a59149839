import { expect, test } from 'vitest';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import type { StoreContext } from './store-engine.fixture.ts';
import { news, T0 } from './store-notes.fixture.ts';

const DAY_MS = 86_400_000;
/** Whole days, as the store counts them. */
const TODAY_MS = Math.floor(Date.now() / DAY_MS) * DAY_MS;

export function describeStats(context: StoreContext): void {
  const week = () => context.store.stats.ofPlatform('discord', TODAY_MS - 6 * DAY_MS, TODAY_MS + DAY_MS);
  const add = (id: string) => context.store.destinations.subscribe({ id, source: 'command' });

  test('totals count notes, their dates, destinations and waiting entries', async () => {
    const empty = { active: 0, suspended: 0, gone: 0 };
    expect(await context.store.stats.totals()).toEqual({
      notes: 0,
      waiting: 0,
      lost: {},
      destinations: empty,
    });
    for (const id of ['discord:1', 'discord:2', 'discord:3'])
      await context.store.destinations.subscribe({
        id,
        source: 'config',
        preferences: { ...DEFAULT_PREFERENCES, style: 'full', postTypes: ['note'] },
      });
    await context.store.journal.accept([news({ words: 'a', at: T0 }), news({ words: 'b', at: T0 + 9 })]);
    await context.store.destinations.suspend('discord:3', 'no permission', false);
    expect(await context.store.stats.totals()).toEqual({
      notes: 2,
      firstAt: T0,
      lastAt: T0 + 9,
      waiting: 4,
      lost: {},
      destinations: { ...empty, active: 2, suspended: 1 },
    });
  });

  test('all counts start at zero', async () => {
    expect(await week()).toEqual({
      posts: 0,
      delivered: 0,
      refused: 0,
      joined: 0,
      left: 0,
      active: 0,
      waiting: 0,
      suspended: [],
    });
  });

  test('posts are counted once per destination, not per part or edit', async () => {
    for (const id of ['discord:1', 'discord:2', 'telegram:3']) await add(id);
    const notes = ['a', 'b'].map((name) => news({ name }));
    await context.store.journal.accept(notes);
    await context.store.journal.accept(notes);
    const receipt = (part: number) => ({ noteId: 'x', part, receipt: `m${part}` });
    const key = notes[0]?.note.key ?? '';
    await context.store.deliveries.recordReceipt('discord:1', 1, key, receipt(0), false);
    await context.store.deliveries.recordReceipt('discord:1', 1, key, receipt(1), true);
    await context.store.deliveries.skip('discord:1', 2, true);
    await context.store.deliveries.recordReceipt('telegram:3', 1, key, receipt(0), true);
    // Nothing waits for a destination that isn't served any more.
    await context.store.deliveries.skip('telegram:3', 2);
    expect(await week()).toMatchObject({ posts: 2, delivered: 1, refused: 1, active: 2, waiting: 2 });
    expect(await context.store.stats.ofPlatform('telegram', TODAY_MS, TODAY_MS + DAY_MS)).toMatchObject({
      posts: 2,
      delivered: 1,
      refused: 0,
      joined: 1,
      active: 1,
      waiting: 0,
    });
    expect((await context.store.stats.totals()).lost).toEqual({ discord: 1 });
    // A deletion doesn't count as a post or a delivery.
    await context.store.journal.delete({
      id: 'd',
      createdAt: 9_999_999_999,
      ids: [notes[0]?.note.id ?? ''],
      addresses: [],
    });
    await context.store.deliveries.recordRemoval('discord:1', 3, key, 0, true);
    expect(await week()).toMatchObject({ posts: 2, delivered: 1 });
  });

  test('a note is awaited by those who have still to get it, and by nobody once they have or it is none', async () => {
    for (const id of ['discord:1', 'discord:2', 'telegram:3']) await add(id);
    await add('discord:4');
    await context.store.destinations.suspend('discord:4', 'Missing Access', false);
    const notes = ['a', 'b'].map((name) => news({ name }));
    await context.store.journal.accept(notes);
    const [first, second] = notes.map(({ note }) => note.key);
    const awaiting = (key = '', platform = 'discord') => context.store.stats.awaiting(key, platform);
    expect([await awaiting(first), await awaiting(second)]).toEqual([2, 2]);
    expect(await awaiting(first, 'telegram')).toBe(1);
    await context.store.deliveries.recordReceipt(
      'discord:1',
      1,
      first ?? '',
      { noteId: 'x', part: 0, receipt: 'm' },
      true,
    );
    await context.store.deliveries.skip('discord:2', 1);
    await context.store.deliveries.skip('discord:2', 2);
    expect([await awaiting(first), await awaiting(second)]).toEqual([0, 1]);
    expect([await awaiting('no such key'), await awaiting(first, 'nowhere')]).toEqual([0, 0]);
  });

  test('a digest counts as each of its posts', async () => {
    await add('discord:1');
    const arrivals = ['a', 'b', 'c'].map((name) => news({ name }));
    await context.store.journal.accept(arrivals);
    await context.store.deliveries.recordDigest(
      'discord:1',
      3,
      arrivals.map(({ note: { key, id } }) => ({ key, noteId: id })),
      'm',
    );
    expect(await week()).toMatchObject({ posts: 3, delivered: 3, waiting: 0 });
  });

  test('joining and leaving are counted once', async () => {
    for (const n of [1, 2, 3]) await add(`discord:${n}`);
    await add('discord:1');
    await context.store.destinations.suspend('discord:1', 'kicked', true);
    await context.store.destinations.suspend('discord:1', 'kicked', true);
    await context.store.destinations.unsubscribe('discord:1');
    await context.store.destinations.unsubscribe('discord:2');
    await context.store.destinations.unsubscribe('discord:9');
    await context.store.destinations.suspend('discord:3', 'Missing Access', false);
    await context.store.destinations.resume('discord:3');
    expect(await week()).toMatchObject({ joined: 3, left: 2, active: 1, suspended: [] });
    await context.store.destinations.suspend('discord:3', 'kicked', true);
    await context.store.destinations.resume('discord:3');
    expect(await week()).toMatchObject({ joined: 4, left: 3, active: 1 });
  });

  test('suspended destinations are counted by reason', async () => {
    for (const n of [1, 2, 3, 4]) await add(`discord:${n}`);
    await add('telegram:5');
    await context.store.destinations.suspend('discord:1', 'Unknown Channel', false);
    for (const n of [2, 3]) await context.store.destinations.suspend(`discord:${n}`, 'Missing Access', false);
    await context.store.destinations.suspend('telegram:5', 'Missing Access', false);
    expect((await week()).suspended).toEqual([
      { reason: 'Missing Access', count: 2 },
      { reason: 'Unknown Channel', count: 1 },
    ]);
  });

  test('counts are kept by day, for a limited time', async () => {
    const before = await context.reopen(() => TODAY_MS - 8 * DAY_MS);
    await before.destinations.subscribe({ id: 'discord:1', source: 'command' });
    await before.close();
    const lately = await context.reopen(() => TODAY_MS - DAY_MS);
    await lately.destinations.subscribe({ id: 'discord:2', source: 'command' });
    expect((await lately.stats.ofPlatform('discord', TODAY_MS - 7 * DAY_MS, TODAY_MS)).joined).toBe(1);
    expect((await lately.stats.ofPlatform('discord', TODAY_MS - DAY_MS, TODAY_MS)).joined).toBe(1);
    expect((await lately.stats.ofPlatform('discord', TODAY_MS - 8 * DAY_MS, TODAY_MS - DAY_MS)).joined).toBe(
      1,
    );
    expect((await lately.stats.ofPlatform('discord', TODAY_MS - 30 * DAY_MS, TODAY_MS)).joined).toBe(2);
    await lately.maintain(TODAY_MS + 53 * DAY_MS);
    expect((await lately.stats.ofPlatform('discord', TODAY_MS - 30 * DAY_MS, TODAY_MS)).joined).toBe(1);
  });
}
