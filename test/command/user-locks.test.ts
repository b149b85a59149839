import { expect, test } from 'vitest';
import { createUserLocks } from '../../src/command/user-locks.ts';

test('being forgotten waits for what is in hand, and what comes then waits for it; others go on', async () => {
  const enter = createUserLocks();
  const steps: string[] = [];
  const before = await enter('me');
  const mine = await enter('me');
  const forgetting = mine.runExclusive(async () => {
    steps.push('forgotten');
  });
  const after = enter('me').then(() => steps.push('after'));
  (await enter('other')).release();
  steps.push('other');
  steps.push('before');
  before.release();
  await Promise.all([forgetting, after]);
  expect(steps).toEqual(['other', 'before', 'forgotten', 'after']);
});

test('two that want to be alone do not wait for each other for ever', async () => {
  const enter = createUserLocks();
  const both = await Promise.all([enter('me'), enter('me')]);
  await expect(Promise.all(both.map((one, n) => one.runExclusive(async () => n)))).resolves.toEqual([0, 1]);
  (await enter('me')).release();
});
