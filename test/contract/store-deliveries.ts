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

/** When tasks are due, and what a crash leaves behind. */
export function describeDeliveries(context: StoreContext): void {
  const D = 'discord:1';
  const theTask = async (store: Store = context.store, nowMs = 0): Promise<DeliveryTask> => {
    const [task] = await store.deliveries.nextTasks('discord', nowMs, 10, NOBODY);
    if (!task) throw new Error('Nothing is due');
    return task;
  };
  const part = (task: DeliveryTask, part: number) => ({
    noteId: task.note?.id ?? '',
    part,
    receipt: `m${part}`,
  });

  test('a task is complete', async () => {
    await subscribe(context.store, D);
    const arrival = news({ words: 'a' });
    await context.store.journal.accept([arrival]);
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

  test('one task per destination, the furthest behind first, without busy ones', async () => {
    for (const id of ['discord:1', 'discord:2', 'discord:3', 'telegram:9'])
      await subscribe(context.store, id);
    await context.store.journal.accept([news({ words: 'a' }), news({ words: 'b' })]);
    await deliverNext(context.store, 'discord:1');
    expect(await dueLines(context.store)).toEqual(['2 post a', '3 post a', '1 post b']);
    expect(await dueLines(context.store, 0, new Set(['discord:2']))).toEqual(['3 post a', '1 post b']);
    expect(await context.store.deliveries.nextTasks('discord', 0, 2, NOBODY)).toHaveLength(2);
    expect(await context.store.deliveries.nextTasks('discord', 0, 0, NOBODY)).toEqual([]);
    expect(
      (await context.store.deliveries.nextTasks('telegram', 0, 9, NOBODY)).map(({ entry }) => entry.seq),
    ).toEqual([1]);
  });

  test('destinations that want nothing do not hide one that does', async () => {
    for (let n = 0; n < 30; n++)
      await subscribe(context.store, `discord:${n}`, n === 29 ? ['note', 'photo'] : ['photo']);
    await context.store.journal.accept([news({ name: 'p', postType: 'photo' }), news({ words: 'a' })]);
    await deleteNotes(context.store, ['p']);
    expect(await dueLines(context.store)).toEqual(['29 post a']);
    expect((await context.store.stats.totals()).waiting).toBe(2);
  });

  test('each part has a receipt, and the last one settles the entry', async () => {
    await subscribe(context.store, D);
    await context.store.journal.accept([news({ words: 'a' })]);
    const task = await theTask();
    await context.store.deliveries.recordIntent(D, 1, 0);
    await context.store.deliveries.recordReceipt(D, 1, task.entry.key, part(task, 0), false);
    const next = await theTask();
    expect(next.receipts).toEqual([part(task, 0)]);
    expect(next).not.toHaveProperty('uncertainPart');
    await context.store.deliveries.recordIntent(D, 1, 1);
    await context.store.deliveries.recordReceipt(D, 1, task.entry.key, part(task, 1), true);
    expect(await dueLines(context.store)).toEqual([]);
    expect((await context.store.destinations.get(D))?.position).toBe(1);
  });

  test('concurrent changes keep their order and complete before close', async () => {
    const other = 'discord:2';
    const asked = [
      subscribe(context.store, D),
      subscribe(context.store, other),
      context.store.deliveries.recordIntent(D, 1, 0),
      context.store.deliveries.skip(D, 1),
      context.store.destinations.unsubscribe(other),
    ];
    await context.store.close();
    await Promise.all(asked);
    const afterwards = await context.reopen();
    expect(await afterwards.destinations.list()).toEqual([expect.objectContaining({ id: D, position: 1 })]);
  });

  test('after a crash between intent and receipt the part is uncertain', async () => {
    await subscribe(context.store, D);
    await context.store.journal.accept([news({ words: 'a' })]);
    const task = await theTask();
    await context.store.deliveries.recordIntent(D, 1, 0);
    await context.store.deliveries.recordReceipt(D, 1, task.entry.key, part(task, 0), false);
    await context.store.deliveries.recordIntent(D, 1, 1);
    const afterwards = await context.reopen();
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

  test('only an attempt that may have sent the part leaves it uncertain', async () => {
    await subscribe(context.store, D);
    await context.store.journal.accept([news({ words: 'a' })]);
    await context.store.deliveries.recordIntent(D, 1, 0);
    await context.store.deliveries.postpone(D, 1, 10, false);
    expect(await theTask(context.store, 10)).not.toHaveProperty('uncertainPart');
    await context.store.deliveries.recordIntent(D, 1, 0);
    await context.store.deliveries.postpone(D, 1, 20, true);
    expect(await theTask(context.store, 20)).toMatchObject({ uncertainPart: 0, attempts: 2 });
  });

  test('a postponed destination waits until it is due', async () => {
    await subscribe(context.store, D);
    await subscribe(context.store, 'discord:2');
    expect(await context.store.deliveries.nextDueMs('discord', 0)).toBeUndefined();
    await context.store.journal.accept([news({ words: 'a' }), news({ words: 'b' })]);
    expect(await context.store.deliveries.nextDueMs('discord', 0)).toBeUndefined();
    await context.store.deliveries.postpone(D, 1, 5_000, false);
    await context.store.deliveries.postpone('discord:2', 1, 4_000, false);
    expect(await context.store.deliveries.nextDueMs('discord', 0)).toBe(4_000);
    expect(await context.store.deliveries.nextDueMs('telegram', 0)).toBeUndefined();
    expect(await dueLines(context.store, 3_999)).toEqual([]);
    expect(await dueLines(context.store, 4_000)).toEqual(['2 post a']);
    await context.store.deliveries.skip('discord:2', 1);
    expect(await context.store.deliveries.nextDueMs('discord', 0)).toBe(5_000);
    expect(await dueLines(context.store, 0)).toEqual(['2 post b']);
    expect((await theTask()).attempts).toBe(0);
    await deleteNotes(context.store, ['a', 'b']);
    await context.store.destinations.unsubscribe(D);
    expect(await context.store.deliveries.nextDueMs('discord', 0)).toBeUndefined();
  });

  test('postponements are clamped per platform', async () => {
    await subscribe(context.store, D);
    await subscribe(context.store, 'discord:2');
    await subscribe(context.store, 'telegram:9');
    await context.store.journal.accept([news({ words: 'a' })]);
    for (const [id, ms] of [
      [D, 9_000],
      ['discord:2', 3_000],
      ['telegram:9', 9_000],
    ] as const)
      await context.store.deliveries.postpone(id, 1, ms, false);
    await context.store.deliveries.clampPostponed('discord', 5_000);
    expect(await context.store.deliveries.nextDueMs('discord', 0)).toBe(3_000);
    expect(await context.store.deliveries.nextDueMs('discord', 3_000)).toBe(5_000);
    expect(await context.store.deliveries.nextDueMs('discord', 5_000)).toBeUndefined();
    expect(await context.store.deliveries.nextDueMs('telegram', 0)).toBe(9_000);
  });

  test('a deleted post with an uncertain part is not skipped', async () => {
    await subscribe(context.store, 'discord:2');
    await subscribe(context.store, D);
    await context.store.journal.accept([news({ name: 'a' }), news({ words: 'b' })]);
    await context.store.deliveries.recordIntent(D, 1, 0);
    await deleteNotes(context.store, ['a']);
    expect(await dueLines(context.store)).toEqual(['1 post -', '2 post b']);
    expect(await theTask()).toMatchObject({ uncertainPart: 0, receipts: [] });
    await context.store.deliveries.skip(D, 1);
    expect((await dueLines(context.store)).toSorted()).toEqual(['1 post b', '2 post b']);
  });

  test('a skipped entry is settled without a message', async () => {
    await subscribe(context.store, D);
    await context.store.journal.accept([news({ name: 'a' }), news({ words: 'b' })]);
    await context.store.deliveries.skip(D, 1);
    await deleteNotes(context.store, ['a']);
    expect(await deliverNext(context.store, D)).toBe('post b');
    expect(await deliverNext(context.store, D)).toBeUndefined();
  });

  test('settling an older entry again changes nothing', async () => {
    await subscribe(context.store, D);
    await context.store.journal.accept([news({ words: 'a' }), news({ words: 'b' })]);
    await context.store.deliveries.skip(D, 2);
    await context.store.deliveries.skip(D, 1);
    expect((await context.store.destinations.get(D))?.position).toBe(2);
  });

  test('a removal deletes receipts from a part on', async () => {
    await subscribe(context.store, D);
    await context.store.journal.accept([news({ name: 'a' })]);
    const task = await theTask();
    for (const n of [0, 1, 2])
      await context.store.deliveries.recordReceipt(D, 1, task.entry.key, part(task, n), n === 2);
    await deleteNotes(context.store, ['a']);
    await context.store.deliveries.recordRemoval(D, 2, task.entry.key, 1, false);
    expect((await theTask()).receipts.map(({ receipt }) => receipt)).toEqual(['m0']);
    await context.store.deliveries.recordRemoval(D, 2, task.entry.key, 0, true);
    expect(await dueLines(context.store)).toEqual([]);
  });

  test('a post that is deleted while it is sent is removed afterwards', async () => {
    await subscribe(context.store, D);
    await subscribe(context.store, 'discord:2');
    await context.store.journal.accept([news({ name: 'a' })]);
    const task = await theTask();
    const busy = new Set([task.destination.id]);
    await context.store.deliveries.recordIntent(D, 1, 0);
    await deleteNotes(context.store, ['a']);
    expect(await dueLines(context.store, 0, busy)).toEqual([]);
    await context.store.deliveries.recordReceipt(D, 1, task.entry.key, part(task, 0), true);
    expect(await dueLines(context.store)).toEqual(['1 delete -']);
  });

  test('an answer names the first message of a delivered note', async () => {
    await subscribe(context.store, D, ['note', 'reply']);
    await subscribe(context.store, 'discord:2', ['reply']);
    await context.store.journal.accept([
      news({ name: 'root' }),
      news({ name: 'answer', postType: 'reply', replyTo: idOf('root') }),
      news({ d: 'ore', name: 'v1' }),
      news({ name: 'to version', postType: 'reply', replyTo: idOf('v1') }),
      news({ name: 'to address', postType: 'reply', replyTo: addressOf('ore') }),
    ]);
    const replyTo = async (id = D) =>
      (await context.store.deliveries.nextTasks('discord', 0, 9, NOBODY)).find(
        ({ destination }) => destination.id === id,
      )?.replyTo;
    await deliverNext(context.store, D);
    expect(await replyTo('discord:2')).toBeUndefined();
    expect(await replyTo()).toBe('message 1');
    await context.store.journal.accept([news({ d: 'ore', name: 'v2', at: T0 + 1 })]);
    for (const _ of ['answer', 'article']) await deliverNext(context.store, D);
    expect(await replyTo()).toBe('message 3');
    await deliverNext(context.store, D);
    expect(await replyTo()).toBe('message 3');
  });

  test('records for a deleted destination are ignored', async () => {
    await context.store.deliveries.recordIntent('discord:7', 1, 0);
    await context.store.deliveries.recordReceipt(
      'discord:7',
      1,
      idOf('a'),
      { noteId: idOf('a'), part: 0, receipt: 'm' },
      true,
    );
    await context.store.deliveries.recordRemoval('discord:7', 1, idOf('a'), 0, true);
    await context.store.deliveries.postpone('discord:7', 1, 1, true);
    await context.store.destinations.suspend('discord:7', 'kicked', true);
    expect(await context.store.destinations.get('discord:7')).toBeUndefined();
  });
}
