import { expect, test } from 'vitest';
import { createUserLocks } from '../../src/command/user-locks.ts';

test('forgetting waits for requests in progress and holds up new ones; other users aren’t affected', async () => {
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

test('two exclusive requests don’t deadlock', async () => {
  const enter = createUserLocks();
  const both = await Promise.all([enter('me'), enter('me')]);
  await expect(Promise.all(both.map((one, n) => one.runExclusive(async () => n)))).resolves.toEqual([0, 1]);
  (await enter('me')).release();
});
