import { describe, expect, test } from 'vitest';
import { type Choices, DEFAULT_CHOICES } from '../../src/choices/choices.ts';
import { choicesText } from '../../src/choices/choices-text.ts';
import type { CommandContext } from '../../src/command/command.ts';
import { MAX_PRESS_BYTES } from '../../src/command/presses.ts';
import { PANELS } from '../../src/settings/panels.ts';
import { textsFor } from '../../src/text/texts.ts';
import { written } from '../commands/written.ts';
import { aContext } from './context.ts';

const START: Choices = { ...DEFAULT_CHOICES, timeZone: 'Europe/Berlin' };
const panel = (name: string) => PANELS.find((one) => one.name === name)!;
const lineOf = (name: string, choices: Choices): string | undefined =>
  choicesText(choices)
    .split('\n')
    .find((line) => line.startsWith(`${name}: `))
    ?.slice(name.length + 2);

/** What a line of the choices' text says after each of these was typed, one after the other. */
async function after(name: string, line: string, typed: readonly string[], context = aContext()) {
  let choices = START;
  for (const words of typed) choices = await panel(name).change(words, choices, context);
  return lineOf(line, choices);
}

describe.each<
  readonly [panel: string, line: string, cases: readonly (readonly [readonly string[], string])[]]
>([
  [
    'types',
    'types',
    [
      [['+reply'], 'missive, note, link, photo, video, reply'],
      [['-note', '-link'], 'missive, photo, video'],
      [['-note', '-note'], 'missive, link, photo, video'],
      [['missive, photo'], 'missive, photo'],
      [['Photos, videos'], 'photo, video'],
      [['photos and videos'], 'photo, video'],
      [['none', '+video'], 'video'],
      [['all'], 'missive, note, link, photo, video, reply, repost'],
    ],
  ],
  [
    'rhythm',
    'rhythm',
    [
      [['daily'], 'daily 08:00'],
      [['daily 8:30'], 'daily 08:30'],
      [['Daily 8pm'], 'daily 20:00'],
      [['daily 12 am'], 'daily 00:00'],
      [['every day 9.15'], 'daily 09:15'],
      [['weekly'], 'weekly sunday 08:00'],
      [['weekly fri 18'], 'weekly friday 18:00'],
      [['friday'], 'weekly friday 08:00'],
      [['every friday at 6pm'], 'weekly friday 18:00'],
      [['daily 21:00', 'weekly'], 'weekly sunday 21:00'],
      [['weekly monday 7', '9:00'], 'weekly monday 09:00'],
      [['7:05'], 'daily 07:05'],
      [['daily', 'at once'], 'at once'],
      [['daily', 'once'], 'at once'],
    ],
  ],
  [
    'quiet',
    'quiet',
    [
      [['22-7'], '22:00-07:00 hold'],
      [['22:30 - 6 silence'], '22:30-06:00 silence'],
      [['10pm to 7am'], '22:00-07:00 hold'],
      [['hold'], '22:00-07:00 hold'],
      [['23-5 silence', '21-6'], '21:00-06:00 silence'],
      [['23-5', 'silent'], '23:00-05:00 silence'],
      [['22-7', 'off'], 'none'],
    ],
  ],
  [
    'sound',
    'silent',
    [
      [['off'], 'yes'],
      [['off', 'on'], 'no'],
      [['No'], 'yes'],
    ],
  ],
  [
    'breaking',
    'breaking',
    [
      [['yes'], 'yes'],
      [['on', 'off'], 'no'],
    ],
  ],
  [
    'zone',
    'time zone',
    [
      [['Asia/Shanghai'], 'Asia/Shanghai'],
      [['asia/shanghai'], 'Asia/Shanghai'],
      [['Shanghai'], 'Asia/Shanghai'],
      [['beijing'], 'Asia/Shanghai'],
      [['new york'], 'America/New_York'],
      [['Helsinki'], 'Europe/Helsinki'],
      [['utc'], 'UTC'],
      [['UTC+8'], '+08:00'],
      [['+5:30'], '+05:30'],
      [['samark'], 'Asia/Samarkand'],
    ],
  ],
  [
    'look',
    'look',
    [
      [['card'], 'card'],
      [['card', 'cut'], 'card/cut'],
      [['cut'], '/cut'],
      [['cut', 'plain/summary'], 'plain/summary'],
      [['card/cut', 'standard'], 'standard'],
    ],
  ],
  [
    'language',
    'language',
    [
      [['en'], 'en'],
      [['English'], 'en'],
      [['en', 'standard'], 'standard'],
    ],
  ],
  [
    'hashtags',
    'follow',
    [
      [['follow #Lithium'], '#lithium'],
      [['#gold', 'follow silver'], '#gold, #silver'],
      [['follow gold', 'normal gold'], 'none'],
      [['follow gold', 'mute gold'], 'none'],
      [['page 2'], 'none'],
    ],
  ],
  ['hashtags', 'mute', [[['mute #锂', 'mute gold', 'follow gold'], '#锂']]],
  [
    'series',
    'follow',
    [
      [['follow harbour morning missive'], '"harbour morning missive"'],
      [['morning'], '"harbour morning missive"'],
      [['Harbour Morning Missive – 12 March'], '"harbour morning missive"'],
    ],
  ],
  [
    'series',
    'mute',
    [
      [['mute on tides'], '"on tides"'],
      [['mute on tides', 'normal on tides'], 'none'],
    ],
  ],
])('the panel %s, by the line "%s"', (name, line, cases) => {
  test.each(cases)('takes %j as %s', async (typed, expected) => {
    expect(await after(name, line, typed)).toBe(expected);
  });
});

