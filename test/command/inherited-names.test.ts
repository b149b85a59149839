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

/** What every object has, whoever made it: names that were never given to anything of ours. */
const INHERITED = [
  'constructor',
  'toString',
  '__proto__',
  'hasOwnProperty',
  'valueOf',
  'constructor/tostring',
];

/** What is shown where a function was taken for a word, or where there was nothing to say. */
const NONSENSE = /undefined|native code|function|\[object|(?:Try|可选)[:：]?\s*[.。]?$/u;

function said(
  command: (typeof commands)[number],
  input: Exclude<CommandInput, { readonly kept: string }>,
  language: string,
): string {
  try {
    return JSON.stringify(parseArgs(command.options, input, textsFor(language)));
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

describe.each(LANGUAGES)('in %s', (language) => {
  test.each(commands.map((command) => ({ name: command.name, command })))(
    '/$name: a word that means nothing is told what would be right, and a name that every object has is no option',
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

test.each(PANELS.map(({ name }) => name))(
  '/settings %s shows nothing of what every object has',
  async (panel) => {
    const { answer } = await createCommandFixture();
    await answer('/subscribe');
    for (const word of INHERITED) expect(await answer(`/settings ${panel} ${word}`)).not.toMatch(NONSENSE);
  },
);

test.each(INHERITED)('look: %s is no style, and changes nothing', async (look) => {
  const { answer, store } = await createCommandFixture();
  await answer('/subscribe');
  const before = await store.destinations.get('discord:1');
  expect(await answer(`/settings import look: ${look}`)).toMatch(/style: default/u);
  expect(await store.destinations.get('discord:1')).toEqual(before);
  expect(await answer('/settings look')).not.toMatch(NONSENSE);
});

test('a look of the other platform is carried over', async () => {
  const { answer, store } = await createCommandFixture();
  await answer('/settings import look: rich/cut');
  expect((await store.destinations.get('discord:1'))?.preferences.style).toBe('rich/cut');
});

test('a table that is asked by words is a Map: plain objects have names of their own', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  /** Asked by a single character, by what a pattern let through, or by a route of ours; or only gone through. */
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
