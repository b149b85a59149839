import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

const AUTHOR = 'ab'.repeat(32);
const env = { AUTHOR, DISCORD_TOKEN: 'd', TELEGRAM_TOKEN: 't' };

function problemsOf(more: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig({ ...env, ...more }, false);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('how notes look', () => {
  test('has defaults', () => {
    const { discord, telegram, longNotes, viewer } = readConfig(env, false);
    expect([discord?.style, telegram?.style, longNotes, viewer]).toEqual([
      'auto',
      'classic',
      'auto',
      'https://njump.me/{code}',
    ]);
  });

  test.each([
    ['DISCORD_STYLE', 'Embed', { discord: { style: 'embed' } }],
    ['DISCORD_STYLE', 'plain', { discord: { style: 'plain' } }],
    ['TELEGRAM_STYLE', 'rich', { telegram: { style: 'rich' } }],
    ['LONG_NOTES', 'cut', { longNotes: 'cut' }],
    ['LONG_NOTES', '', { longNotes: 'auto' }],
    ['VIEWER', 'https://a.example/e/{code}', { viewer: 'https://a.example/e/{code}' }],
  ])('%s=%s', (name, value, expected) => {
    expect(readConfig({ ...env, [name]: value }, false)).toMatchObject(expected);
  });

  test.each([
    ['DISCORD_STYLE', 'fancy'],
    ['TELEGRAM_STYLE', 'card'],
    ['LONG_NOTES', 'whole'],
    ['VIEWER', 'https://a.example/e/'],
    ['VIEWER', 'http://a.example/{code}'],
    ['VIEWER', '{code}'],
  ])('%s=%s is a mistake that is named', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name}: "`, 'u'))]);
  });

  test('all mistakes are told at once', () => {
    const wrong = { DISCORD_STYLE: 'a', TELEGRAM_STYLE: 'b', LONG_NOTES: 'c', VIEWER: 'd', PORT: 'e' };
    expect(problemsOf(wrong).map((problem) => problem.split(':')[0])).toEqual([
      'DISCORD_STYLE',
      'TELEGRAM_STYLE',
      'LONG_NOTES',
      'VIEWER',
      'PORT',
    ]);
  });
});

test('a Telegram chat’s name is the same however it is written', () => {
  const { telegram } = readConfig({ ...env, TELEGRAM_CHATS: '@Harbour_News, -1001234/7' }, false);
  expect(telegram?.chats).toEqual(['@harbour_news', '-1001234/7']);
});
