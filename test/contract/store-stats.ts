import { expect, test } from 'vitest';
import type { StoreContext } from './store-engine.fixture.ts';
import { news } from './store-notes.fixture.ts';

const DAY_MS = 86_400_000;
/** Whole days, as the store counts them. */
const TODAY_MS = Math.floor(Date.now() / DAY_MS) * DAY_MS;

export function describeStats(bench: StoreContext): void {
  const week = () => bench.store.stats.ofPlatform('discord', TODAY_MS - 6 * DAY_MS, TODAY_MS + DAY_MS);
  const add = (id: string) => bench.store.destinations.subscribe({ id, source: 'command' });

  test('nothing has happened at first', async () => {
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

  test('posts are counted once, and where they arrived: not their edits, their parts, or other platforms’', async () => {
    for (const id of ['discord:1', 'discord:2', 'telegram:3']) await add(id);
    const notes = ['a', 'b'].map((name) => news({ name }));
    await bench.store.journal.accept(notes);
    await bench.store.journal.accept(notes);
    const receipt = (part: number) => ({ noteId: 'x', part, receipt: `m${part}` });
    const key = notes[0]?.note.key ?? '';
    await bench.store.deliveries.recordReceipt('discord:1', 1, key, receipt(0), false);
    await bench.store.deliveries.recordReceipt('discord:1', 1, key, receipt(1), true);
    await bench.store.deliveries.skip('discord:1', 2, true);
    await bench.store.deliveries.recordReceipt('telegram:3', 1, key, receipt(0), true);
    // The one who is not served any more waits for nothing.
    await bench.store.deliveries.skip('telegram:3', 2);
    expect(await week()).toMatchObject({ posts: 2, delivered: 1, refused: 1, active: 2, waiting: 2 });
    expect(await bench.store.stats.ofPlatform('telegram', TODAY_MS, TODAY_MS + DAY_MS)).toMatchObject({
      posts: 2,
      delivered: 1,
      refused: 0,
      joined: 1,
      active: 1,
      waiting: 0,
    });
    expect((await bench.store.stats.totals()).lost).toEqual({ discord: 1 });
    // A deletion is no post, and what comes of it no delivery.
    await bench.store.journal.delete({
      id: 'd',
      createdAt: 9_999_999_999,
      ids: [notes[0]?.note.id ?? ''],
      addresses: [],
    });
    await bench.store.deliveries.recordRemoval('discord:1', 3, key, 0, true);
    expect(await week()).toMatchObject({ posts: 2, delivered: 1 });
  });

  test('who stands in for several posts has delivered each of them', async () => {
    await add('discord:1');
    const arrivals = ['a', 'b', 'c'].map((name) => news({ name }));
    await bench.store.journal.accept(arrivals);
    await bench.store.deliveries.recordDigest(
      'discord:1',
      3,
      arrivals.map(({ note: { key, id } }) => ({ key, noteId: id })),
      'm',
    );
    expect(await week()).toMatchObject({ posts: 3, delivered: 3, waiting: 0 });
  });

  test('places join and leave once, however often that is said', async () => {
    for (const n of [1, 2, 3]) await add(`discord:${n}`);
    await add('discord:1');
    await bench.store.destinations.suspend('discord:1', 'kicked', true);
    await bench.store.destinations.suspend('discord:1', 'kicked', true);
    await bench.store.destinations.unsubscribe('discord:1');
    await bench.store.destinations.unsubscribe('discord:2');
    await bench.store.destinations.unsubscribe('discord:9');
    await bench.store.destinations.suspend('discord:3', 'Missing Access', false);
    await bench.store.destinations.resume('discord:3');
    expect(await week()).toMatchObject({ joined: 3, left: 2, active: 1, suspended: [] });
    await bench.store.destinations.suspend('discord:3', 'kicked', true);
    await bench.store.destinations.resume('discord:3');
    expect(await week()).toMatchObject({ joined: 4, left: 3, active: 1 });
  });

  test('who gets nothing for now is counted by reason, the most frequent first', async () => {
    for (const n of [1, 2, 3, 4]) await add(`discord:${n}`);
    await add('telegram:5');
    await bench.store.destinations.suspend('discord:1', 'Unknown Channel', false);
    for (const n of [2, 3]) await bench.store.destinations.suspend(`discord:${n}`, 'Missing Access', false);
    await bench.store.destinations.suspend('telegram:5', 'Missing Access', false);
    expect((await week()).suspended).toEqual([
      { reason: 'Missing Access', count: 2 },
      { reason: 'Unknown Channel', count: 1 },
    ]);
  });

  test('only the days asked for count, over restarts, and old ones are forgotten', async () => {
    const before = await bench.reopen(() => TODAY_MS - 8 * DAY_MS);
    await before.destinations.subscribe({ id: 'discord:1', source: 'command' });
    await before.close();
    const lately = await bench.reopen(() => TODAY_MS - DAY_MS);
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
