import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callbackForValue, formatCallback, MAX_CALLBACK_BYTES } from '../../src/command/callback-codec.ts';
import {
  type CallbackKeyValue,
  createCallbackStore,
  withShortCallbacks,
} from '../../src/command/callback-store.ts';
import { parseArgs } from '../../src/command/parse-args.ts';
import { textsFor } from '../../src/i18n/texts.ts';
import type { Callback, Document } from '../../src/note/document.ts';
import { buttonRows, toKeyboard } from '../../src/platform/telegram/render/keyboard.ts';
import { formatTime } from '../../src/preferences/field-format.ts';
import { DEFAULT_PREFERENCES, type Preferences } from '../../src/preferences/preferences.ts';
import { GROUPS, PANELS } from '../../src/settings/groups.ts';
import { PANEL_OPTIONS, type PanelInput, typeLabel } from '../../src/settings/panel.ts';
import { weekdayName } from '../../src/settings/parse-input.ts';
import { groupScreen, overview, panelScreen, presetScreen } from '../../src/settings/screens.ts';
import { zoneName } from '../../src/settings/time-zones/find-time-zone.ts';
import { likelyZones } from '../../src/settings/time-zones/likely-time-zones.ts';
import { toPlainText } from '../commands/plain-text.fixture.ts';
import { flat, messagesOf } from '../platform/discord/render.fixture.ts';
import { anyPreferences } from '../preferences/any-preferences.fixture.ts';
import { createTestContext } from './context.fixture.ts';

const START: Preferences = { ...DEFAULT_PREFERENCES, timeZone: 'Europe/Berlin' };
const panel = (name: string) => PANELS.find((one) => one.name === name)!;

// Panels about servers are tested with one in test/discord/servers.
const everywhere = PANELS.filter((one) => one.isAvailable(createTestContext()));

describe.each(everywhere.map((one) => [one.name, one] as const))('the panel %s', (name, one) => {
  const some: readonly Preferences[] = [
    START,
    {
      ...START,
      postTypes: [],
      follow: { series: ['on tides'], hashtags: ['lithium'] },
      mute: { series: [], hashtags: ['gold'] },
      schedule: { kind: 'weekly', at: 510, on: 1 },
      quietHours: { from: 1320, to: 420, mode: 'silence' },
      silent: true,
      breaking: true,
      timeZone: 'Pacific/Chatham',
      style: 'card/cut',
      language: 'en',
    },
  ];

  test('has a name that can be typed, and a label that fits a button', () => {
    expect(name).toMatch(/^[a-z]+$/u);
    for (const choices of some)
      expect(one.label(choices, createTestContext()).length).toBeLessThanOrEqual(40);
  });

  test('shows only buttons that it understands and that replace the message', async () => {
    for (const platform of ['discord', 'telegram'] as const)
      for (const choices of some) {
        const context = createTestContext({ platform });
        const pressed = pressesOf(await one.show(choices, context));
        expect(pressed.length).toBeGreaterThan(0);
        for (const { callback, responseMode } of pressed) {
          expect(responseMode).toBe('replace');
          expect(callback).toMatchObject({ command: 'settings', options: { screen: name } });
          expect(await one.apply(inputOf(callback), choices, context)).toBeDefined();
        }
      }
  });

  test('marks an option only after it was chosen', async () => {
    const context = createTestContext();
    const free = pressesOf(await one.show(START, context)).find(({ isOn }) => !isOn)!;
    const input = inputOf(free.callback);
    const after = await one.show(await one.apply(input, START, context), context, input);
    const label = free.label.replace(/^(?:All|None)$/u, '📜 Missives');
    expect(pressesOf(after).find((way) => way.label === label)?.isOn).toBe(true);
  });
});

/** What a button passes to its panel. */
function inputOf(callback: Callback): PanelInput {
  if ('storedKey' in callback) throw new Error('The options of this button are stored');
  const { screen: _, ...named } = callback.options;
  return parseArgs(PANEL_OPTIONS, { named }, textsFor('en'));
}

/** Everything that can be pressed there, one by one as on a platform without selects. */
function pressesOf(document: Document) {
  return document.flatMap((block) => {
    if (block.type === 'buttons')
      return block.rows.flat().map((button) => {
        if (!('callback' in button)) throw new Error(`Not to be pressed: ${button.label}`);
        return { isOn: false, ...button };
      });
    if (block.type !== 'select' || typeof block.options === 'string') return [];
    const { options, selected, responseMode } = block;
    return options.map(({ value, label }) => {
      const callback = callbackForValue(block, value);
      expect(Buffer.byteLength(formatCallback(callback))).toBeLessThanOrEqual(MAX_CALLBACK_BYTES);
      return { label, callback, responseMode, isOn: selected.includes(value) };
    });
  });
}

