import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Choices, DEFAULT_CHOICES } from '../../src/choices/choices.ts';
import { timeText } from '../../src/choices/words.ts';
import { pressText } from '../../src/command/press-text.ts';
import { createPresses, MAX_PRESS_BYTES, type Shelf } from '../../src/command/presses.ts';
import { withShortPresses } from '../../src/command/short-presses.ts';
import { type Button } from '../../src/note/document.ts';
import { PANELS } from '../../src/settings/panels.ts';
import { panelScreen } from '../../src/settings/screens.ts';
import { weekdayName } from '../../src/settings/typed.ts';
import { zoneName } from '../../src/settings/zones.ts';
import { textsFor } from '../../src/text/texts.ts';
import { anyChoices } from '../choices/any-choices.ts';
import { pressed, written } from '../commands/written.ts';
import { flat, messagesOf } from '../discord/support.ts';
import { aContext } from './context.ts';

const START: Choices = { ...DEFAULT_CHOICES, timeZone: 'Europe/Berlin' };
const panel = (name: string) => PANELS.find((one) => one.name === name)!;

// Those about servers need one: test/discord/servers.
const everywhere = PANELS.filter((one) => one.isFor(aContext()));

describe.each(everywhere.map((one) => [one.name, one] as const))('the panel %s', (name, one) => {
  const some: readonly Choices[] = [
    START,
    {
      ...START,
      postTypes: [],
      follow: { series: ['on tides'], hashtags: ['lithium'] },
      mute: { series: [], hashtags: ['gold'] },
      rhythm: { kind: 'weekly', at: 510, on: 1 },
      quiet: { from: 1320, to: 420, manner: 'silence' },
      silent: true,
      breaking: true,
      timeZone: 'Pacific/Chatham',
      look: 'card/cut',
      language: 'en',
    },
  ];

  test('has a name that can be typed, and a label of a button’s size', () => {
    expect(name).toMatch(/^[a-z]+$/u);
    for (const choices of some) expect(one.label(choices, aContext()).length).toBeLessThanOrEqual(40);
  });

  test('shows buttons that all mean something to it, and change the message in place', async () => {
    for (const choices of some) {
      const context = aContext();
      const pressable = (await one.show(choices, context, '')).flatMap((block) =>
        block.type === 'buttons' ? block.rows.flat() : [],
      );
      expect(pressable.length).toBeGreaterThan(0);
      for (const button of pressable) {
        if (!('press' in button)) throw new Error(`Not to be pressed: ${button.label}`);
        expect(button.manner).toBe('replace');
        const [command, panelName, ...words] = pressed(button.press).split(' ');
        expect([command, panelName]).toEqual(['settings', name]);
        expect(await one.change(words.join(' '), choices, context)).toBeDefined();
        expect(Buffer.byteLength(pressText(button.press))).toBeLessThanOrEqual(MAX_PRESS_BYTES);
      }
    }
  });

  test('marks what is chosen, and only after it was pressed', async () => {
    const context = aContext();
    const shown = await one.show(START, context, '');
    const free = shown
      .flatMap((block) => (block.type === 'buttons' ? block.rows.flat() : []))
      .find(({ label }) => !label.startsWith('✓'))!;
    const words = 'press' in free ? pressed(free.press).split(' ').slice(2).join(' ') : '';
    const after = await one.show(await one.change(words, START, context), context, words);
    expect(written(after)).toContain(`[✓ ${free.label.replace(/^(?:All|None)$/u, '📜 Missive')}→`);
  });
});

test('the time zone’s panel shows the time there, so that one sees whether it is right', async () => {
  const context = aContext({ now: () => Date.UTC(2025, 6, 1, 22, 5) });
  expect(written(await panel('zone').show({ ...START, timeZone: 'Asia/Shanghai' }, context, ''))).toContain(
    'Beijing: there it is 06:05 now.',
  );
});

test('breaking news is a choice only where the author has a way to mark it', () => {
  const shown = (hasBreaking: boolean) => PANELS.filter((one) => one.isFor(aContext({ hasBreaking })));
  expect(shown(true).map(({ name }) => name)).toContain('breaking');
  expect(shown(false)).toEqual(shown(true).filter(({ name }) => name !== 'breaking'));
});

