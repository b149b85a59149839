import { expect, test } from 'vitest';
import { silent } from '../../src/log.ts';
import { createSubscriptions } from '../../src/pipeline/subscriptions.ts';
import { memoryStore, noteSaying } from './bench.ts';

test('a place that is added has no look of its own: it follows the operator’s choice', async () => {
  const store = memoryStore();
  const subscriptions = createSubscriptions({ store, wake: () => {}, log: silent });
  await subscriptions.configure(['discord:1']);
  await subscriptions.subscribe('telegram:2');
  expect((await store.destinations()).map(({ id, source, variant }) => [id, source, variant])).toEqual([
    ['discord:1', 'config', ''],
    ['telegram:2', 'command', ''],
  ]);
  await subscriptions.configure([]);
  expect((await store.destinations()).map(({ id }) => id)).toEqual(['telegram:2']);
});

test('a place that returns, with its topics, has its choices still and goes on where it stood', async () => {
  const store = memoryStore();
  let woken = 0;
  const subscriptions = createSubscriptions({ store, wake: () => (woken += 1), log: silent });
  const choices = { source: 'command', variant: 'plain', postTypes: ['note'] } as const;
  for (const id of ['telegram:-1', 'telegram:-1/5', 'telegram:-1/7'])
    await store.subscribe({ id, ...choices });
  await store.accept([{ note: noteSaying('missed'), news: true }]);
  await store.suspend('telegram:-1/5', 'closed', false);
  await store.suspend('telegram:-1/7', 'kicked', true);
  await subscriptions.returned('telegram:-1');
  expect((await store.destinations()).map(({ id, state, position }) => [id, state, position])).toEqual([
    ['telegram:-1', 'active', 0],
    ['telegram:-1/5', 'active', 0],
    ['telegram:-1/7', 'active', 0],
  ]);
  expect(await store.destination('telegram:-1/7')).toMatchObject(choices);
  expect(woken).toBe(2);
});
