import { expect, test } from 'vitest';
import { MAX_DESTINATIONS } from '../../src/delivery/quota.ts';
import { createSubscriptions } from '../../src/delivery/subscriptions.ts';
import { silentLog } from '../../src/lib/log.ts';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import { memoryStore, noteSaying } from './delivery.fixture.ts';

test('a new destination has the operator’s style', async () => {
  const store = memoryStore();
  const subscriptions = createSubscriptions({ store, wake: () => {}, log: silentLog });
  await subscriptions.applyConfig('discord', ['1']);
  await subscriptions.subscribe('telegram:2', { user: 'telegram:2', home: 'telegram:2' });
  expect(
    (await store.destinations.list()).map(({ id, source, preferences }) => [id, source, preferences.style]),
  ).toEqual([
    ['discord:1', 'config', ''],
    ['telegram:2', 'command', ''],
  ]);
  await subscriptions.applyConfig('discord', []);
  expect((await store.destinations.list()).map(({ id }) => id)).toEqual(['telegram:2']);
});

test('configured destinations that are there are only read, so that taking over takes no time', async () => {
  const store = memoryStore();
  let writes = 0;
  const counted =
    <Args extends readonly unknown[], T>(write: (...args: Args) => T) =>
    (...args: Args) => {
      writes += 1;
      return write(...args);
    };
  const { subscribe, resume, suspend } = store.destinations;
  const destinations = { ...store.destinations, subscribe: counted(subscribe), resume: counted(resume) };
  const subscriptions = createSubscriptions({
    store: { ...store, destinations },
    wake: () => {},
    log: silentLog,
  });
  await subscriptions.applyConfig('discord', ['1', '2', '3']);
  expect(writes).toBe(6);
  await suspend('discord:2', 'no rights', false);
  await subscriptions.applyConfig('discord', ['1', '2', '3']);
  expect(writes).toBe(8);
  expect((await store.destinations.list()).map(({ state }) => state)).toEqual(['active', 'active', 'active']);
});

test('a destination that returns keeps its preferences', async () => {
  const store = memoryStore();
  let woken = 0;
  const subscriptions = createSubscriptions({ store, wake: () => (woken += 1), log: silentLog });
  const subscription = {
    source: 'command',
    preferences: { ...DEFAULT_PREFERENCES, style: 'plain', postTypes: ['note'] },
  } as const;
  for (const id of ['telegram:-1', 'telegram:-1/5', 'telegram:-1/7'])
    await store.destinations.subscribe({ id, ...subscription });
  await store.journal.accept([{ note: noteSaying('missed'), news: true }]);
  await store.destinations.suspend('telegram:-1/5', 'closed', false);
  await store.destinations.suspend('telegram:-1/7', 'kicked', true);
  await subscriptions.destinationRestored('telegram:-1');
  expect((await store.destinations.list()).map(({ id, state, position }) => [id, state, position])).toEqual([
    ['telegram:-1', 'active', 0],
    ['telegram:-1/5', 'active', 0],
    ['telegram:-1/7', 'active', 0],
  ]);
  expect(await store.destinations.get('telegram:-1/7')).toMatchObject(subscription);
  expect(woken).toBe(2);
});

test('subscriptions are limited per user and server', async () => {
  const store = memoryStore();
  const subscriptions = createSubscriptions({ store, wake: () => {}, log: silentLog });
  const subscribe = (n: number, home: number, user = 'discord:7') =>
    subscriptions.subscribe(`discord:${n}`, { user, home: `discord:${home}` });
  const outcomes = await Promise.all(
    Array.from({ length: MAX_DESTINATIONS.home + 20 }, (_, n) =>
      subscribe(n, 1_000_000, `discord:asker ${n}`),
    ),
  );
  expect(outcomes.filter((outcome) => outcome === 'added')).toHaveLength(MAX_DESTINATIONS.home);
  for (let n = 0; n < MAX_DESTINATIONS.user; n += 1)
    expect(await subscribe(1_000 + n, 2_000_000 + n)).toBe('added');
  expect(await subscribe(5_000, 3_000_000)).toBe('full');
  expect(await subscribe(5_000, 3_000_000, 'discord:8')).toBe('added');
  await subscriptions.applyConfig('discord', ['6000']);
  expect(await store.destinations.list()).toHaveLength(MAX_DESTINATIONS.home + MAX_DESTINATIONS.user + 2);
});

test('a failing store does not block the next user', async () => {
  const store = memoryStore();
  let isBroken = true;
  const subscribe: typeof store.destinations.subscribe = (subscription) =>
    isBroken
      ? Promise.reject(new Error('The disk is full of gulls'))
      : store.destinations.subscribe(subscription);
  const subscriptions = createSubscriptions({
    store: { ...store, destinations: { ...store.destinations, subscribe } },
    wake: () => {},
    log: silentLog,
  });
  const owner = { user: 'discord:7', home: 'discord:9' };
  await expect(subscriptions.subscribe('discord:1', owner)).rejects.toThrow('gulls');
  isBroken = false;
  expect(await subscriptions.subscribe('discord:1', owner)).toBe('added');
});
