import { expect, test } from 'vitest';
import type { StoreContext } from './store-engine.fixture.ts';
import { deliverNext, news, subscribe } from './store-notes.fixture.ts';

/** Erasing a person. */
export function describeForget(context: StoreContext): void {
  const ME = ['telegram:5', 'discord:@5', 'kq3f-9xam'];
  const forget = () => context.store.forget(ME);

  test("a person's chats are deleted with topics and receipts", async () => {
    for (const id of ['telegram:5', 'telegram:5/7', 'telegram:55', 'telegram:-5'])
      await subscribe(context.store, id);
    await context.store.journal.accept([news({ words: 'a' })]);
    for (const id of ['telegram:5', 'telegram:55']) await deliverNext(context.store, id);
    expect(await forget()).toEqual(['telegram:5', 'telegram:5/7']);
    expect((await context.store.destinations.list()).map(({ id }) => id)).toEqual([
      'telegram:55',
      'telegram:-5',
    ]);
    expect(await forget()).toEqual([]);
  });

  test.each<readonly [what: string, name: string, before: unknown, after: unknown]>([
    ['a value under their name', 'telegram:5', { language: 'en' }, undefined],
    ['a value under a name with theirs in it', 'maker telegram:5', ['telegram:9'], undefined],
    ['a value under a topic of theirs', 'maker telegram:5/7', 1, undefined],
    ['a value that names them', 'x', { asker: 'telegram:5', words: 'tides' }, undefined],
    ['a value that names them deep inside', 'x', { item: { to: { id: 'discord:@5' } } }, undefined],
    ['a value under their code', 'x', { line: '~ab tides', by: 'kq3f-9xam' }, undefined],
    ['a value by their name as a key', 'x', { 'telegram:5': 1 }, undefined],
    [
      'a list that names others, too',
      'x',
      ['telegram:1', 'telegram:5', 'telegram:9'],
      ['telegram:1', 'telegram:9'],
    ],
    ['a list of them alone', 'x', ['telegram:5'], undefined],
    ['a list of what names them', 'x', [{ at: 'telegram:5' }, { at: 'telegram:9' }], [{ at: 'telegram:9' }]],
    ['a list inside', 'x', { told: ['telegram:5', 'telegram:9'] }, { told: ['telegram:9'] }],
    ['others whose names begin so', 'telegram:55', { asker: 'telegram:55' }, { asker: 'telegram:55' }],
    ['words that only mention them', 'x', { words: 'ask telegram:5' }, { words: 'ask telegram:5' }],
  ])('%s', async (_, name, before, after) => {
    // Every namespace that isn't declared impersonal is searched.
    const values = context.store.values.keyv('brand-new');
    await values.set('other', { asker: 'telegram:9' });
    await values.set(name, before, 60_000);
    await forget();
    expect(await values.get(name)).toEqual(after);
    expect(await values.get('other')).toEqual({ asker: 'telegram:9' });
  });

  test('every one of hundreds of values is found', async () => {
    const values = context.store.values.keyv<string>('made');
    for (let n = 0; n < 1_200; n += 1) await values.set(`${n}`, n % 2 === 0 ? 'telegram:5' : 'telegram:9');
    await forget();
    let left = 0;
    for await (const [, value] of values.iterator()) {
      expect(value).toBe('telegram:9');
      left += 1;
    }
    expect(left).toBe(600);
  });

  test('impersonal values stay, even under a pseudonym', async () => {
    const blocks = context.store.values.keyv('proposal-block');
    await blocks.set('kq3f-9xam', { isBlocked: true });
    await forget();
    expect(await blocks.get('kq3f-9xam')).toEqual({ isBlocked: true });
  });
}