test('a page of series or hashtags stays where one chose', async () => {
  const tags = Array.from({ length: 12 }, (_, n) => `tag${String(n).padStart(2, '0')}`);
  const context = aContext({ archive: { ...aContext().archive, hashtags: async () => tags } });
  const first = written(await panel('hashtags').show(START, context, ''));
  expect(first).toContain(
    '[★ #tag04→settings hashtags follow tag04] [🔇 #tag04→settings hashtags mute tag04]',
  );
  expect(first).toContain('\n[Next ›→settings hashtags page 2]');
  expect(first).not.toContain('#tag05');
  const second = written(await panel('hashtags').show(START, context, 'page 2'));
  expect(second).toContain('[‹ Previous→settings hashtags page 1] [Next ›→settings hashtags page 3]');
  const chosen = await panel('hashtags').change('follow tag07', START, context);
  expect(written(await panel('hashtags').show(chosen, context, 'follow tag07'))).toBe(
    second.replace(
      '[★ #tag07→settings hashtags follow tag07]',
      '[✓ ★ #tag07→settings hashtags normal tag07]',
    ),
  );
});

const pressable = (document: Awaited<ReturnType<typeof panelScreen>>): readonly Button[] =>
  document.flatMap((block) => (block.type === 'buttons' ? block.rows.flat() : []));

/** What one must see of the choices on a panel: each a chosen button, or words. */
const VISIBLE: Readonly<Record<string, (choices: Choices) => readonly string[]>> = (() => {
  const texts = textsFor('en');
  const { kinds } = texts.settings.rhythm;
  const { quiet, sound, look: looks } = texts.settings;
  return {
    types: ({ postTypes }) =>
      postTypes.map((type) => `✓ ${texts.postTypeIcons[type]} ${texts.postTypes[type]}`),
    rhythm: ({ rhythm }) => [
      `✓ ${kinds[rhythm.kind]}`,
      ...(rhythm.kind === 'at-once' ? [] : [`✓ ${timeText(rhythm.at)}`]),
      ...(rhythm.kind === 'weekly' ? [`✓ ${weekdayName(rhythm.on, texts)}`] : []),
    ],
    quiet: ({ quiet: chosen }) =>
      chosen
        ? [
            `✓ ${quiet.manners[chosen.manner]}`,
            `✓ ${quiet.from(timeText(chosen.from))}`,
            `✓ ${quiet.to(timeText(chosen.to))}`,
          ]
        : [`✓ ${quiet.manners.off}`],
    sound: ({ silent }) => [`✓ ${silent ? sound.off : sound.on}`],
    breaking: ({ breaking }) => [`✓ ${breaking ? 'Yes' : 'No'}`],
    zone: ({ timeZone }) => [`${zoneName(timeZone, texts)}: there`],
    look({ look }) {
      const [style = '', long = ''] = look.split('/');
      const named: Readonly<Record<string, string>> = { ...looks.styles, ...looks.longs };
      return look === '' ? ['✓ As usual'] : [style, long].filter(Boolean).map((one) => `✓ ${named[one]}`);
    },
    language: ({ language }) => [
      `✓ ${language === undefined ? 'As usual' : textsFor(language).settings.language.own}`,
    ],
  };
})();

const shelf = new Map<string, Parameters<Shelf['set']>[1]>();
const presses = createPresses({
  get: async (key) => shelf.get(key),
  set: async (key, value) => shelf.set(key, value),
});

test('whatever is chosen can be seen on its panel, and no button is lost on Discord', async () => {
  await fc.assert(
    fc.asyncProperty(anyChoices, async (choices) => {
      const context = aContext();
      for (const one of everywhere) {
        const screen = await withShortPresses(
          await panelScreen(one, choices, context, ''),
          presses,
          'discord:1',
        );
        const components = flat(messagesOf(screen)[0]?.components ?? []);
        const ids = components.flatMap((component) =>
          'custom_id' in component ? [component.custom_id] : [],
        );
        expect(ids).toHaveLength(pressable(screen).length);
        expect(new Set(ids).size).toBe(ids.length);
        expect(messagesOf(screen)).toHaveLength(1);
        const shown = written(screen);
        for (const words of VISIBLE[one.name]?.(choices) ?? []) expect(shown).toContain(words);
      }
    }),
    { numRuns: 200 },
  );
});

test('what was brought along from another platform is shown as what it is here', async () => {
  const shown = await panel('look').show({ ...START, look: 'rich' }, aContext(), '');
  expect(written(shown)).toContain('[✓ As usual→');
});
