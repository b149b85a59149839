import { expect, test } from 'vitest';
import { ConfigError } from '../../src/config/config-error.ts';
import { type Fields, silentLog } from '../../src/lib/log.ts';
import { type Host, LoginRefusedError, type Platform } from '../../src/platform/platform.ts';
import { logIn } from '../../src/wiring/log-in.ts';

type Start = Platform['start'];
const connected: Start = async () => undefined;
const never: Start = () => new Promise(() => undefined);
const refused =
  (message: string, after = 0): Start =>
  async () => {
    for (let turn = 0; turn < after; turn += 1) await Promise.resolve();
    throw new LoginRefusedError(message);
  };

/** Logs in to two platforms; `pass` ends every wait. */
function stage(discord: Start, telegram: Start) {
  const { promise: passed, resolve: pass } = Promise.withResolvers<void>();
  const lines: (readonly [string, Fields | undefined])[] = [];
  const stopping = new AbortController();
  const add = (event: string, fields?: Fields): void => void lines.push([event, fields]);
  const outcome = logIn(
    [
      { name: 'discord', start: () => discord({} as Host), signal: stopping.signal },
      { name: 'telegram', start: () => telegram({} as Host), signal: stopping.signal },
    ],
    { log: { ...silentLog, info: add, error: add }, clock: { wait: () => passed }, signal: stopping.signal },
  ).then(
    () => 'connected',
    (error: unknown) => error,
  );
  return { outcome, pass, lines, stop: () => stopping.abort() };
}

test('all connected: each is said', async () => {
  const { outcome, lines } = stage(connected, connected);
  expect(await outcome).toBe('connected');
  expect(lines.map(([event, fields]) => [event, fields?.['platform']])).toEqual([
    ['platform.connected', 'discord'],
    ['platform.connected', 'telegram'],
  ]);
});

test.each([0, 50])(
  'all refused, one %i turns later: both are named, without waiting longer',
  async (after) => {
    const { outcome } = stage(refused('token one'), refused('token two', after));
    const error = await outcome;
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).problems).toEqual(['token one', 'token two']);
  },
);

test('one refused while the other can’t be reached: named, once the other had its time', async () => {
  const { outcome, pass, lines } = stage(refused('token one'), never);
  pass();
  expect((await outcome) as ConfigError).toMatchObject({ problems: ['token one'] });
  expect(lines.map(([event]) => event)).toEqual(['platform.refused']);
});

test('what is broken is no refusal', async () => {
  const { outcome } = stage(async () => Promise.reject(new TypeError('broken')), never);
  expect(await outcome).toBeInstanceOf(TypeError);
});

test('who was stopped is not connected', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { outcome, stop, lines } = stage(() => promise, connected);
  stop();
  resolve();
  expect(await outcome).toBe('connected');
  expect(lines.filter(([, fields]) => fields?.['platform'] === 'discord')).toEqual([]);
});