test('the time zone panel shows the local time, so that users can check it', async () => {
  const context = createTestContext({ now: () => Date.UTC(2025, 6, 1, 22, 5) });
  expect(toPlainText(await panel('zone').show({ ...START, timeZone: 'Asia/Shanghai' }, context))).toContain(
    'Time zone: Beijing (now 06:05)',
  );
});

test('breaking news can be set only if the author can mark it', () => {
  const shown = (hasBreaking: boolean) =>
    PANELS.filter((one) => one.isAvailable(createTestContext({ hasBreaking })));
  expect(shown(true).map(({ name }) => name)).toContain('breaking');
  expect(shown(false)).toEqual(shown(true).filter(({ name }) => name !== 'breaking'));
});

test('a page of series or hashtags stays open after a choice', async () => {
  const tags = Array.from({ length: 12 }, (_, n) => `tag${String(n).padStart(2, '0')}`);
  const context = createTestContext({
    archive: { ...createTestContext().archive, hashtags: async () => tags.map((tag) => ({ tag, count: 1 })) },
  });
  const first = toPlainText(await panel('hashtags').show(START, context));
  expect(first).toContain(
    '[★ #tag04→settings hashtags follow tag04] [🔇 #tag04→settings hashtags mute tag04]',
  );
  expect(first).toContain('\n[Next ›→settings hashtags page 2]');
  expect(first).not.toContain('#tag05');
  const second = toPlainText(await panel('hashtags').show(START, context, { page: 2 }));
  expect(second).toContain('[‹ Previous→settings hashtags page 1] [Next ›→settings hashtags page 3]');
  const input = { mode: 'follow', value: 'tag07' } as const;
  const chosen = await panel('hashtags').apply(input, START, context);
  expect(toPlainText(await panel('hashtags').show(chosen, context, input))).toBe(
    second.replace(
      '[★ #tag07→settings hashtags follow tag07]',
      '[✓ ★ #tag07→settings hashtags normal tag07]',
    ),
  );
});

/** What a setting's screen must show of the preferences, as a selection or in words. */
const VISIBLE: Readonly<Record<string, (choices: Preferences) => readonly string[]>> = (() => {
  const texts = textsFor('en');
  const { kinds } = texts.settings.schedule;
  const { quiet, sound, style: looks } = texts.settings;
  return {
    types: ({ postTypes }) => postTypes.map((type) => `✓ ${typeLabel(type, texts)}`),
    schedule: ({ schedule }) => [
      `✓ ${kinds[schedule.kind]}`,
      ...(schedule.kind === 'at-once' ? [] : [`✓ ${formatTime(schedule.at)}`]),
      ...(schedule.kind === 'weekly' ? [`✓ ${weekdayName(schedule.on, texts)}`] : []),
    ],
    quiet: ({ quietHours: chosen }) =>
      chosen
        ? [`✓ ${quiet.modes[chosen.mode]}`, `✓ ${formatTime(chosen.from)}`, `✓ ${formatTime(chosen.to)}`]
        : [`✓ ${quiet.modes.off}`],
    sound: ({ silent }) => [`✓ ${silent ? sound.off : sound.on}`],
    breaking: ({ breaking }) => [`✓ ${breaking ? 'On' : 'Off'}`],
    zone: ({ timeZone }) => [`✓ ${zoneName(timeZone, texts)} `],
    style({ style: look }) {
      const [style = '', long = ''] = look.split('/');
      const named: Readonly<Record<string, string>> = { ...looks.styles, ...looks.longPosts };
      return [`✓ ${named[style] ?? looks.standard}`, `✓ ${named[long] ?? looks.standardLong}`];
    },
    language: ({ language }) => [
      `✓ ${language === undefined ? 'Default' : textsFor(language).settings.language.ownName}`,
    ],
  };
})();

const shelf = new Map<string, Parameters<CallbackKeyValue['set']>[1]>();
const presses = createCallbackStore({
  get: async (key) => shelf.get(key),
  set: async (key, value) => shelf.set(key, value),
});

const idsIn = (document: Document): readonly string[] =>
  flat(messagesOf(document)[0]?.components ?? []).flatMap((component) =>
    'custom_id' in component ? [String(component.custom_id)] : [],
  );

