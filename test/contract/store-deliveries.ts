import { expect, test } from 'vitest';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import type { DeliveryTask } from '../../src/store/delivery-task.ts';
import type { Store } from '../../src/store/store.ts';
import type { StoreContext } from './store-engine.fixture.ts';
import {
  addressOf,
  deleteNotes,
  deliverNext,
  dueLines,
  idOf,
  NOBODY,
  news,
  subscribe,
  T0,
} from './store-notes.fixture.ts';

/** What is due when, and what a crash leaves behind. */
export function describeDeliveries(bench: StoreContext): void {
  const D = 'discord:1';
  const theTask = async (store: Store = bench.store, nowMs = 0): Promise<DeliveryTask> => {
    const [task] = await store.deliveries.nextTasks('discord', nowMs, 10, NOBODY);
    if (!task) throw new Error('Nothing is due');
    return task;
  };
  const part = (task: DeliveryTask, part: number) => ({
    noteId: task.note?.id ?? '',
    part,
    receipt: `m${part}`,
  });

  test('a task names all there is to know', async () => {
    await subscribe(bench.store, D);
    const arrival = news({ words: 'a' });
    await bench.store.journal.accept([arrival]);
    expect(await theTask()).toEqual({
      destination: {
        id: D,
        source: 'command',
        preferences: { ...DEFAULT_PREFERENCES, style: 'full', postTypes: ['note'] },
        state: 'active',
        position: 0,
      },
      entry: { seq: 1, action: 'post', key: arrival.note.key },
      note: arrival.note,
      receipts: [],
      attempts: 0,
    });
  });

  test('each destination has one task at most, the furthest behind first; busy and other platforms are left out', async () => {
    for (const id of ['discord:1', 'discord:2', 'discord:3', 'telegram:9']) await subscribe(bench.store, id);
    await bench.store.journal.accept([news({ words: 'a' }), news({ words: 'b' })]);
    await deliverNext(bench.store, 'discord:1');
    expect(await dueLines(bench.store)).toEqual(['2 post a', '3 post a', '1 post b']);
    expect(await dueLines(bench.store, 0, new Set(['discord:2']))).toEqual(['3 post a', '1 post b']);
    expect(await bench.store.deliveries.nextTasks('discord', 0, 2, NOBODY)).toHaveLength(2);
    expect(await bench.store.deliveries.nextTasks('discord', 0, 0, NOBODY)).toEqual([]);
    expect(
      (await bench.store.deliveries.nextTasks('telegram', 0, 9, NOBODY)).map(({ entry }) => entry.seq),
    ).toEqual([1]);
  });

  test('destinations that want nothing do not hide those who do', async () => {
    for (let n = 0; n < 30; n++)
      await subscribe(bench.store, `discord:${n}`, n === 29 ? ['note', 'photo'] : ['photo']);
    await bench.store.journal.accept([news({ name: 'p', postType: 'photo' }), news({ words: 'a' })]);
    await deleteNotes(bench.store, ['p']);
    expect(await dueLines(bench.store)).toEqual(['29 post a']);
    expect((await bench.store.stats.totals()).waiting).toBe(2);
  });

  test('parts are remembered one by one, and the last one settles', async () => {
    await subscribe(bench.store, D);
    await bench.store.journal.accept([news({ words: 'a' })]);
    const task = await theTask();
    await bench.store.deliveries.recordIntent(D, 1, 0);
    await bench.store.deliveries.recordReceipt(D, 1, task.entry.key, part(task, 0), false);
    const next = await theTask();
    expect(next.receipts).toEqual([part(task, 0)]);
    expect(next).not.toHaveProperty('uncertainPart');
    await bench.store.deliveries.recordIntent(D, 1, 1);
    await bench.store.deliveries.recordReceipt(D, 1, task.entry.key, part(task, 1), true);
    expect(await dueLines(bench.store)).toEqual([]);
    expect((await bench.store.destinations.get(D))?.position).toBe(1);
  });

  test('what many ask for at once happens in that order, and before the store is closed', async () => {
    const other = 'discord:2';
    const asked = [
      subscribe(bench.store, D),
      subscribe(bench.store, other),
      bench.store.deliveries.recordIntent(D, 1, 0),
      bench.store.deliveries.skip(D, 1),
      bench.store.destinations.unsubscribe(other),
    ];
    await bench.store.close();
    await Promise.all(asked);
    const afterwards = await bench.reopen();
    expect(await afterwards.destinations.list()).toEqual([expect.objectContaining({ id: D, position: 1 })]);
  });

  test('after a crash between begin and delivered the part is in doubt', async () => {
    await subscribe(bench.store, D);
    await bench.store.journal.accept([news({ words: 'a' })]);
    const task = await theTask();
    await bench.store.deliveries.recordIntent(D, 1, 0);
    await bench.store.deliveries.recordReceipt(D, 1, task.entry.key, part(task, 0), false);
    await bench.store.deliveries.recordIntent(D, 1, 1);
    const afterwards = await bench.reopen();
    expect(await theTask(afterwards)).toMatchObject({
      uncertainPart: 1,
      receipts: [part(task, 0)],
      attempts: 0,
    });
    await afterwards.deliveries.recordIntent(D, 1, 1);
    await afterwards.deliveries.postpone(D, 1, 5, false);
    expect(await theTask(afterwards, 5)).toMatchObject({ uncertainPart: 1, attempts: 1 });
    await afterwards.deliveries.recordReceipt(D, 1, task.entry.key, part(task, 1), true);
    await deleteNotes(afterwards, [], [], T0);
    expect(await dueLines(afterwards)).toEqual([]);
  });

  test('a try that surely failed leaves no doubt, one that may have arrived does', async () => {
    await subscribe(bench.store, D);
    await bench.store.journal.accept([news({ words: 'a' })]);
    await bench.store.deliveries.recordIntent(D, 1, 0);
    await bench.store.deliveries.postpone(D, 1, 10, false);
    expect(await theTask(bench.store, 10)).not.toHaveProperty('uncertainPart');
    await bench.store.deliveries.recordIntent(D, 1, 0);
    await bench.store.deliveries.postpone(D, 1, 20, true);
    expect(await theTask(bench.store, 20)).toMatchObject({ uncertainPart: 0, attempts: 2 });
  });

  test('a postponed destination waits, and says until when', async () => {
    await subscribe(bench.store, D);
    await subscribe(bench.store, 'discord:2');
    expect(await bench.store.deliveries.nextDueMs('discord', 0)).toBeUndefined();
    await bench.store.journal.accept([news({ words: 'a' }), news({ words: 'b' })]);
    expect(await bench.store.deliveries.nextDueMs('discord', 0)).toBeUndefined();
    await bench.store.deliveries.postpone(D, 1, 5_000, false);
    await bench.store.deliveries.postpone('discord:2', 1, 4_000, false);
    expect(await bench.store.deliveries.nextDueMs('discord', 0)).toBe(4_000);
    expect(await bench.store.deliveries.nextDueMs('telegram', 0)).toBeUndefined();
    expect(await dueLines(bench.store, 3_999)).toEqual([]);
    expect(await dueLines(bench.store, 4_000)).toEqual(['2 post a']);
    await bench.store.deliveries.skip('discord:2', 1);
    expect(await bench.store.deliveries.nextDueMs('discord', 0)).toBe(5_000);
    expect(await dueLines(bench.store, 0)).toEqual(['2 post b']);
    expect((await theTask()).attempts).toBe(0);
    await deleteNotes(bench.store, ['a', 'b']);
    await bench.store.destinations.unsubscribe(D);
    expect(await bench.store.deliveries.nextDueMs('discord', 0)).toBeUndefined();
  });

  test('nothing is postponed beyond what is asked for last', async () => {
    await subscribe(bench.store, D);
    await subscribe(bench.store, 'discord:2');
    await subscribe(bench.store, 'telegram:9');
    await bench.store.journal.accept([news({ words: 'a' })]);
    for (const [id, ms] of [
      [D, 9_000],
      ['discord:2', 3_000],
      ['telegram:9', 9_000],
    ] as const)
      await bench.store.deliveries.postpone(id, 1, ms, false);
    await bench.store.deliveries.clampPostponed('discord', 5_000);
    expect(await bench.store.deliveries.nextDueMs('discord', 0)).toBe(3_000);
    expect(await bench.store.deliveries.nextDueMs('discord', 3_000)).toBe(5_000);
    expect(await bench.store.deliveries.nextDueMs('discord', 5_000)).toBeUndefined();
    expect(await bench.store.deliveries.nextDueMs('telegram', 0)).toBe(9_000);
  });

  test('a post that is taken back while a part is in doubt is not passed over in silence, nor along with others', async () => {
    await subscribe(bench.store, 'discord:2');
    await subscribe(bench.store, D);
    await bench.store.journal.accept([news({ name: 'a' }), news({ words: 'b' })]);
    await bench.store.deliveries.recordIntent(D, 1, 0);
    await deleteNotes(bench.store, ['a']);
    expect(await dueLines(bench.store)).toEqual(['1 post -', '2 post b']);
    expect(await theTask()).toMatchObject({ uncertainPart: 0, receipts: [] });
    await bench.store.deliveries.skip(D, 1);
    expect((await dueLines(bench.store)).toSorted()).toEqual(['1 post b', '2 post b']);
  });

  test('a skipped entry is settled without a message', async () => {
    await subscribe(bench.store, D);
    await bench.store.journal.accept([news({ name: 'a' }), news({ words: 'b' })]);
    await bench.store.deliveries.skip(D, 1);
    await deleteNotes(bench.store, ['a']);
    expect(await deliverNext(bench.store, D)).toBe('post b');
    expect(await deliverNext(bench.store, D)).toBeUndefined();
  });

  test('settling an older entry again moves nothing back', async () => {
    await subscribe(bench.store, D);
    await bench.store.journal.accept([news({ words: 'a' }), news({ words: 'b' })]);
    await bench.store.deliveries.skip(D, 2);
    await bench.store.deliveries.skip(D, 1);
    expect((await bench.store.destinations.get(D))?.position).toBe(2);
  });

  test('removed parts are forgotten from a part on', async () => {
    await subscribe(bench.store, D);
    await bench.store.journal.accept([news({ name: 'a' })]);
    const task = await theTask();
    for (const n of [0, 1, 2])
      await bench.store.deliveries.recordReceipt(D, 1, task.entry.key, part(task, n), n === 2);
    await deleteNotes(bench.store, ['a']);
    await bench.store.deliveries.recordRemoval(D, 2, task.entry.key, 1, false);
    expect((await theTask()).receipts.map(({ receipt }) => receipt)).toEqual(['m0']);
    await bench.store.deliveries.recordRemoval(D, 2, task.entry.key, 0, true);
    expect(await dueLines(bench.store)).toEqual([]);
  });

  test('a post in hand that is taken back meanwhile is deleted afterwards', async () => {
    await subscribe(bench.store, D);
    await subscribe(bench.store, 'discord:2');
    await bench.store.journal.accept([news({ name: 'a' })]);
    const task = await theTask();
    const busy = new Set([task.destination.id]);
    await bench.store.deliveries.recordIntent(D, 1, 0);
    await deleteNotes(bench.store, ['a']);
    expect(await dueLines(bench.store, 0, busy)).toEqual([]);
    await bench.store.deliveries.recordReceipt(D, 1, task.entry.key, part(task, 0), true);
    expect(await dueLines(bench.store)).toEqual(['1 delete -']);
  });

  test('an answer to a note that stands there names its first message', async () => {
    await subscribe(bench.store, D, ['note', 'reply']);
    await subscribe(bench.store, 'discord:2', ['reply']);
    await bench.store.journal.accept([
      news({ name: 'root' }),
      news({ name: 'answer', postType: 'reply', replyTo: idOf('root') }),
      news({ d: 'ore', name: 'v1' }),
      news({ name: 'to version', postType: 'reply', replyTo: idOf('v1') }),
      news({ name: 'to address', postType: 'reply', replyTo: addressOf('ore') }),
    ]);
    const replyTo = async (id = D) =>
      (await bench.store.deliveries.nextTasks('discord', 0, 9, NOBODY)).find(
        ({ destination }) => destination.id === id,
      )?.replyTo;
    await deliverNext(bench.store, D);
    expect(await replyTo('discord:2')).toBeUndefined();
    expect(await replyTo()).toBe('message 1');
    await bench.store.journal.accept([news({ d: 'ore', name: 'v2', at: T0 + 1 })]);
    for (const _ of ['answer', 'article']) await deliverNext(bench.store, D);
    expect(await replyTo()).toBe('message 3');
    await deliverNext(bench.store, D);
    expect(await replyTo()).toBe('message 3');
  });

  test('what comes for a destination that left meanwhile is let go', async () => {
    await bench.store.deliveries.recordIntent('discord:7', 1, 0);
    await bench.store.deliveries.recordReceipt(
      'discord:7',
      1,
      idOf('a'),
      { noteId: idOf('a'), part: 0, receipt: 'm' },
      true,
    );
    await bench.store.deliveries.recordRemoval('discord:7', 1, idOf('a'), 0, true);
    await bench.store.deliveries.postpone('discord:7', 1, 1, true);
    await bench.store.destinations.suspend('discord:7', 'kicked', true);
    expect(await bench.store.destinations.get('discord:7')).toBeUndefined();
  });
}
