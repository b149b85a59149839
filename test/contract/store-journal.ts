import { expect, test } from 'vitest';
import type { StoreContext } from './store-engine.fixture.ts';
import { deleteNotes, deliverNext, dueLines, news, old, subscribe, T0 } from './store-notes.fixture.ts';

/** What is journaled, and which destinations skip it. */
export function describeJournal(context: StoreContext): void {
  const D = 'discord:1';
  const position = async (id = D) => (await context.store.destinations.get(id))?.position;
  const article = (version: number) => ({ d: 'ore', words: `v${version}`, at: T0 + version });

  test('news is journaled in order of arrival; other notes are not', async () => {
    await subscribe(context.store, D);
    await context.store.journal.accept([
      news({ words: 'b', at: T0 + 1 }),
      old({ words: 'x' }),
      news({ words: 'a' }),
    ]);
    expect(await deliverNext(context.store, D)).toBe('post b');
    expect(await deliverNext(context.store, D)).toBe('post a');
    expect(await deliverNext(context.store, D)).toBeUndefined();
  });

  test('news is visible and due before acceptance resolves', async () => {
    await subscribe(context.store, D);
    let due: Promise<readonly string[]> | undefined;
    await context.store.journal.accept([news({ words: 'a' })], () => {
      due = dueLines(context.store);
    });
    expect(await due).toEqual(['1 post a']);
  });

  test('up-to-date destinations skip unwanted posts at once', async () => {
    await subscribe(context.store, D, ['photo']);
    await subscribe(context.store, 'telegram:2', ['photo', 'note']);
    await context.store.journal.accept([news({ words: 'a' }), news({ words: 'b' })]);
    expect([await position(), await position('telegram:2')]).toEqual([2, 0]);
    await context.store.journal.accept([
      news({ words: 'c' }),
      news({ words: 'd', postType: 'photo' }),
      news({ words: 'e' }),
    ]);
    expect([await position(), await position('telegram:2')]).toEqual([3, 0]);
    expect(await deliverNext(context.store, D)).toBe('post d');
    expect(await dueLines(context.store)).toEqual([]);
    expect(await position()).toBe(5);
  });

  test('destinations that are behind skip unwanted posts in turn', async () => {
    await subscribe(context.store, D, ['photo']);
    await context.store.journal.accept([news({ words: 'a', postType: 'photo' })]);
    for (let n = 0; n < 450; n++) await context.store.journal.accept([news({ words: `no ${n}` })]);
    await context.store.journal.accept([news({ words: 'z', postType: 'photo' }), news({ words: 'y' })]);
    expect(await position()).toBe(0);
    expect(await deliverNext(context.store, D)).toBe('post a');
    expect(await deliverNext(context.store, D)).toBe('post z');
    expect(await dueLines(context.store)).toEqual([]);
    expect(await position()).toBe(453);
  });

  test('a post deleted before its delivery is skipped', async () => {
    await subscribe(context.store, D);
    await context.store.journal.accept([news({ name: 'a' }), news({ words: 'b' })]);
    await deleteNotes(context.store, ['a']);
    expect(await dueLines(context.store)).toEqual(['1 post b']);
    await deliverNext(context.store, D);
    expect(await dueLines(context.store)).toEqual([]);
    expect(await position()).toBe(3);
  });

  test('a delete is due only where the post was delivered', async () => {
    await subscribe(context.store, D);
    await subscribe(context.store, 'discord:2', ['photo']);
    await context.store.journal.accept([news({ name: 'a' })]);
    await deliverNext(context.store, D);
    await subscribe(context.store, 'discord:3');
    await deleteNotes(context.store, ['a']);
    expect(await dueLines(context.store)).toEqual(['1 delete -']);
    expect(await position('discord:2')).toBe(2);
    expect(await position('discord:3')).toBe(2);
    await deliverNext(context.store, D);
    expect((await context.store.stats.totals()).waiting).toBe(0);
  });

  test('deleting a note that is no news is not journaled', async () => {
    await subscribe(context.store, D);
    await context.store.journal.accept([old({ name: 'a' })]);
    expect(await deleteNotes(context.store, ['a', 'never seen'], ['nothing'])).toBe(1);
    expect(await position()).toBe(0);
    expect((await context.store.stats.totals()).waiting).toBe(0);
  });

  test('an edit is due where the note was delivered', async () => {
    await subscribe(context.store, D);
    await context.store.journal.accept([news(article(1))]);
    await deliverNext(context.store, D);
    await context.store.journal.accept([news(article(3)), news(article(2))]);
    const [task] = await context.store.deliveries.nextTasks('discord', 0, 1, new Set());
    expect(task).toMatchObject({
      entry: { action: 'replace' },
      receipts: [{ part: 0, receipt: 'message 1' }],
    });
    expect(await deliverNext(context.store, D)).toBe('replace v3');
    expect(await deliverNext(context.store, D)).toBeUndefined();
  });

  test('an edit is due even if it is no news itself', async () => {
    await subscribe(context.store, D);
    await context.store.journal.accept([news(article(1))]);
    await deliverNext(context.store, D);
    await context.store.journal.accept([old(article(2))]);
    expect(await deliverNext(context.store, D)).toBe('replace v2');
  });

  test('a late post shows the newest version, and its edit is skipped', async () => {
    await subscribe(context.store, D);
    await context.store.journal.accept([news(article(1))]);
    await context.store.journal.accept([news(article(2)), news({ words: 'next' })]);
    await context.store.journal.accept([news(article(3))]);
    expect(await deliverNext(context.store, D)).toBe('post v3');
    expect(await deliverNext(context.store, D)).toBe('post next');
    expect(await deliverNext(context.store, D)).toBeUndefined();
    expect(await position()).toBe(4);
  });

  test('an edit of a note that is no news is not journaled', async () => {
    await subscribe(context.store, D);
    await context.store.journal.accept([old(article(1))]);
    expect(await context.store.journal.accept([news(article(2))])).toEqual(['replaced']);
    expect(await dueLines(context.store)).toEqual([]);
  });

  test('an edit is skipped if nothing was delivered or the note was deleted', async () => {
    await subscribe(context.store, D);
    await context.store.journal.accept([news(article(1))]);
    await deliverNext(context.store, D);
    await subscribe(context.store, 'discord:2');
    await context.store.journal.accept([news(article(2))]);
    expect(await dueLines(context.store)).toEqual(['1 replace v2']);
    await deleteNotes(context.store, [], ['ore'], T0 + 2);
    expect(await dueLines(context.store)).toEqual(['1 delete -']);
  });

  test('an edit that has begun continues to its last part', async () => {
    await subscribe(context.store, D);
    await context.store.journal.accept([news(article(1))]);
    await deliverNext(context.store, D);
    await context.store.journal.accept([news(article(2))]);
    const [task] = await context.store.deliveries.nextTasks('discord', 0, 1, new Set());
    const { seq = 0, key = '' } = task?.entry ?? {};
    const part = (part: number) => ({ noteId: task?.note?.id ?? '', part, receipt: `m${part}` });
    await context.store.deliveries.recordReceipt(D, seq, key, part(0), false);
    expect(await dueLines(context.store)).toEqual(['1 replace v2']);
    await context.store.deliveries.recordReceipt(D, seq, key, part(1), true);
    expect(await dueLines(context.store)).toEqual([]);
  });

  test('an article republished after its deletion is posted once', async () => {
    await subscribe(context.store, D);
    await subscribe(context.store, 'discord:2');
    await context.store.journal.accept([news(article(1))]);
    await deliverNext(context.store, D);
    await deleteNotes(context.store, [], ['ore'], T0 + 2);
    await context.store.journal.accept([news(article(3))]);
    expect(await deliverNext(context.store, D)).toBe('delete -');
    expect(await deliverNext(context.store, D)).toBe('post v3');
    expect(await deliverNext(context.store, 'discord:2')).toBe('post v3');
    expect(await dueLines(context.store)).toEqual([]);
  });

  test('an expired note is deleted where it was delivered', async () => {
    await subscribe(context.store, D);
    await context.store.journal.accept([news({ words: 'brief', expiresAt: T0 + 60 })]);
    await deliverNext(context.store, D);
    expect(await context.store.journal.nextExpiryMs()).toBe((T0 + 60) * 1000);
    expect(await context.store.journal.deleteExpired((T0 + 60) * 1000 - 1)).toBe(0);
    expect(await context.store.journal.deleteExpired((T0 + 60) * 1000)).toBe(1);
    expect(await dueLines(context.store)).toEqual(['1 delete -']);
    expect(await context.store.journal.nextExpiryMs()).toBeUndefined();
  });

  test('hundreds of notes that expired before delivery are skipped', async () => {
    await subscribe(context.store, D);
    const brief = Array.from({ length: 450 }, (_, n) =>
      news({ name: `n${n}`, at: T0 + n, expiresAt: T0 + 600 }),
    );
    await context.store.journal.accept([...brief, news({ name: 'lasting', words: 'lasting', at: T0 + 500 })]);
    expect(await context.store.journal.deleteExpired((T0 + 601) * 1000)).toBe(450);
    expect(await deliverNext(context.store, D)).toBe('post lasting');
    expect(await deliverNext(context.store, D)).toBeUndefined();
  });
}