test('every current value is visible on its screen, and Discord shows all buttons', async () => {
  const context = createTestContext();
  const waysIn = (document: Document): number =>
    document.reduce(
      (sum, block) =>
        sum + (block.type === 'buttons' ? block.rows.flat().length : block.type === 'select' ? 1 : 0),
      0,
    );
  await fc.assert(
    fc.asyncProperty(anyPreferences, async (choices) => {
      const short = (document: Document) => withShortCallbacks(document, presses, 'discord:1');
      const screens = [
        await overview(choices, context),
        ...(await Promise.all(GROUPS.map((group) => groupScreen(group, choices, context)))),
        ...(await Promise.all(everywhere.map((one) => panelScreen(one, choices, context)))),
      ];
      for (const document of screens) {
        const screen = await short(document);
        const ids = idsIn(screen);
        expect(ids).toHaveLength(waysIn(screen));
        expect(new Set(ids).size).toBe(ids.length);
        expect(messagesOf(screen)).toHaveLength(1);
      }
      for (const one of everywhere) {
        const shown = toPlainText(await panelScreen(one, choices, context));
        for (const words of VISIBLE[one.name]?.(choices) ?? []) expect(shown).toContain(words);
      }
    }),
    { numRuns: 30 },
  );
});

test('on Telegram every current value has a check mark', async () => {
  const context = createTestContext({ platform: 'telegram' });
  await fc.assert(
    fc.asyncProperty(anyPreferences, async (choices) => {
      for (const one of everywhere) {
        const shown = await panelScreen(one, choices, context);
        const screen = await withShortCallbacks(shown, presses, 'telegram:1');
        const keys = (toKeyboard(buttonRows(screen))?.inline_keyboard ?? []).flat().map(({ text }) => text);
        const words = VISIBLE[one.name]?.(choices) ?? [];
        for (const mark of words) {
          const bare = mark.replace(/^✓ /u, '');
          expect(keys.some((key) => key.startsWith('✓') && key.includes(bare))).toBe(true);
        }
      }
    }),
    { numRuns: 50 },
  );
});

test('a setting from another platform is shown as what it means here', async () => {
  const shown = await panel('style').show({ ...START, style: 'rich' }, createTestContext());
  expect(toPlainText(shown)).toContain('{Style: ✓ Default style=default | ');
});

test('the first screen shows presets until something is changed, then the settings', async () => {
  const ready = '[Everything→settings preset everything]';
  const own = { timeZone: 'Asia/Tokyo', language: 'zh', reportedLanguage: 'zh' };
  for (const choices of [DEFAULT_PREFERENCES, { ...DEFAULT_PREFERENCES, ...own }]) {
    const screen = toPlainText(await overview(choices, createTestContext()));
    expect(screen.indexOf(ready)).toBeGreaterThan(0);
    expect(screen.indexOf(ready)).toBeLessThan(screen.indexOf('[📬 What→settings what]'));
  }
  const digest: Preferences = { ...DEFAULT_PREFERENCES, schedule: { kind: 'daily', at: 8 * 60 } };
  expect(toPlainText(await overview(digest, createTestContext()))).not.toContain(ready);
  expect(toPlainText(await presetScreen(digest, createTestContext()))).toContain('[✓ Daily digest→');
});

test('no series means all of them, not none', async () => {
  expect(toPlainText(await groupScreen(GROUPS[0]!, START, createTestContext()))).toContain(
    '[Series: all→settings series] [Hashtags: all→settings hashtags]',
  );
});

test.each([
  ['de', 'Europe/Berlin'],
  ['en-GB', 'Europe/London'],
  ['zh-TW', 'Asia/Taipei'],
  ['zh-hans', 'Asia/Shanghai'],
  ['fi', 'Europe/Helsinki'],
  ['pt-BR', 'America/Sao_Paulo'],
])('a user whose app is in %s is offered %s right after the current zone', (language, expected) => {
  const zones = likelyZones('Etc/UTC', language, 0, 12, textsFor('en'));
  expect(zones.slice(0, 2)).toEqual(['Etc/UTC', expected]);
  expect(zones).toHaveLength(12);
});

test('zones are offered whatever language an app reports', () => {
  fc.assert(
    fc.property(fc.string(), (language) => {
      expect(likelyZones('Asia/Tokyo', language, 0, 25, textsFor('en'))[0]).toBe('Asia/Tokyo');
    }),
  );
});
