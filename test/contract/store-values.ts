import { expect, test } from 'vitest';
import type { StoreContext } from './store-engine.fixture.ts';

/** One `Keyv` per namespace. */
export function describeValues(context: StoreContext): void {
  test('values survive a restart, by namespace', async () => {
    await context.store.values.keyv<{ n: number }>('settings').set('it is "mine"', { n: 1 });
    await context.store.values.keyv('cache').set('other', 'there');
    await context.store.close();
    const again = await context.reopen();
    expect(await again.values.keyv('settings').get('it is "mine"')).toEqual({ n: 1 });
    expect(await again.values.keyv('cache').get('it is "mine"')).toBeUndefined();
    expect(again.values.keyv('settings')).toBe(again.values.keyv('settings'));
  });

  test('values are changed, deleted and cleared, one or many', async () => {
    const keyv = context.store.values.keyv<string>('one');
    const other = context.store.values.keyv<string>('two');
    await other.set('a', 'stays');
    await keyv.set('a', '1');
    await keyv.set('a', '2');
    await keyv.setMany([
      { key: 'b', value: '3' },
      { key: 'c', value: '4' },
    ]);
    expect(await keyv.getMany(['a', 'b', 'c', 'd'])).toEqual(['2', '3', '4', undefined]);
    expect(await keyv.has('a')).toBe(true);
    expect(await keyv.delete('a')).toBe(true);
    expect(await keyv.delete('a')).toBe(false);
    expect(await keyv.deleteMany(['b', 'x'])).toEqual([true, false]);
    expect(await keyv.hasMany(['a', 'c'])).toEqual([false, true]);
    await keyv.clear();
    expect(await keyv.get('c')).toBeUndefined();
    expect(await other.get('a')).toBe('stays');
  });

  test('all values of a namespace are listed', async () => {
    const keyv = context.store.values.keyv<number>('many');
    await context.store.values.keyv('few').set('x', 1);
    for (let n = 0; n < 250; n++) await keyv.set(`k${n}`, n);
    const found = new Map<string, number>();
    for await (const [key, value] of keyv.iterator()) found.set(key, Number(value));
    expect(found.size).toBe(250);
    expect(found.get('k249')).toBe(249);
  });

  test('an expired value is gone, and maintenance deletes its row', async () => {
    let ahead = 0;
    const store = await context.reopen(() => Date.now() + ahead);
    const keyv = store.values.keyv<string>('cache');
    await keyv.set('brief', 'x', 60_000);
    await keyv.set('lasting', 'y');
    expect(await keyv.get('brief')).toBe('x');
    ahead = 61_000;
    expect(await keyv.get('brief')).toBeUndefined();
    expect(await keyv.has('brief')).toBe(false);
    expect(await keyv.get('lasting')).toBe('y');
    await store.maintain(Date.now() + ahead);
    ahead = 0;
    expect(await keyv.get('brief')).toBeUndefined();
  });

  test('a failed write rejects', async () => {
    const keyv = context.store.values.keyv<string>('settings');
    await context.store.close();
    await expect(keyv.set('a', 'b')).rejects.toBeInstanceOf(Error);
  });
}
