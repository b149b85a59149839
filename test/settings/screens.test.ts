import { describe, expect, test } from 'vitest';
import { type Choices, DEFAULT_CHOICES } from '../../src/choices/choices.ts';
import { pressText } from '../../src/command/press-text.ts';
import { MAX_PRESS_BYTES } from '../../src/command/presses.ts';
import { PANELS } from '../../src/settings/panels.ts';
import { pressed, written } from '../commands/written.ts';
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
