import { expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { findBrowser } from '../../sandbox/browser/find-browser.ts';
import { readOptions } from '../../sandbox/screens/options.ts';
import { isSelected, PICTURE_NAME } from '../../sandbox/screens/picture-names.ts';
import { LANGUAGES, NAMED, PLATFORMS, planOf } from '../../sandbox/screens/plan.ts';
import { isOnPlatform } from '../../src/command/menu.ts';

test('each command has a screen on each platform that has it', () => {
  for (const platform of PLATFORMS)
    for (const language of LANGUAGES) {
      const here = commands.filter((command) => isOnPlatform(platform, command));
      const visited = planOf(platform, language, commands).map(({ command }) => command);
      expect(here.map(({ name }) => name).filter((name) => !visited.includes(name))).toEqual([]);
    }
});

test('the plan names no command that there is not', () => {
  expect(NAMED.filter((name) => !commands.some((command) => command.name === name))).toEqual([]);
});

test.each([
  ['', { wants: 'screens', out: 'screens', only: [] }],
  ['--out there', { wants: 'screens', out: 'there', only: [] }],
  ['--only=Telegram,settings', { wants: 'screens', out: 'screens', only: ['telegram', 'settings'] }],
  ['--docs', { wants: 'docs' }],
  ['--help', { wants: 'help' }],
])('"%s" is understood', (line, expected) => {
  expect(readOptions(line.split(' ').filter(Boolean))).toEqual(expected);
});

test.each([
  ['--out', '--out needs a folder'],
  ['--only=', '--only needs words from a name'],
  ['--olny x', '"--olny"'],
  ['--docs --out x', '"--docs"'],
])('"%s" is refused, with what is wrong and where help is', (line, wrong) => {
  const options = readOptions(line.split(' '));
  expect(options).toMatchObject({ wants: 'nothing', problem: expect.stringContaining(wrong) });
  expect(options).toMatchObject({ problem: expect.stringContaining('npm run screens -- --help') });
});

test('a picture is wanted where its name has every word', () => {
  expect(isSelected('discord-zh-12-latest-older.png', ['zh', 'older'])).toBe(true);
  expect(isSelected('discord-zh-12-latest-older.png', ['zh', 'help'])).toBe(false);
  expect(PICTURE_NAME.test('discord-zh-12-latest-older.png')).toBe(true);
  expect(PICTURE_NAME.test('holiday.png')).toBe(false);
});

test('the browser is the one that is named, and none where that is not there', () => {
  expect(findBrowser({ CHROMIUM_PATH: process.execPath, PATH: '' })).toBe(process.execPath);
  expect(findBrowser({ CHROMIUM_PATH: '/nowhere/chromium', PATH: process.env['PATH'] })).toBeUndefined();
});
