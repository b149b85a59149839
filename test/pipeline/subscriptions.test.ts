import { expect, test } from 'vitest';
import { silent } from '../../src/log.ts';
import { createSubscriptions } from '../../src/pipeline/subscriptions.ts';
import { memoryStore } from './bench.ts';

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
