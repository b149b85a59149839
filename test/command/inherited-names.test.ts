import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { parseArgs } from '../../src/command/parse-args.ts';
import type { CommandInput } from '../../src/command/request.ts';
import { UserError } from '../../src/command/user-error.ts';
import { LANGUAGES, textsFor } from '../../src/i18n/texts.ts';
import { PANELS } from '../../src/settings/groups.ts';
import { createCommandFixture } from '../commands/command.fixture.ts';

/** Properties that every object inherits, none of which is a name in this program. */
const INHERITED = [
  'constructor',
  'toString',
  '__proto__',
  'hasOwnProperty',
  'valueOf',
  'constructor/tostring',
];

/** What shows up if a function or `undefined` is used as a text. */
const NONSENSE = /undefined|native code|function|\[object|(?:Try|可选)[:：]?\s*[.。]?$/u;

function said(command: (typeof commands)[number], input: CommandInput, language: string): string {
  try {
    return JSON.stringify(parseArgs(command.options, input, textsFor(language)));
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

describe.each(LANGUAGES)('in %s', (language) => {
  test.each(commands.map((command) => ({ name: command.name, command })))(
    '/$name: an inherited property name is no option, and is answered with what is valid',
    ({ command }) => {
      const lines = [...INHERITED, 'xyzzy', ...INHERITED.map((name) => `${name}:1`)].map((line) => ({
        line,
      }));
      const named = INHERITED.map((name) => ({ named: Object.fromEntries([[name, 'x']]) }));
      const all = [...lines, ...named].map((input) => said(command, input, language));
      expect(all.filter((sentence) => NONSENSE.test(sentence))).toEqual([]);
    },
  );
});

test.each(PANELS.map(({ name }) => name))('/settings %s shows no inherited property', async (panel) => {
  const { answer } = await createCommandFixture();
  await answer('/subscribe');
  for (const word of INHERITED) expect(await answer(`/settings ${panel} ${word}`)).not.toMatch(NONSENSE);
});

test.each(INHERITED)('%s is no style, and changes nothing', async (look) => {
  const { answer, store } = await createCommandFixture();
  await answer('/subscribe');
  const before = await store.destinations.get('discord:1');
  expect(await answer(`/settings import look: ${look}`)).toMatch(/style: default/u);
  expect(await store.destinations.get('discord:1')).toEqual(before);
  expect(await answer('/settings look')).not.toMatch(NONSENSE);
});

test('the other platform’s style is kept', async () => {
  const { answer, store } = await createCommandFixture();
  await answer('/settings import look: rich/cut');
  expect((await store.destinations.get('discord:1'))?.preferences.style).toBe('rich/cut');
});

test('a table looked up by user input is a Map, since plain objects inherit properties', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  /** Looked up by a single character, by a validated value or by one of our routes; or only iterated. */
  const asked = [
    'ABBREVIATIONS',
    'BRACKETS',
    'CITIES',
    'CLOSERS',
    'LOOK_ALIKES',
    'OBSERVED_LIMITS',
    'SATOSHIS',
    'TROUBLES',
    'WRAPPERS',
  ];
  const files = globSync('{src,commands}/**/*.ts', { cwd: root }).filter((file) => !file.includes('/page/'));
  const tables = files.flatMap((file) =>
    [
      ...readFileSync(root + file, 'utf8').matchAll(
        /^(?:export )?const (\w+): [^=;]*\bRecord<\s*string,[^=]*=>?[^=;]*?\{/gmu,
      ),
    ]
      .filter(([, name = '']) => !asked.includes(name))
      .filter(([found]) => !found.includes('Map<'))
      .map(([, name]) => `${file}: ${name}`),
  );
  expect(tables).toEqual([]);
});
