import { describe, expect, test } from 'vitest';
import { linkCommands } from '../../src/command/views/command-links.ts';
import { LANGUAGES, textsFor } from '../../src/i18n/texts.ts';
import { inlineText } from '../../src/note/document.ts';
import { leavesOf } from '../i18n/leaves.fixture.ts';

const commandsIn = (said: string) => linkCommands(said).filter(({ type }) => type === 'command');

test.each([
  ['Stop any time with /stop', [{ name: 'stop' }]],
  ['/latest and /search show the codes that work.', [{ name: 'latest' }, { name: 'search' }]],
  ['Ask me: /latest, /search, /help.', [{ name: 'latest' }, { name: 'search' }, { name: 'help' }]],
  ['发送 /settings 可以看到全部。', [{ name: 'settings' }]],
  ['随时问我：/latest、/search、/help。', [{ name: 'latest' }, { name: 'search' }, { name: 'help' }]],
  [
    'For example: /read\u00a0On\u00a0tides or /settings\u00a0zone\u00a0Shanghai',
    [
      { name: 'read', words: 'On tides' },
      { name: 'settings', words: 'zone Shanghai' },
    ],
  ],
  ['either/latest, https://a.example/latest, /latests, /latest/5, //latest, /unheard', []],
])('“%s” contains %j', (said, commands) => {
  expect(commandsIn(said)).toEqual(commands.map((one) => ({ type: 'command', ...one })));
  expect(inlineText(linkCommands(said))).toBe(said.replaceAll('\u00a0', ' '));
});

/** Parameters of catalogue functions that hold text from somebody else. */
const FOREIGN = new Set('author name query typed given code word role title words place written'.split(' '));
/** Messages to the author, web pages and texts for the operator are shown where there are no commands. */
const isForReaders = (path: string): boolean =>
  !/^inbox\.|^statusPage\.|^site\.|operator|^discord\.errors\.|refused/u.test(path);
const parametersOf = (leaf: (...given: never[]) => string): readonly string[] =>
  (/^\(?([^)=]*)/u.exec(leaf.toString())?.[1] ?? '').split(',').map((one) => one.trim().replace(/^_/u, ''));

describe.each(LANGUAGES)('filled-in text in a sentence in %s never becomes a command', (language) => {
  const english = leavesOf(textsFor('en'));
  const filled = Object.entries(leavesOf(textsFor(language))).flatMap(([path, leaf]) => {
    const twin = english[path];
    if (typeof leaf !== 'function' || typeof twin !== 'function' || !isForReaders(path)) return [];
    const parameters = parametersOf(twin);
    return parameters.some((one) => FOREIGN.has(one)) ? [[path, leaf, parameters] as const] : [];
  });
  test.each(filled)('%s', (_, leaf, parameters) => {
    const commandsWith = (word: string): number =>
      commandsIn(leaf(...(parameters.map((one) => (FOREIGN.has(one) ? word : '3')) as never[]))).length;
    expect(commandsWith('/stop /latest\u00a05')).toBe(commandsWith('word'));
  });
});