test.each([
  ['types', 'types', '照片和视频', 'photo, video'],
  ['types', 'types', '全选', 'missive, note, link, photo, video, reply, repost'],
  ['rhythm', 'rhythm', '每天8：30', 'daily 08:30'],
  ['rhythm', 'rhythm', '每周五 18点', 'weekly friday 18:00'],
  ['rhythm', 'rhythm', '每周 星期天 8点30分', 'weekly sunday 08:30'],
  ['rhythm', 'rhythm', '随发随到', 'at once'],
  ['quiet', 'quiet', '22点到7点', '22:00-07:00 hold'],
  ['quiet', 'quiet', '22-7 静音', '22:00-07:00 silence'],
  ['quiet', 'quiet', '关闭', 'none'],
  ['sound', 'silent', '关', 'yes'],
  ['zone', 'time zone', '北京', 'Asia/Shanghai'],
  ['zone', 'time zone', 'Tokyo', 'Asia/Tokyo'],
  ['hashtags', 'mute', '屏蔽 ＃锂', '#锂'],
  ['language', 'language', '中文', 'zh'],
])('in Chinese the panel %s, by the line "%s", takes “%s” as %s', async (name, line, typed, expected) => {
  expect(await after(name, line, [typed], aContext({ texts: textsFor('zh') }))).toBe(expected);
});

test.each([
  ['types', 'poems', 'Right would be: /settings types missive, photo or /settings types all'],
  ['types', '+', '/settings types all'],
  ['rhythm', 'hourly', 'Right would be: /settings rhythm daily 8:30'],
  ['rhythm', 'on', '“on” means nothing'],
  ['rhythm', 'daily 25:00', '“daily 25:00” means nothing'],
  ['rhythm', 'daily 13pm', '“daily 13pm” means nothing'],
  ['rhythm', 'daily sunday', '“daily sunday” means nothing'],
  ['quiet', '22', 'Right would be: /settings quiet 22-7'],
  ['quiet', '7-7', '“7-7” means nothing'],
  ['sound', 'loud', 'Right would be: /settings sound on or /settings sound off'],
  ['zone', 'Atlantis', 'I know no time zone for “Atlantis”'],
  ['zone', 'argentina', 'I know no time zone for “argentina”'],
  ['zone', 'san', 'Did you mean: America/'],
  ['look', 'neon', '/settings look card or /settings look embed'],
  ['look', '/', 'means nothing'],
  ['language', 'klingon', 'Right would be: /settings language en'],
  ['hashtags', 'follow two words', 'Right would be: /settings hashtags mute #giveaway'],
  ['hashtags', `#${'a'.repeat(100)}`, 'means nothing'],
  ['series', 'follow nothing such', 'I know no series “nothing such”'],
])('the panel %s answers "%s" with what would be right', async (name, words, expected) => {
  const change = async () => panel(name).change(words, START, aContext());
  await expect(change()).rejects.toThrow(expected);
  await expect(change()).rejects.toHaveProperty('name', 'Problem');
});

test('no more is followed than can be looked after, whatever of it', async () => {
  const follow = { series: ['on tides'], hashtags: Array.from({ length: 49 }, (_, n) => `tag${n}`) };
  const full = { ...START, follow };
  await expect(panel('hashtags').change('#more', full, aContext())).rejects.toThrow('50 at most');
  expect(await panel('hashtags').change('mute #tag1', full, aContext())).toMatchObject({
    mute: { hashtags: ['tag1'] },
  });
});

describe.each(PANELS.map((one) => [one.name, one] as const))('the panel %s', (name, one) => {
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
        const [command, panelName, ...words] = button.press.split(' ');
        expect([command, panelName]).toEqual(['settings', name]);
        expect(await one.change(words.join(' '), choices, context)).toBeDefined();
        expect(Buffer.byteLength(button.press)).toBeLessThanOrEqual(MAX_PRESS_BYTES);
      }
    }
  });

  test('marks what is chosen, and only after it was pressed', async () => {
    const context = aContext();
    const shown = await one.show(START, context, '');
    const free = shown
      .flatMap((block) => (block.type === 'buttons' ? block.rows.flat() : []))
      .find(({ label }) => !label.startsWith('✓'))!;
    const words = 'press' in free ? free.press.split(' ').slice(2).join(' ') : '';
    const after = await one.show(await one.change(words, START, context), context, words);
    expect(written(after)).toContain(`[✓ ${free.label.replace(/^(?:All|None)$/u, '📜 Missive')}→`);
  });
});

test('the time zone’s panel shows the time there, so that one sees whether it is right', async () => {
  const context: CommandContext = aContext({ now: () => Date.UTC(2025, 6, 1, 22, 5) });
  expect(written(await panel('zone').show({ ...START, timeZone: 'Asia/Shanghai' }, context, ''))).toContain(
    'Beijing: there it is 06:05 now.',
  );
});

test('breaking news is a choice only where the author has a way to mark it', () => {
  const shown = (hasBreaking: boolean) => PANELS.filter((one) => one.isFor(aContext({ hasBreaking })));
  expect(shown(true)).toEqual(PANELS);
  expect(shown(false)).toEqual(PANELS.filter(({ name }) => name !== 'breaking'));
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
