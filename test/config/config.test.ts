import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { ConfigError } from '../../src/config/config-error.ts';
import { secretValues } from '../../src/config/secret-values.ts';

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
    ['BREAKING_HASHTAG', '#Breaking', { breakingHashtag: 'breaking' }],
    ['BREAKING_HASHTAG', '＃ＡＩ', { breakingHashtag: 'ai' }],
    ['BREAKING_HASHTAG', 'cafe\u0301', { breakingHashtag: 'caf\u00e9' }],
    ['CATCH_UP_AFTER', '0', { catchUpAfter: 0 }],
    ['LONG_NOTES', '', { longNotes: 'auto' }],
    ['PUBLIC_URL', 'https://a.example', { site: { url: 'https://a.example/', port: 8_081 } }],
    ['PUBLIC_URL', 'https://a.example/notes', { site: { url: 'https://a.example/notes/', port: 8_081 } }],
    ['PUBLIC_URL', 'http://127.0.0.1:8081/', { site: { url: 'http://127.0.0.1:8081/', port: 8_081 } }],
    ['VIEWER', 'https://a.example/e/{code}', { viewer: 'https://a.example/e/{code}' }],
  ])('%s=%s', (name, value, expected) => {
    expect(readConfig({ ...env, [name]: value }, false)).toMatchObject(expected);
  });

  test.each([
    ['DISCORD_STYLE', 'fancy'],
    ['TELEGRAM_STYLE', 'card'],
    ['LONG_NOTES', 'whole'],
    ['BREAKING_HASHTAG', 'two words'],
    ['CATCH_UP_AFTER', '-1'],
    ['VIEWER', 'https://a.example/e/'],
    ['VIEWER', 'http://a.example/{code}'],
    ['VIEWER', '{code}'],
    ['PUBLIC_URL', 'notes.example'],
    ['PUBLIC_URL', 'http://a.example/'],
    ['PUBLIC_URL', 'https://a.example/?p=1'],
    ['PUBLIC_URL', 'https://a.example/#'],
    ['PUBLIC_PORT', '65536'],
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
  expect(telegram?.destinations).toEqual(['@harbour_news', '-1001234/7']);
});

test('the general topic of a Telegram forum, as its links have it, is the chat itself', () => {
  const chats = '-1001234/1, -1001234, -1001234/01, -1001234/11, @harbour/1';
  const { telegram } = readConfig({ ...env, TELEGRAM_CHATS: chats }, false);
  expect(telegram?.destinations).toEqual(['-1001234', '-1001234/11', '@harbour']);
});

describe('the bot’s own key', () => {
  const key = '7e'.repeat(32);

  test('is optional, and read as it is given', () => {
    expect(readConfig(env, false).botKey).toBeUndefined();
    expect(readConfig({ ...env, BOT_KEY: ` ${key} ` }, false).botKey).toBe(key);
  });

  test.each(['7e'.repeat(31), `${key}0`, `nsec1${'q'.repeat(58)}`, 'correct horse'])(
    'that is none is a mistake that is named and not repeated',
    (wrong) => {
      const [problem, ...others] = problemsOf({ BOT_KEY: wrong });
      expect(problem).toMatch(/^BOT_KEY: not a secret key/u);
      expect(problem).not.toContain(wrong);
      expect(others).toEqual([]);
    },
  );

  test('is a secret in every form, as the tokens are', () => {
    const secrets = secretValues({ ...env, BOT_KEY: key });
    expect(secrets).toEqual(expect.arrayContaining(['d', 't', key, key.toUpperCase()]));
    expect(secrets.filter((secret) => /^nsec1/iu.test(secret)).length).toBe(2);
    expect(secretValues({})).toEqual([]);
  });
});

describe('roles', () => {
  const rolesOf = (written: string): readonly unknown[] => {
    const database = { DATABASE_URL: 'sqlite:a.db' };
    return readConfig({ ...env, ...database, ROLES: written }, false).roles;
  };

  test('are all by default: those there is work for', () => {
    expect(readConfig(env, false).roles).toEqual([
      { name: 'relay' },
      { name: 'discord' },
      { name: 'telegram' },
    ]);
    expect(readConfig({ AUTHOR, TELEGRAM_TOKEN: 't' }, false).roles).toEqual([
      { name: 'relay' },
      { name: 'telegram' },
    ]);
    expect(rolesOf(' Telegram, relay,discord ')).toHaveLength(3);
  });

  test.each([
    ['relays', /entry 1: expected one of relay, discord, telegram/u],
    ['relay,discord:', /entry 2: shards are written as first-last\/total/u],
    ['discord:1-0/4', /the first shard, 1, comes after the last, 0/u],
    ['discord:0-4/4', /the last of 4 is 3/u],
    ['discord:0-0/0', /there can be 1 to/u],
    ['discord:0-0/99999', /there can be 1 to/u],
    ['discord:-1-3/4', /shards are written as/u],
    ['telegram:0-1/2', /only discord has shards/u],
    ['discord,discord:0-1/2', /discord and discord:0-1\/2 are the same servers/u],
    ['discord:0-1/4,discord:1-3/4', /partly the same servers/u],
    ['discord:0-1/4,discord:2-3/5', /don't have the same total/u],
    [',', /names no role/u],
    [`relay,nsec1${'q'.repeat(58)}`, /contains/u],
  ])('%s is refused', (written, problem) => {
    const [found = ''] = problemsOf({ ROLES: written });
    expect(found).toMatch(/^ROLES: /u);
    expect(found).toMatch(problem);
  });

  test('need their tokens, and SQLite needs all of them', () => {
    expect(problemsOf({ ROLES: 'relay,discord', DISCORD_TOKEN: '' })).toEqual(['ROLES: needs DISCORD_TOKEN']);
    expect(problemsOf({ ROLES: 'relay,discord:0-1/2' })).toEqual([
      'ROLES: leaves out discord and telegram, but SQLite is for one process, which does everything. Remove ROLES, or use PostgreSQL',
    ]);
  });
});
