import { expect, test } from 'vitest';
import { DEFAULT_PREFERENCES, type Preferences } from '../../src/preferences/preferences.ts';
import type { StoreContext } from './store-engine.fixture.ts';
import { deleteNotes, deliverNext, dueLines, news, subscribe } from './store-notes.fixture.ts';

export function describeDestinations(bench: StoreContext): void {
  const D = 'discord:1';
  const state = async (id = D) => {
    const found = await bench.store.destinations.get(id);
    return (
      found &&
      [found.state, found.position, found.reason ?? '-', found.preferences.postTypes.join(' ')].join()
    );
  };

  test('a new destination starts at the head of the journal', async () => {
    await bench.store.journal.accept([news({ words: 'before' })]);
    expect(await subscribe(bench.store, D)).toBe('added');
    await bench.store.journal.accept([news({ words: 'after' })]);
    expect(await dueLines(bench.store)).toEqual(['1 post after']);
  });

  test('subscribing again leaves the choices alone', async () => {
    await subscribe(bench.store, D, ['note', 'photo']);
    expect(await subscribe(bench.store, D, ['video'])).toBe('already');
    expect(await state()).toBe('active,0,-,note photo');
  });

  test('a suspended destination gets nothing until it goes on where it stood', async () => {
    await subscribe(bench.store, D);
    await bench.store.journal.accept([news({ words: 'a' })]);
    await bench.store.destinations.suspend(D, 'may not write here', false);
    expect(await state()).toBe('suspended,0,may not write here,note');
    expect(await dueLines(bench.store)).toEqual([]);
    expect(await bench.store.destinations.resume(D)).toBe(true);
    expect(await bench.store.destinations.resume(D)).toBe(false);
    expect(await dueLines(bench.store)).toEqual(['1 post a']);
  });

  test('subscribing resumes a suspended destination where it stood, with the new choices', async () => {
    await subscribe(bench.store, D);
    await bench.store.journal.accept([news({ words: 'a' }), news({ words: 'b', postType: 'photo' })]);
    await bench.store.deliveries.postpone(D, 1, 9_999, false);
    await bench.store.destinations.suspend(D, 'asleep', false);
    expect(await subscribe(bench.store, D, ['photo'])).toBe('resumed');
    expect(await dueLines(bench.store)).toEqual(['1 post b']);
  });

  test('a chat is found with its topics and nothing beside', async () => {
    for (const id of ['telegram:-5', 'telegram:-5/7', 'telegram:-5/12', 'telegram:-50', 'telegram:-50/7'])
      await subscribe(bench.store, id);
    await bench.store.destinations.suspend('telegram:-5/7', 'closed', false);
    const ids = async (filter: Parameters<typeof bench.store.destinations.list>[0]) =>
      (await bench.store.destinations.list(filter)).map(({ id }) => id);
    expect(await ids({ within: 'telegram:-5' })).toEqual(['telegram:-5', 'telegram:-5/7', 'telegram:-5/12']);
    expect(await ids({ within: 'telegram:-5', state: 'suspended' })).toEqual(['telegram:-5/7']);
    expect(await ids({ within: 'telegram:-5/12' })).toEqual(['telegram:-5/12']);
  });

  test('what is gone comes back at the head by subscribing', async () => {
    await subscribe(bench.store, D);
    await bench.store.journal.accept([news({ words: 'a' })]);
    await bench.store.destinations.suspend(D, 'kicked', true);
    await bench.store.destinations.suspend(D, 'may not write', false);
    expect(await state()).toBe('gone,0,kicked,note');
    expect(await subscribe(bench.store, D)).toBe('resumed');
    expect(await state()).toBe('active,1,-,note');
  });

  test('what is gone and let in again goes on where it stood', async () => {
    await subscribe(bench.store, D);
    await bench.store.journal.accept([news({ name: 'a' }), news({ words: 'b' })]);
    await deliverNext(bench.store, D);
    await bench.store.destinations.suspend(D, 'kicked', true);
    await deleteNotes(bench.store, ['a']);
    expect(await dueLines(bench.store)).toEqual([]);
    expect(await bench.store.destinations.resume(D)).toBe(true);
    expect(await bench.store.destinations.resume(D)).toBe(false);
    expect(await state()).toBe('active,1,-,note');
    expect(await dueLines(bench.store)).toEqual(['1 post b']);
    await deliverNext(bench.store, D);
    expect(await dueLines(bench.store)).toEqual(['1 delete -']);
  });

  test('what has been gone for 30 days is forgotten, unless the operator names it', async () => {
    const days = (count: number) => count * 86_400_000;
    const store = await bench.reopen(() => days(100));
    await subscribe(store, D);
    await subscribe(store, 'discord:2');
    await store.destinations.subscribe({
      id: 'discord:3',
      source: 'config',
      preferences: { ...DEFAULT_PREFERENCES, postTypes: ['note'] },
    });
    for (const id of [D, 'discord:3']) await store.destinations.suspend(id, 'kicked', true);
    await store.destinations.suspend('discord:2', 'may not write', false);
    // Being told again is no new beginning.
    await (await bench.reopen(() => days(120))).destinations.suspend(D, 'kicked', true);
    const kept = async () => (await store.destinations.list()).map(({ id }) => id);
    await store.maintain(days(130) - 1);
    expect(await kept()).toEqual([D, 'discord:2', 'discord:3']);
    await store.maintain(days(130));
    expect(await kept()).toEqual(['discord:2', 'discord:3']);
    expect(await store.destinations.resume('discord:3')).toBe(true);
  });

  test('a destination is forgotten with its receipts', async () => {
    await subscribe(bench.store, D);
    await bench.store.journal.accept([news({ name: 'a' })]);
    await deliverNext(bench.store, D);
    expect(await bench.store.destinations.unsubscribe(D)).toBe(true);
    expect(await bench.store.destinations.unsubscribe(D)).toBe(false);
    expect(await state()).toBeUndefined();
    await subscribe(bench.store, D);
    await deleteNotes(bench.store, ['a']);
    expect(await dueLines(bench.store)).toEqual([]);
  });

  test('destinations are listed by source and state', async () => {
    await subscribe(bench.store, D);
    await bench.store.destinations.subscribe({
      id: 'telegram:-5/7',
      source: 'config',
      preferences: { ...DEFAULT_PREFERENCES, style: 'brief', postTypes: [] },
    });
    await bench.store.destinations.suspend('telegram:-5/7', 'x', false);
    const ids = async (filter?: Parameters<typeof bench.store.destinations.list>[0]) =>
      (await bench.store.destinations.list(filter)).map(({ id }) => id);
    expect(await ids()).toEqual([D, 'telegram:-5/7']);
    expect(await ids({ source: 'config' })).toEqual(['telegram:-5/7']);
    expect(await ids({ source: 'config', state: 'active' })).toEqual([]);
    expect(await ids({ state: 'active' })).toEqual([D]);
    expect((await bench.store.destinations.get('telegram:-5/7'))?.preferences.postTypes).toEqual([]);
  });

  test('a destination that moves takes its position, choices and receipts along', async () => {
    await subscribe(bench.store, D, ['note', 'photo']);
    await bench.store.journal.accept([news({ name: 'a' }), news({ words: 'b' })]);
    await deliverNext(bench.store, D);
    await bench.store.destinations.move(D, 'discord:2');
    expect(await state()).toBeUndefined();
    expect(await state('discord:2')).toBe('active,1,-,note photo');
    await deliverNext(bench.store, 'discord:2');
    await deleteNotes(bench.store, ['a']);
    expect(await dueLines(bench.store)).toEqual(['2 delete -']);
  });

  test('other choices hold from then on, survive what becomes of a place, and are let go with it', async () => {
    const { store } = bench;
    const id = 'telegram:5';
    const choices: Preferences = {
      ...DEFAULT_PREFERENCES,
      postTypes: ['photo'],
      timeZone: 'Asia/Shanghai',
      silent: true,
    };
    const kept = async (of = id) => (await store.destinations.get(of))?.preferences;
    expect(await store.destinations.setPreferences(id, choices)).toBe(false);
    await store.destinations.subscribe({ id, source: 'command' });
    expect(await kept()).toEqual(DEFAULT_PREFERENCES);
    expect(await store.destinations.setPreferences(id, choices)).toBe(true);
    expect(await kept()).toEqual(choices);
    await store.destinations.suspend(id, 'blocked', true);
    await store.destinations.subscribe({ id, source: 'command' });
    expect(await kept()).toEqual(choices);
    await store.destinations.move(id, 'telegram:-100');
    expect(await kept('telegram:-100')).toEqual(choices);
    await store.destinations.unsubscribe('telegram:-100');
    await store.destinations.subscribe({ id: 'telegram:-100', source: 'command' });
    expect(await kept('telegram:-100')).toEqual(DEFAULT_PREFERENCES);
  });

  test('moving to where one is already makes one of the two, and repeats nothing', async () => {
    await subscribe(bench.store, D);
    await subscribe(bench.store, 'discord:2', ['photo', 'note']);
    await bench.store.journal.accept([news({ name: 'a' }), news({ words: 'b' })]);
    await deliverNext(bench.store, D);
    await bench.store.destinations.suspend('discord:2', 'old', true);
    await bench.store.destinations.move(D, 'discord:2');
    await bench.store.destinations.move('discord:9', 'discord:2');
    expect(await state()).toBeUndefined();
    expect(await state('discord:2')).toBe('active,1,-,note photo');
    await deliverNext(bench.store, 'discord:2');
    await deleteNotes(bench.store, ['a']);
    expect(await dueLines(bench.store)).toEqual(['2 delete -']);
  });
}
