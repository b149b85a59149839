import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seriesName } from '../../src/note/series.ts';
import { matches } from '../../src/preferences/filter.ts';
import { DEFAULT_PREFERENCES, type Preferences } from '../../src/preferences/preferences.ts';
import { formatPreferences, parsePreferences } from '../../src/preferences/preferences-format.ts';
import { defaultTypes } from '../post-types.fixture.ts';
import { anyPreferences } from './any-preferences.fixture.ts';

test('preferences are written as lines that people can read', () => {
  const preferences: Preferences = {
    ...DEFAULT_PREFERENCES,
    postTypes: ['missive', 'photo'],
    follow: { hashtags: ['lithium', '锂'], series: ['china morning missive'] },
    mute: { hashtags: ['gm'], series: [] },
    schedule: { kind: 'weekly', at: 510, on: 7 },
    quietHours: { from: 1_320, to: 420, mode: 'hold' },
    breaking: true,
    timeZone: 'Asia/Shanghai',
    mentionRoles: { missive: '1234', photo: '5678' },
    publish: true,
    style: 'card/split',
    language: 'zh',
  };
  expect(formatPreferences(preferences).split('\n')).toEqual([
    'types: missive, photo',
    'follow: #lithium, #锂, "china morning missive"',
    'mute: #gm',
    'schedule: weekly sunday 08:30',
    'quiet: 22:00-07:00 hold',
    'silent: no',
    'breaking: yes',
    'time zone: Asia/Shanghai',
    'ping: missive 1234, photo 5678',
    'topics: none',
    'publish: yes',
    'style: card/split',
    'language: zh',
  ]);
});

test('whatever is chosen survives being written and read', () => {
  fc.assert(
    fc.property(anyPreferences, (preferences) => {
      expect(parsePreferences(formatPreferences(preferences))).toEqual({ preferences, wrong: [] });
    }),
  );
});

/** As the text was written when a schedule was a rhythm and a style a look. */
const formerText = (preferences: Preferences): string =>
  formatPreferences(preferences)
    .replace(/^schedule: /mu, 'rhythm: ')
    .replace('rhythm: right away', 'rhythm: at once')
    .replace(/^style: /mu, 'look: ')
    .replace(/^(look|language): default$/gmu, '$1: standard');

test('a text that was exported or stored with former words reads the same, whatever is chosen', () => {
  expect(formerText(DEFAULT_PREFERENCES)).toContain('rhythm: at once');
  expect(formerText(DEFAULT_PREFERENCES)).toContain('look: standard\nlanguage: standard');
  fc.assert(
    fc.property(anyPreferences, fc.constantFrom('\n', '  '), (preferences, end) => {
      const read = parsePreferences(formerText(preferences).replaceAll('\n', end));
      expect(read).toEqual({ preferences, wrong: [] });
    }),
  );
});

test('what is chosen survives a form that makes blanks of the line ends', () => {
  const hostile: Preferences = {
    ...DEFAULT_PREFERENCES,
    mute: { hashtags: ['gm'], series: ['a \\ "b" mute: none rhythm: daily 08:00'] },
  };
  for (const preferences of [hostile, ...fc.sample(anyPreferences, 200)])
    expect(parsePreferences(formatPreferences(preferences).replaceAll('\n', '  '))).toEqual({
      preferences,
      wrong: [],
    });
});

test('hashtags are read as they are compared, however they were written or stored', () => {
  const { follow } = parsePreferences('follow: ＃ＡＩ, #CAFE\u0301 #ai').preferences;
  expect(follow.hashtags).toEqual(['ai', 'caf\u00e9']);
  expect(parsePreferences('mute: #İzmir #izmir #tide\ufe0f').preferences.mute.hashtags).toEqual([
    'izmir',
    'tide',
  ]);
});

test('series are read as they are compared, so that those stored in other letters go on', () => {
  const { series } = parsePreferences('follow: "ＡＩ  Weekly", "ข่าวกำลัง", "cafe\u0301"').preferences.follow;
  expect(series).toEqual(['ＡＩ Weekly', 'ข่าวกำลัง', 'Café'].map(seriesName));
});

test('what grows too long by being compared is refused at once, not when it is read again', () => {
  const { preferences, wrong } = parsePreferences(`follow: #tide\nmute: #${'ﷺ'.repeat(20)}`);
  expect(wrong).toHaveLength(1);
  expect(parsePreferences(formatPreferences(preferences))).toEqual({ preferences, wrong: [] });
});

test('what is left out is as where nobody chose; case and blanks don’t matter', () => {
  expect(parsePreferences('  Silent :  yes \n\n')).toEqual({
    preferences: { ...DEFAULT_PREFERENCES, silent: true },
    wrong: [],
  });
});

test.each([
  ['types: missive, poems', `types: ${defaultTypes()}`],
  ['follow: lithium', 'follow: none'],
  ['mute: "open', 'mute: none'],
  ['schedule: daily 25:00', 'schedule: right away'],
  ['schedule: weekly 08:00', 'schedule: right away'],
  ['schedule: daily sunday 08:00', 'schedule: right away'],
  ['quiet: 22:00-22:00 hold', 'quiet: none'],
  ['silent: maybe', 'silent: no'],
  ['time zone: Mars/Olympus', 'time zone: Etc/UTC'],
  ['ping: poems 12', 'ping: none'],
  ['topics: missive everybody', 'topics: none'],
  ['style: <b>', 'style: default'],
  ['look: <b>', 'style: default'],
  ['rhythm: hourly', 'schedule: right away'],
  ['language: klingon!', 'language: default'],
  ['colour: green', `types: ${defaultTypes()}`],
  ['what is this?', `types: ${defaultTypes()}`],
])('of “%s” is said that it would be like “%s”', (written, example) => {
  expect(parsePreferences(written)).toEqual({
    preferences: DEFAULT_PREFERENCES,
    wrong: [{ written, example }],
  });
});

test('nothing that people write raises an error, and what makes no sense is named', () => {
  const lines = (text: string): number => text.split('\n').filter((line) => line.trim() !== '').length;
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(parsePreferences(text).wrong.length).toBeLessThanOrEqual(lines(text));
    }),
  );
  fc.assert(
    fc.property(
      fc.constantFrom('follow', 'mute', 'schedule', 'rhythm', 'quiet', 'ping', 'style', 'look'),
      fc.string(),
      (name, words) => {
        const { preferences } = parsePreferences(`${name}: ${words}`);
        expect(parsePreferences(formatPreferences(preferences))).toEqual({ preferences, wrong: [] });
      },
    ),
  );
});

test('muted never comes, followed comes whatever its type, else the type decides', () => {
  const preferences: Preferences = {
    ...DEFAULT_PREFERENCES,
    postTypes: ['missive'],
    follow: { hashtags: ['lithium'], series: [] },
    mute: { hashtags: ['gm'], series: ['evening post'] },
  };
  const note = (postType: 'missive' | 'note', hashtags: readonly string[], series?: string) => ({
    postType,
    hashtags,
    ...(series !== undefined && { series }),
  });
  expect(matches(note('missive', []), preferences)).toBe(true);
  expect(matches(note('note', []), preferences)).toBe(false);
  expect(matches(note('note', ['lithium']), preferences)).toBe(true);
  expect(matches(note('note', ['lithium', 'gm']), preferences)).toBe(false);
  expect(matches(note('missive', [], 'evening post'), preferences)).toBe(false);
  expect(
    matches(note('note', [], 'morning'), { ...preferences, follow: { hashtags: [], series: ['morning'] } }),
  ).toBe(true);
});
