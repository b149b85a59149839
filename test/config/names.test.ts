import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { ConfigError } from '../../src/config/config-error.ts';
import { closestVariable } from '../../src/config/read-variables.ts';
import { variables } from '../../src/config/variables.ts';

const RIGHT = { AUTHOR: 'ab'.repeat(32), DISCORD_TOKEN: 'd' };

function refusalOf(
  env: Readonly<Record<string, string>>,
  ours: readonly string[] = [],
): ConfigError | undefined {
  try {
    readConfig(env, false, ours);
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}
const problemsOf = (...args: Parameters<typeof refusalOf>) => refusalOf(...args)?.problems ?? [];

describe('the table of variables', () => {
  test('has defaults and examples that are taken', () => {
    const wrong = variables.flatMap(([name, { schema, default: set, example }]) =>
      [set, example.includes('…') ? '' : example]
        .filter((value) => value && !schema.safeParse(value).success)
        .map((value) => `${name}=${value}`),
    );
    expect(wrong).toEqual([]);
  });

  test.each(variables)(
    '%s is told in a clause, and further in whole sentences',
    (_, { summary, details = 'X.' }) => {
      expect(summary).toMatch(/[^.]$/u);
      expect(details).toMatch(/^[\p{Lu}`].*\.$/u);
    },
  );

  test('no problem ends with a full stop', () => {
    const wrong = Object.fromEntries(variables.map(([name]) => [name, 'x y']));
    const problems = [
      ...problemsOf({}),
      ...problemsOf(wrong),
      ...problemsOf({ ...RIGHT, TELEGRAM_CHATS: '@harbour' }),
    ];
    expect(problems.length).toBeGreaterThan(15);
    expect(problems.filter((problem) => problem.endsWith('.'))).toEqual([]);
  });
});

describe('a misspelled name', () => {
  test.each([
    ['AUTOR', 'AUTHOR'],
    ['author', 'AUTHOR'],
    ['DISCORD_TOKN', 'DISCORD_TOKEN'],
    ['DISCORD_BOT_TOKEN', 'DISCORD_TOKEN'],
    ['TELEGRAM_BOT_TOKEN', 'TELEGRAM_TOKEN'],
    ['TELEGRAM-CHAT', 'TELEGRAM_CHATS'],
    ['RELAY', 'RELAYS'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['CATCHUP_AFTER', 'CATCH_UP_AFTER'],
    ['AUTHRO', 'AUTHOR'],
    ['RELASY', 'RELAYS'],
  ])('%s means %s', (name, meant) => expect(closestVariable(name)).toBe(meant));

  test.each([
    ...variables.map(([name]) => name),
    'HOME',
    'HOSTNAME',
    'PATH',
    'PWD',
    'TZ',
    'NODE_ENV',
    'NODE_OPTIONS',
    'HTTPS_PROXY',
    'USER',
    'LANG',
    'SHELL',
    'TERM',
    '',
  ])('%j is none', (name) => expect(closestVariable(name)).toBeUndefined());

  test('in .env is a problem of its own, in the environment only a hint to what is missing', () => {
    const env = { ...RIGHT, DISCORD_CHANELS: '1' };
    expect(problemsOf(env, ['DISCORD_CHANELS'])).toEqual([
      'DISCORD_CHANELS: unknown variable, did you mean DISCORD_CHANNELS?',
    ]);
    expect(problemsOf(env)).toEqual([]);
    expect(problemsOf({ AUTOR: 'x', DISCORD_BOT_TOKEN: 'y' })).toEqual([
      expect.stringMatching(/^AUTHOR is required: /u),
      'DISCORD_TOKEN, TELEGRAM_TOKEN: set at least one of them',
      'AUTOR: unknown variable, did you mean AUTHOR?',
      'DISCORD_BOT_TOKEN: unknown variable, did you mean DISCORD_TOKEN?',
    ]);
  });

  test('that is empty is none', () => expect(problemsOf({ ...RIGHT, RELAY: '' }, ['RELAY'])).toEqual([]));
});

test('what stands for another platform needs its token', () => {
  expect(problemsOf({ ...RIGHT, TELEGRAM_CHATS: '@harbour' })).toEqual([
    'TELEGRAM_CHATS: needs TELEGRAM_TOKEN',
  ]);
});
