import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { buildMenu } from '../../src/command/build-menu.ts';
import { type Command, defineCommand } from '../../src/command/command.ts';
import type { PromptForm } from '../../src/command/request.ts';
import { LANGUAGES, textsFor } from '../../src/i18n/texts.ts';
import { paragraph, text } from '../../src/note/document.ts';
import type { NostrEvent } from '../../src/note/note.ts';
import { createCommandFixture } from '../commands/command.fixture.ts';

const texts = textsFor('en');

describe('a command', () => {
  test.each([
    ['/nonsense', 'Unknown command /nonsense. See /help.'],
    ['/latest@somebody', 'Unknown command /latest@somebody. See /help.'],
    ['/constructor', 'Unknown command /constructor. See /help.'],
  ])('that doesn’t exist (%s) is answered with a hint', async (line, expected) => {
    const { answer, logged } = await createCommandFixture();
    expect(await answer(line)).toBe(expected);
    expect(logged).toEqual([]);
  });

  test('that fails is answered politely to the user only, and logged with the error', async () => {
    const error = new Error('The disk is full of gulls');
    const failing = defineCommand({
      name: 'status',
      answerTo: 'everyone',
      for: 'readers',
      category: 'reading',
      options: {},
      run: () => Promise.reject(error),
    });
    const { ask, logged } = await createCommandFixture({ commands: [failing] });
    expect(await ask('status', { line: '' })).toEqual({
      document: [paragraph(text('Something went wrong. Please try again in a minute.'))],
      language: 'en',
      to: 'user',
    });
    expect(logged).toEqual([
      { event: 'command.failed', fields: { platform: 'discord', command: 'status', error } },
    ]);
  });

  test.each([
    ['de', 'Fog until ten. Then nothing but light.'],
    ['', 'Fog until ten. Then nothing but light.'],
  ])('in a language without a catalogue ("%s") is answered in English', async (language, words) => {
    const { answer } = await createCommandFixture({ user: { language } });
    expect(await answer('/latest 1')).toContain(words);
  });

  test('is answered even if the user’s preferences can’t be read, which is logged', async () => {
    const { answer, handler, store, logged } = await createCommandFixture();
    store.values.keyv('reader').get = () => Promise.reject(new Error('The disk is full of gulls'));
    expect(await answer('/help')).toContain('I post what');
    expect(await handler.languageOf('discord:7', 'zh-CN')).toBe('zh-CN');
    expect(logged.map(({ event }) => event)).toEqual(['user.read_failed', 'user.read_failed']);
  });

  test('without texts is refused when the menu is built', () => {
    const nameless: Command = {
      name: 'nameless',
      answerTo: 'user',
      for: 'readers',
      category: 'reading',
      options: {},
      run: async () => [],
    };
    expect(() => buildMenu([nameless], texts)).toThrow('nameless');
  });
});

test.each(LANGUAGES)('every option has a name in %s that Discord accepts', (language) => {
  const { optionNames } = textsFor(language);
  const options = buildMenu(commands, textsFor(language)).flatMap((item) => item.options);
  expect(options.map(({ name }) => name).filter((name) => !Object.hasOwn(optionNames, name))).toEqual([]);
  for (const { displayName } of options) expect(displayName).toMatch(/^[\p{Ll}\p{Lo}]{1,32}$/u);
});

describe.each(buildMenu(commands, texts).map((item) => [item.name, item] as const))('/%s', (name, item) => {
  test('has a name and descriptions that both platforms accept', () => {
    expect(name).toMatch(/^[a-z0-9_]{1,32}$/u);
    for (const { description } of [item, ...item.options]) {
      expect(description.length).toBeGreaterThan(0);
      expect(description.length).toBeLessThanOrEqual(100);
    }
    for (const option of item.options) expect(option.name).toMatch(/^[a-z0-9_]{1,32}$/u);
  });

  test('has a text for every option in menus, and an example if one is required', () => {
    const said = texts.commands[name as keyof typeof texts.commands];
    const described = 'options' in said ? Object.keys(said.options) : [];
    expect(described).toEqual(item.options.map((option) => option.name));
    const options = commands.find((command) => command.name === name)?.options ?? {};
    const needs = Object.values(options).some(({ required, hidden }) => required && !hidden);
    expect('example' in said).toBe(needs);
  });

  test('has a question for every required option', () => {
    const options = commands.find((command) => command.name === name)?.options ?? {};
    const required = Object.keys(options).filter((option) => options[option]?.required);
    for (const option of required) expect(Object.keys(texts.problem.missing)).toContain(option);
  });

  test('lists required options first', () => {
    const required = item.options.map((option) => option.required);
    expect(required).toEqual([...required].sort((a, b) => Number(b) - Number(a)));
  });
});

test.each(['read', 'verify'])(
  '/%s without options asks, with words of a real post as an example',
  async (command) => {
    const question = async (line: string, events?: readonly NostrEvent[]) => {
      const { handle } = await createCommandFixture(events && { events });
      let asked: string | undefined;
      const prompt = async (form: PromptForm): Promise<void> => void (asked = form.question);
      await handle({ type: 'command', command, input: { line }, isAddressed: true }, {}, { prompt });
      return asked;
    };
    expect(await question('')).toContain('“Fog until ten”');
    expect(await question('tides')).toBeUndefined();
    expect(await question('', [])).toMatch(/its link or ID\.$/u);
  },
);

test('no two commands share a name', () => {
  expect(new Set(commands.map(({ name }) => name)).size).toBe(commands.length);
});
