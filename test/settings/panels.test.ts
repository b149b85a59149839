import { describe, expect, test } from 'vitest';
import { textsFor } from '../../src/i18n/texts.ts';
import { DEFAULT_PREFERENCES, type Preferences } from '../../src/preferences/preferences.ts';
import { formatPreferences } from '../../src/preferences/preferences-format.ts';
import { PANELS } from '../../src/settings/groups.ts';
import { ALL_TYPES, defaultTypes } from '../post-types.fixture.ts';
import { changeTyped, createTestContext } from './context.fixture.ts';

const START: Preferences = { ...DEFAULT_PREFERENCES, timeZone: 'Europe/Berlin' };
const panel = (name: string) => PANELS.find((one) => one.name === name)!;
const lineOf = (name: string, choices: Preferences): string | undefined =>
  formatPreferences(choices)
    .split('\n')
    .find((line) => line.startsWith(`${name}: `))
    ?.slice(name.length + 2);

/** A line of the exported settings after each of these inputs, one after the other. */
async function after(name: string, line: string, typed: readonly string[], context = createTestContext()) {
  let choices = START;
  for (const words of typed) choices = await changeTyped(panel(name), words, choices, context);
  return lineOf(line, choices);
}

describe.each<
  readonly [panel: string, line: string, cases: readonly (readonly [readonly string[], string])[]]
>([
  [
    'types',
    'types',
    [
      [['+reply'], defaultTypes({ and: ['reply'] })],
      [['-note', '-link'], defaultTypes({ without: ['note', 'link'] })],
      [['-note', '-note'], defaultTypes({ without: ['note'] })],
      [['missive, photo'], 'missive, photo'],
      [['Photos, videos'], 'photo, video'],
      [['photos and videos'], 'photo, video'],
      [['none', '+video'], 'video'],
      [['all'], ALL_TYPES],
      [['everything'], ALL_TYPES],
    ],
  ],
  [
    'schedule',
    'schedule',
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
      [['daily', 'right away'], 'right away'],
      [['daily', 'Right away'], 'right away'],
      [['daily', 'at once'], 'right away'],
      [['daily', 'once'], 'right away'],
      [['daily digest 9'], 'daily 09:00'],
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
      [['23-5', 'no sound'], '23:00-05:00 silence'],
      [['23-5 silence', 'Hold posts'], '23:00-05:00 hold'],
      [['23-5 silence', 'posts wait'], '23:00-05:00 hold'],
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
      [['utc'], 'Etc/UTC'],
      [['UTC+8'], '+08:00'],
      [['+5:30'], '+05:30'],
      [['samark'], 'Asia/Samarkand'],
    ],
  ],
  [
    'style',
    'style',
    [
      [['card'], 'card'],
      [['card', 'cut'], 'card/cut'],
      [['cut'], '/cut'],
      [['cut', 'plain/summary'], 'plain/summary'],
      [['card/cut', 'default'], 'default'],
      [['card/cut', 'standard'], 'default'],
      [['card/cut', 'as usual'], 'default'],
      [['card/cut', '/split'], '/split'],
    ],
  ],
  [
    'language',
    'language',
    [
      [['en'], 'en'],
      [['English'], 'en'],
      [['en', 'default'], 'default'],
      [['en', 'standard'], 'default'],
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
  ['types', 'types', '全部', ALL_TYPES],
  ['types', 'types', '全选', ALL_TYPES],
  ['schedule', 'schedule', '每日汇总 8点', 'daily 08:00'],
  ['schedule', 'schedule', '实时推送', 'right away'],
  ['quiet', 'quiet', '22-7 先留着', '22:00-07:00 hold'],
  ['quiet', 'quiet', '22-7 暂缓发送', '22:00-07:00 hold'],
  ['breaking', 'breaking', '是', 'yes'],
  ['schedule', 'schedule', '每天8：30', 'daily 08:30'],
  ['schedule', 'schedule', '每周五 18点', 'weekly friday 18:00'],
  ['schedule', 'schedule', '每周 星期天 8点30分', 'weekly sunday 08:30'],
  ['schedule', 'schedule', '随发随到', 'right away'],
  ['quiet', 'quiet', '22点到7点', '22:00-07:00 hold'],
  ['quiet', 'quiet', '22-7 静音', '22:00-07:00 silence'],
  ['quiet', 'quiet', '关闭', 'none'],
  ['sound', 'silent', '关', 'yes'],
  ['zone', 'time zone', '北京', 'Asia/Shanghai'],
  ['zone', 'time zone', 'Tokyo', 'Asia/Tokyo'],
  ['hashtags', 'mute', '屏蔽 ＃锂', '#锂'],
  ['hashtags', 'mute', 'mute #ＡＩ', '#ai'],
  ['hashtags', 'mute', 'mute #cafe\u0301', '#caf\u00e9'],
  ['language', 'language', '中文', 'zh'],
])('in Chinese the panel %s, by the line "%s", takes “%s” as %s', async (name, line, typed, expected) => {
  expect(await after(name, line, [typed], createTestContext({ texts: textsFor('zh') }))).toBe(expected);
});

test.each([
  ['types', 'poems', 'Try one of:\n/settings types missive, photo\n/settings types all'],
  ['types', '+', '/settings types all'],
  ['schedule', 'hourly', 'Try one of:\n/settings schedule daily 8:30'],
  ['schedule', 'on', "I don't understand “on”"],
  ['schedule', 'daily 25:00', "I don't understand “daily 25:00”"],
  ['schedule', 'daily 13pm', "I don't understand “daily 13pm”"],
  ['schedule', 'daily sunday', "I don't understand “daily sunday”"],
  ['quiet', '22', 'Try one of:\n/settings quiet 22-7'],
  ['quiet', '7-7', "I don't understand “7-7”"],
  ['sound', 'loud', 'Try one of:\n/settings sound on\n/settings sound off'],
  ['zone', 'Atlantis', "I can't find a time zone for “Atlantis”"],
  ['zone', 'san', 'Did you mean '],
  ['zone', 'mars', 'Did you mean Paris'],
  ['zone', 'CST', 'Did you mean Chicago, Beijing, Havana?'],
  ['zone', 'IST', 'Did you mean Kolkata, Jerusalem, Dublin?'],
  ['style', 'neon', '/settings style card\n/settings style embed'],
  ['style', '/', "I don't understand"],
  ['language', 'klingon', 'Try one of:\n/settings language en'],
  ['hashtags', 'follow two words', 'Try one of:\n/settings hashtags mute #giveaway'],
  ['hashtags', `#${'a'.repeat(100)}`, "I don't understand"],
  ['series', 'follow nothing such', '“nothing such”'],
])('the panel %s answers "%s" with valid examples', async (name, words, expected) => {
  const change = async () => changeTyped(panel(name), words, START, createTestContext());
  const { message } = await change().then(
    () => new Error('It was understood.'),
    (error: Error) => error,
  );
  expect(message.replaceAll('\u00a0', ' ')).toContain(expected);
  await expect(change()).rejects.toHaveProperty('name', 'UserError');
});

test('the number of followed series and hashtags is limited', async () => {
  const follow = { series: ['on tides'], hashtags: Array.from({ length: 49 }, (_, n) => `tag${n}`) };
  const full = { ...START, follow };
  await expect(changeTyped(panel('hashtags'), '#more', full, createTestContext())).rejects.toThrow(
    'up to 50',
  );
  expect(await changeTyped(panel('hashtags'), 'mute #tag1', full, createTestContext())).toMatchObject({
    mute: { hashtags: ['tag1'] },
  });
});
