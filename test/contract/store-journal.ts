import { expect, test } from 'vitest';
import type { StoreContext } from './store-engine.fixture.ts';
import { deleteNotes, deliverNext, dueLines, news, old, subscribe, T0 } from './store-notes.fixture.ts';

/** What enters the journal, and who still wants it. */
export function describeJournal(bench: StoreContext): void {
  const D = 'discord:1';
  const position = async (id = D) => (await bench.store.destinations.get(id))?.position;
  const article = (version: number) => ({ d: 'ore', words: `v${version}`, at: T0 + version });

  test('news reaches readers in the order of arrival, the archive alone does not', async () => {
    await subscribe(bench.store, D);
    await bench.store.journal.accept([
      news({ words: 'b', at: T0 + 1 }),
      old({ words: 'x' }),
      news({ words: 'a' }),
    ]);
    expect(await deliverNext(bench.store, D)).toBe('post b');
    expect(await deliverNext(bench.store, D)).toBe('post a');
    expect(await deliverNext(bench.store, D)).toBeUndefined();
  });

  test('news is seen, and due, no later than its acceptance settles', async () => {
    await subscribe(bench.store, D);
    let due: Promise<readonly string[]> | undefined;
    await bench.store.journal.accept([news({ words: 'a' })], () => {
      due = dueLines(bench.store);
    });
    expect(await due).toEqual(['1 post a']);
  });

  test('those who are up to date and do not want a post type are moved on at once', async () => {
    await subscribe(bench.store, D, ['photo']);
    await subscribe(bench.store, 'telegram:2', ['photo', 'note']);
    await bench.store.journal.accept([news({ words: 'a' }), news({ words: 'b' })]);
    expect([await position(), await position('telegram:2')]).toEqual([2, 0]);
    await bench.store.journal.accept([
      news({ words: 'c' }),
      news({ words: 'd', postType: 'photo' }),
      news({ words: 'e' }),
    ]);
    expect([await position(), await position('telegram:2')]).toEqual([3, 0]);
    expect(await deliverNext(bench.store, D)).toBe('post d');
    expect(await dueLines(bench.store)).toEqual([]);
    expect(await position()).toBe(5);
  });

  test('those who are behind pass over what they do not want when their turn comes', async () => {
    await subscribe(bench.store, D, ['photo']);
    await bench.store.journal.accept([news({ words: 'a', postType: 'photo' })]);
    for (let n = 0; n < 450; n++) await bench.store.journal.accept([news({ words: `no ${n}` })]);
    await bench.store.journal.accept([news({ words: 'z', postType: 'photo' }), news({ words: 'y' })]);
    expect(await position()).toBe(0);
    expect(await deliverNext(bench.store, D)).toBe('post a');
    expect(await deliverNext(bench.store, D)).toBe('post z');
    expect(await dueLines(bench.store)).toEqual([]);
    expect(await position()).toBe(453);
  });

  test('a post that was taken back before it was delivered never comes', async () => {
    await subscribe(bench.store, D);
    await bench.store.journal.accept([news({ name: 'a' }), news({ words: 'b' })]);
    await deleteNotes(bench.store, ['a']);
    expect(await dueLines(bench.store)).toEqual(['1 post b']);
    await deliverNext(bench.store, D);
    expect(await dueLines(bench.store)).toEqual([]);
    expect(await position()).toBe(3);
  });

  test('a delete comes where the post stands, and only there', async () => {
    await subscribe(bench.store, D);
    await subscribe(bench.store, 'discord:2', ['photo']);
    await bench.store.journal.accept([news({ name: 'a' })]);
    await deliverNext(bench.store, D);
    await subscribe(bench.store, 'discord:3');
    await deleteNotes(bench.store, ['a']);
    expect(await dueLines(bench.store)).toEqual(['1 delete -']);
    expect(await position('discord:2')).toBe(2);
    expect(await position('discord:3')).toBe(2);
    await deliverNext(bench.store, D);
    expect((await bench.store.stats.totals()).waiting).toBe(0);
  });

  test('a deletion of what readers never were to get enters no journal', async () => {
    await subscribe(bench.store, D);
    await bench.store.journal.accept([old({ name: 'a' })]);
    expect(await deleteNotes(bench.store, ['a', 'never seen'], ['nothing'])).toBe(1);
    expect(await position()).toBe(0);
    expect((await bench.store.stats.totals()).waiting).toBe(0);
  });

  test('an edit replaces what stands there', async () => {
    await subscribe(bench.store, D);
    await bench.store.journal.accept([news(article(1))]);
    await deliverNext(bench.store, D);
    await bench.store.journal.accept([news(article(3)), news(article(2))]);
    const [task] = await bench.store.deliveries.nextTasks('discord', 0, 1, new Set());
    expect(task).toMatchObject({
      entry: { action: 'replace' },
      receipts: [{ part: 0, receipt: 'message 1' }],
    });
    expect(await deliverNext(bench.store, D)).toBe('replace v3');
    expect(await deliverNext(bench.store, D)).toBeUndefined();
  });

  test('an edit replaces also where it came with the archive', async () => {
    await subscribe(bench.store, D);
    await bench.store.journal.accept([news(article(1))]);
    await deliverNext(bench.store, D);
    await bench.store.journal.accept([old(article(2))]);
    expect(await deliverNext(bench.store, D)).toBe('replace v2');
  });

  test('a post that is late shows the newest version, and the replace is passed over', async () => {
    await subscribe(bench.store, D);
    await bench.store.journal.accept([news(article(1))]);
    await bench.store.journal.accept([news(article(2)), news({ words: 'next' })]);
    await bench.store.journal.accept([news(article(3))]);
    expect(await deliverNext(bench.store, D)).toBe('post v3');
    expect(await deliverNext(bench.store, D)).toBe('post next');
    expect(await deliverNext(bench.store, D)).toBeUndefined();
    expect(await position()).toBe(4);
  });

  test('an edit of what was only archived is no news', async () => {
    await subscribe(bench.store, D);
    await bench.store.journal.accept([old(article(1))]);
    expect(await bench.store.journal.accept([news(article(2))])).toEqual(['replaced']);
    expect(await dueLines(bench.store)).toEqual([]);
  });

  test('a replace is passed over where nothing stands, or where the note was taken back since', async () => {
    await subscribe(bench.store, D);
    await bench.store.journal.accept([news(article(1))]);
    await deliverNext(bench.store, D);
    await subscribe(bench.store, 'discord:2');
    await bench.store.journal.accept([news(article(2))]);
    expect(await dueLines(bench.store)).toEqual(['1 replace v2']);
    await deleteNotes(bench.store, [], ['ore'], T0 + 2);
    expect(await dueLines(bench.store)).toEqual(['1 delete -']);
  });

  test('a replace that was begun goes on until its last part', async () => {
    await subscribe(bench.store, D);
    await bench.store.journal.accept([news(article(1))]);
    await deliverNext(bench.store, D);
    await bench.store.journal.accept([news(article(2))]);
    const [task] = await bench.store.deliveries.nextTasks('discord', 0, 1, new Set());
    const { seq = 0, key = '' } = task?.entry ?? {};
    const part = (part: number) => ({ noteId: task?.note?.id ?? '', part, receipt: `m${part}` });
    await bench.store.deliveries.recordReceipt(D, seq, key, part(0), false);
    expect(await dueLines(bench.store)).toEqual(['1 replace v2']);
    await bench.store.deliveries.recordReceipt(D, seq, key, part(1), true);
    expect(await dueLines(bench.store)).toEqual([]);
  });

  test('an article that comes back after its deletion is posted once, also where its first post is late', async () => {
    await subscribe(bench.store, D);
    await subscribe(bench.store, 'discord:2');
    await bench.store.journal.accept([news(article(1))]);
    await deliverNext(bench.store, D);
    await deleteNotes(bench.store, [], ['ore'], T0 + 2);
    await bench.store.journal.accept([news(article(3))]);
    expect(await deliverNext(bench.store, D)).toBe('delete -');
    expect(await deliverNext(bench.store, D)).toBe('post v3');
    expect(await deliverNext(bench.store, 'discord:2')).toBe('post v3');
    expect(await dueLines(bench.store)).toEqual([]);
  });

  test('what expires is deleted where it stands', async () => {
    await subscribe(bench.store, D);
    await bench.store.journal.accept([news({ words: 'brief', expiresAt: T0 + 60 })]);
    await deliverNext(bench.store, D);
    expect(await bench.store.journal.nextExpiryMs()).toBe((T0 + 60) * 1000);
    expect(await bench.store.journal.deleteExpired((T0 + 60) * 1000 - 1)).toBe(0);
    expect(await bench.store.journal.deleteExpired((T0 + 60) * 1000)).toBe(1);
    expect(await dueLines(bench.store)).toEqual(['1 delete -']);
    expect(await bench.store.journal.nextExpiryMs()).toBeUndefined();
  });

  test('what expires before it was delivered is not, and of hundreds none is left', async () => {
    await subscribe(bench.store, D);
    const brief = Array.from({ length: 450 }, (_, n) =>
      news({ name: `n${n}`, at: T0 + n, expiresAt: T0 + 600 }),
    );
    await bench.store.journal.accept([...brief, news({ name: 'lasting', words: 'lasting', at: T0 + 500 })]);
    expect(await bench.store.journal.deleteExpired((T0 + 601) * 1000)).toBe(450);
    expect(await deliverNext(bench.store, D)).toBe('post lasting');
    expect(await deliverNext(bench.store, D)).toBeUndefined();
  });
}
