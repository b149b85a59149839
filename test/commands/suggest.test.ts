import { expect, test } from 'vitest';
import type { Command } from '../../src/command/command.ts';
import { createCommandFixture } from './command.fixture.ts';
import { sampleNotes, wren } from './sample-notes.fixture.ts';

const codeOf = (name: string): string => sampleNotes.get(name)?.id.slice(0, 8) ?? '';

/** The suggestions for an option of a command. */
async function suggested(command: string, option: string, typed: string, events = [...sampleNotes.values()]) {
  const { handler } = await createCommandFixture({ events, nowMs: Date.UTC(2025, 2, 12, 12) });
  return handler.autocomplete({ command, option, typed, user: 'discord:1', language: 'en' });
}

test.each([
  ['search', 'query', '', ['#harbour', '#锂', 'Harbour Morning Missive']],
  ['search', 'query', '#h', ['#harbour']],
  [
    'search',
    'query',
    'har',
    [
      '#harbour',
      'Harbour Morning Missive',
      'Harbour Morning Missive – 8 March 2025',
      'Harbour Morning Missive – 1 March 2025',
    ],
  ],
  ['search', 'query', 'lithium #ha', ['lithium #harbour']],
  ['search', 'query', 'tides', ['On tides']],
  ['search', 'query', 'zebra', []],
  ['search', 'hashtag', 'H', ['#harbour']],
  ['search', 'hashtag', '#锂', ['#锂']],
  ['series', 'name', 'morn', ['Harbour Morning Missive']],
  ['series', 'name', '', ['Harbour Morning Missive']],
  ['series', 'name', 'evening', []],
  [
    'read',
    'note',
    'tides',
    [
      `On tides · ${codeOf('tides')}`,
      `The machines that knew the tide: almanac.example/tide-machines · ${codeOf('machines')}`,
    ],
  ],
  ['verify', 'note', 'boat', [`Content warning: a wreck · ${codeOf('wreck')}`]],
  ['on', 'date', 't', ['today', 'tuesday', 'thursday']],
  ['on', 'date', '2025', ['2025-03', '2025-02', '2025-01']],
])('/%s %s:%s', async (command, option, typed, expected) => {
  expect(await suggested(command, option, typed)).toEqual(expected);
});

test('before anything is typed, the newest posts are suggested', async () => {
  const found = await suggested('read', 'note', '');
  expect(found).toHaveLength(12);
  expect(found[0]).toBe(`Fog until ten. Then nothing but light. · ${codeOf('fog')}`);
});

test('a sent suggestion resolves to its post', async () => {
  const { handler, answer } = await createCommandFixture();
  for (const line of await handler.autocomplete({
    command: 'read',
    option: 'note',
    typed: '',
    user: 'discord:1',
    language: 'en',
  }))
    expect(await answer(`/read ${line}`)).toContain(`· <`);
});

test.each([
  ['latest', 'type'],
  ['latest', 'nonsense'],
  ['nonsense', 'note'],
])('nothing is suggested for /%s %s', async (command, option) => {
  expect(await suggested(command, option, 'a')).toEqual([]);
});

test('at most 25 distinct suggestions, none too long for a form', async () => {
  const events = Array.from({ length: 40 }, (_, n) => wren.note(`${n} ${'long '.repeat(60)}`));
  const found = await suggested('read', 'note', 'long', events);
  expect(found).toHaveLength(25);
  expect(Math.max(...found.map((one) => one.length))).toBeLessThanOrEqual(100);
});

test('a failed lookup gives no suggestions', async () => {
  const failing: Command = {
    name: 'latest',
    answerTo: 'user',
    for: 'readers',
    category: 'reading',
    options: {
      type: { type: 'string', maxLength: 9, autocomplete: () => Promise.reject(new Error('No store')) },
      page: { type: 'string', maxLength: 9, autocomplete: async () => ['', 'a', 'a', 'b'.repeat(101), 'c'] },
    },
    run: async () => [],
  };
  const { handler, logged } = await createCommandFixture({ commands: [failing] });
  const asked = { command: 'latest', typed: 'x', user: 'discord:1', language: 'en' };
  expect(await handler.autocomplete({ ...asked, option: 'type' })).toEqual([]);
  expect(logged.map(({ event }) => event)).toEqual(['suggestion.failed']);
  expect(await handler.autocomplete({ ...asked, option: 'page' })).toEqual(['a', 'c']);
});
