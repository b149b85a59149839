import { expect, test } from 'vitest';
import { createPollingConflict } from '../../../../src/platform/telegram/updates/polling-conflict.ts';

const MINUTE = 60_000;

/** Returns the state after each step, which is a delay in milliseconds and the event after it. */
function statesAfter(
  ...steps: readonly (readonly [number, 'pollStarted' | 'pollSucceeded' | 'pollInterrupted' | 'pollFailed'])[]
) {
  let nowMs = 0;
  const conflict = createPollingConflict(
    () => nowMs,
    () => 0,
  );
  return steps.map(([ms, what]) => {
    nowMs += ms;
    conflict[what]();
    return conflict.state();
  });
}

const cut = [
  [0, 'pollStarted'],
  [5_000, 'pollInterrupted'],
] as const;
const quiet = [
  [0, 'pollStarted'],
  [MINUTE, 'pollSucceeded'],
] as const;

test('an instance interrupted three times soon after its start goes on standby', () => {
  expect(statesAfter(...cut, ...cut, ...cut)).toEqual([
    'ours',
    'shared',
    'shared',
    'shared',
    'shared',
    'standby',
  ]);
});

test('after a minute without interruption, interruptions don’t matter', () => {
  const states = statesAfter(...quiet, ...Array.from({ length: 20 }, () => cut).flat());
  expect(states.slice(2)).not.toContain('standby');
  expect(states.at(-1)).toBe('shared');
});

test('an interruption restarts the quiet minute', () => {
  const half = [
    [0, 'pollStarted'],
    [MINUTE / 2, 'pollSucceeded'],
  ] as const;
  expect(statesAfter(...cut, ...half, ...half).at(-1)).toBe('ours');
  expect(statesAfter(...cut, ...half, ...cut, ...half).at(-1)).toBe('shared');
});

test('an instance on standby takes over after a quiet minute, and keeps the token', () => {
  const states = statesAfter(
    ...cut,
    ...cut,
    ...cut,
    [MINUTE, 'pollStarted'],
    [MINUTE, 'pollSucceeded'],
    ...cut,
    ...cut,
    ...cut,
  );
  expect(states.slice(6)).toEqual([
    'standby',
    'ours',
    'ours',
    'shared',
    'shared',
    'shared',
    'shared',
    'shared',
  ]);
});

test('time without a connection to Telegram doesn’t count as quiet', () => {
  expect(
    statesAfter(
      ...cut,
      [0, 'pollStarted'],
      [MINUTE, 'pollFailed'],
      [0, 'pollStarted'],
      [1, 'pollSucceeded'],
    ).at(-1),
  ).toBe('shared');
});

test('after an outage of a minute, another instance may be first', () => {
  const away = [
    [0, 'pollStarted'],
    [MINUTE + 1, 'pollFailed'],
  ] as const;
  expect(statesAfter(...quiet, ...away, ...cut, ...cut, ...cut).at(-1)).toBe('standby');
  expect(
    statesAfter(...quiet, [0, 'pollStarted'], [MINUTE, 'pollFailed'], ...cut, ...cut, ...cut).at(-1),
  ).toBe('shared');
});

test('standby checks back off from one to five minutes, with jitter', () => {
  const conflict = createPollingConflict(
    () => 0,
    () => 1,
  );
  expect(Array.from({ length: 7 }, () => conflict.pollInterrupted() / 1_000)).toEqual([
    5, 5, 90, 180, 360, 450, 450,
  ]);
});

test('interruptions before an outage don’t count after it', () => {
  const away = [
    [0, 'pollStarted'],
    [MINUTE + 1, 'pollFailed'],
  ] as const;
  expect(statesAfter(...quiet, ...cut, ...cut, ...cut, ...away, ...cut).at(-1)).toBe('shared');
  // An instance on standby stays there.
  expect(statesAfter(...cut, ...cut, ...cut, ...away).at(-1)).toBe('standby');
});
