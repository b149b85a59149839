import { expect, test } from 'vitest';
import { DEFAULT_PREFERENCES, type Preferences } from '../../src/preferences/preferences.ts';
import type { StoreContext } from './store-engine.fixture.ts';
import { deleteNotes, deliverNext, dueLines, news, subscribe } from './store-notes.fixture.ts';

export function describeDestinations(context: StoreContext): void {
  const D = 'discord:1';
  const state = async (id = D) => {
    const found = await context.store.destinations.get(id);
    return (
      found &&
      [found.state, found.position, found.reason ?? '-', found.preferences.postTypes.join(' ')].join()
    );
  };

  test('a new destination starts at the head of the journal', async () => {
    await context.store.journal.accept([news({ words: 'before' })]);
    expect(await subscribe(context.store, D)).toBe('added');
    await context.store.journal.accept([news({ words: 'after' })]);
    expect(await dueLines(context.store)).toEqual(['1 post after']);
  });

  test('subscribing again leaves the preferences alone', async () => {
    await subscribe(context.store, D, ['note', 'photo']);
    expect(await subscribe(context.store, D, ['video'])).toBe('already');
    expect(await state()).toBe('active,0,-,note photo');
  });

  test('a suspended destination resumes where it stood', async () => {
    await subscribe(context.store, D);
    await context.store.journal.accept([news({ words: 'a' })]);
    await context.store.destinations.suspend(D, 'may not write here', false);
    expect(await state()).toBe('suspended,0,may not write here,note');
    expect(await dueLines(context.store)).toEqual([]);
    expect(await context.store.destinations.resume(D)).toBe(true);
    expect(await context.store.destinations.resume(D)).toBe(false);
    expect(await dueLines(context.store)).toEqual(['1 post a']);
  });

  test('subscribing resumes a suspended destination with new preferences', async () => {
    await subscribe(context.store, D);
    await context.store.journal.accept([news({ words: 'a' }), news({ words: 'b', postType: 'photo' })]);
    await context.store.deliveries.postpone(D, 1, 9_999, false);
    await context.store.destinations.suspend(D, 'asleep', false);
    expect(await subscribe(context.store, D, ['photo'])).toBe('resumed');
    expect(await dueLines(context.store)).toEqual(['1 post b']);
  });

  test.each([
    {},
    { state: 'suspended' },
    { state: 'suspended', platform: 'telegram' },
    { platform: 'telegram' },
    { source: 'command', platform: 'telegram' },
    { within: 'telegram:-5' },
  ] as const)('of a list by %j the oldest can be had alone', async (filter) => {
    for (const id of ['discord:1', 'telegram:-5', 'telegram:-5/7', 'telegram:-5/12']) {
      await subscribe(context.store, id);
      await context.store.destinations.suspend(id, 'asleep', false);
    }
    const ids = async (limit?: number) =>
      (await context.store.destinations.list({ ...filter, ...(limit !== undefined && { limit }) })).map(
        ({ id }) => id,
      );
    expect(await ids(2)).toEqual((await ids()).slice(0, 2));
    expect(await ids()).toEqual([
      ...('platform' in filter || 'within' in filter ? [] : ['discord:1']),
      'telegram:-5',
      'telegram:-5/7',
      'telegram:-5/12',
    ]);
    expect(await ids(0)).toEqual([]);
  });

  test('a chat is listed with its topics and no others', async () => {
    for (const id of ['telegram:-5', 'telegram:-5/7', 'telegram:-5/12', 'telegram:-50', 'telegram:-50/7'])
      await subscribe(context.store, id);
    await context.store.destinations.suspend('telegram:-5/7', 'closed', false);
    const ids = async (filter: Parameters<typeof context.store.destinations.list>[0]) =>
      (await context.store.destinations.list(filter)).map(({ id }) => id);
    expect(await ids({ within: 'telegram:-5' })).toEqual(['telegram:-5', 'telegram:-5/7', 'telegram:-5/12']);
    expect(await ids({ within: 'telegram:-5', state: 'suspended' })).toEqual(['telegram:-5/7']);
    expect(await ids({ within: 'telegram:-5/12' })).toEqual(['telegram:-5/12']);
  });

  test('a gone destination that subscribes starts at the head', async () => {
    await subscribe(context.store, D);
    await context.store.journal.accept([news({ words: 'a' })]);
    await context.store.destinations.suspend(D, 'kicked', true);
    await context.store.destinations.suspend(D, 'may not write', false);
    expect(await state()).toBe('gone,0,kicked,note');
    expect(await subscribe(context.store, D)).toBe('resumed');
    expect(await state()).toBe('active,1,-,note');
  });

  test('a gone destination that is resumed continues where it stood', async () => {
    await subscribe(context.store, D);
    await context.store.journal.accept([news({ name: 'a' }), news({ words: 'b' })]);
    await deliverNext(context.store, D);
    await context.store.destinations.suspend(D, 'kicked', true);
    await deleteNotes(context.store, ['a']);
    expect(await dueLines(context.store)).toEqual([]);
    expect(await context.store.destinations.resume(D)).toBe(true);
    expect(await context.store.destinations.resume(D)).toBe(false);
    expect(await state()).toBe('active,1,-,note');
    expect(await dueLines(context.store)).toEqual(['1 post b']);
    await deliverNext(context.store, D);
    expect(await dueLines(context.store)).toEqual(['1 delete -']);
  });

  test('after 30 days a gone destination is deleted, unless configured', async () => {
    const days = (count: number) => count * 86_400_000;
    const store = await context.reopen(() => days(100));
    await subscribe(store, D);
    await subscribe(store, 'discord:2');
    await store.destinations.subscribe({
      id: 'discord:3',
      source: 'config',
      preferences: { ...DEFAULT_PREFERENCES, postTypes: ['note'] },
    });
    for (const id of [D, 'discord:3']) await store.destinations.suspend(id, 'kicked', true);
    await store.destinations.suspend('discord:2', 'may not write', false);
    // Reported again, the time of the first report counts.
    await (await context.reopen(() => days(120))).destinations.suspend(D, 'kicked', true);
    const kept = async () => (await store.destinations.list()).map(({ id }) => id);
    await store.maintain(days(130) - 1);
    expect(await kept()).toEqual([D, 'discord:2', 'discord:3']);
    await store.maintain(days(130));
    expect(await kept()).toEqual(['discord:2', 'discord:3']);
    expect(await store.destinations.resume('discord:3')).toBe(true);
  });

  test('a destination is deleted with its receipts', async () => {
    await subscribe(context.store, D);
    await context.store.journal.accept([news({ name: 'a' })]);
    await deliverNext(context.store, D);
    expect(await context.store.destinations.unsubscribe(D)).toBe(true);
    expect(await context.store.destinations.unsubscribe(D)).toBe(false);
    expect(await state()).toBeUndefined();
    await subscribe(context.store, D);
    await deleteNotes(context.store, ['a']);
    expect(await dueLines(context.store)).toEqual([]);
  });

  test('destinations are listed by source and state', async () => {
    await subscribe(context.store, D);
    await context.store.destinations.subscribe({
      id: 'telegram:-5/7',
      source: 'config',
      preferences: { ...DEFAULT_PREFERENCES, style: 'brief', postTypes: [] },
    });
    await context.store.destinations.suspend('telegram:-5/7', 'x', false);
    const ids = async (filter?: Parameters<typeof context.store.destinations.list>[0]) =>
      (await context.store.destinations.list(filter)).map(({ id }) => id);
    expect(await ids()).toEqual([D, 'telegram:-5/7']);
    expect(await ids({ source: 'config' })).toEqual(['telegram:-5/7']);
    expect(await ids({ source: 'config', state: 'active' })).toEqual([]);
    expect(await ids({ state: 'active' })).toEqual([D]);
    expect((await context.store.destinations.get('telegram:-5/7'))?.preferences.postTypes).toEqual([]);
  });

  test('a destination that moves keeps position, preferences and receipts', async () => {
    await subscribe(context.store, D, ['note', 'photo']);
    await context.store.journal.accept([news({ name: 'a' }), news({ words: 'b' })]);
    await deliverNext(context.store, D);
    await context.store.destinations.move(D, 'discord:2');
    expect(await state()).toBeUndefined();
    expect(await state('discord:2')).toBe('active,1,-,note photo');
    await deliverNext(context.store, 'discord:2');
    await deleteNotes(context.store, ['a']);
    expect(await dueLines(context.store)).toEqual(['2 delete -']);
  });

  test('preferences survive suspension, moves and restarts', async () => {
    const { store } = context;
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

  test('moving to an existing destination merges both without repeats', async () => {
    await subscribe(context.store, D);
    await subscribe(context.store, 'discord:2', ['photo', 'note']);
    await context.store.journal.accept([news({ name: 'a' }), news({ words: 'b' })]);
    await deliverNext(context.store, D);
    await context.store.destinations.suspend('discord:2', 'old', true);
    await context.store.destinations.move(D, 'discord:2');
    await context.store.destinations.move('discord:9', 'discord:2');
    expect(await state()).toBeUndefined();
    expect(await state('discord:2')).toBe('active,1,-,note photo');
    await deliverNext(context.store, 'discord:2');
    await deleteNotes(context.store, ['a']);
    expect(await dueLines(context.store)).toEqual(['2 delete -']);
  });
}
