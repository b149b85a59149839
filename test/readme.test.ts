import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commands } from '../commands/index.ts';
import { menuOf } from '../src/command/menu-of.ts';
import { textsFor } from '../src/text/texts.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
const config = readFileSync(new URL('../src/config.ts', import.meta.url), 'utf8');

test('the README lists the commands as the menus show them', () => {
  const rows = menuOf(commands, textsFor('en')).map(({ name, description, options }) => {
    const words = options
      .filter((option) => !option.formOnly)
      .map((option) => (option.required ? ` <${option.name}>` : ` [${option.name}]`))
      .join('');
    return `| \`/${name}${words}\` | ${description} |`;
  });
  const listed = /<!-- commands -->\n(.*?)\n<!-- \/commands -->/su.exec(readme)?.[1];
  expect(listed?.split('\n')).toEqual(rows);
});

test('README and .env.example name every variable that is read', () => {
  const names = new Set(config.match(/(?<=')(?:[A-Z]+_)*[A-Z]+(?=')/gu));
  expect(names.size).toBeGreaterThan(10);
  for (const name of names) {
    expect(readme).toContain(`\`${name}\``);
    expect(example).toMatch(new RegExp(`^#?${name}=`, 'mu'));
  }
});
