import { describe, expect, test } from 'vitest';
import { en } from '../../src/i18n/en/catalogue.ts';
import { LANGUAGES, languageFor, textsFor } from '../../src/i18n/texts.ts';
import { zh } from '../../src/i18n/zh/catalogue.ts';
import { PLATFORM_NAMES } from '../../src/platform/platforms.ts';
import { type Leaf, leavesOf } from './leaves.fixture.ts';

const english = leavesOf(en);
const chinese = leavesOf(zh);

/*
 * A text that isn't a sentence of its own language, or a function that can't be called with words, needs an entry below. The
 * tests for "is Chinese" and "repeats nothing" name the path of a text that lacks one; a function throws or drops a value.
 */
/** Symbols, the same in every language. */
const SIGNS = [/^marks\./u, /^settings\.(?:list|types\.some)$/u, /^alerts\.reason$/u, /^statusPage\.title$/u];
/** Lines to type, where the example is a code and not words. */
const TYPED = [/^commands\.(?:read|verify)\.example$/u];
const isOf = (paths: readonly RegExp[], path: string): boolean => paths.some((one) => one.test(path));
/** Words that are understood when typed, and never said. */
const READ = [/^dates\./u];
const isSaid = (path: string): boolean => !isOf([...SIGNS, ...TYPED, ...READ], path);

/** A day, and a flag both ways, for the arguments below. */
const DAY = Temporal.ZonedDateTime.from('2025-03-01T08:05[UTC]');
const FLAGS = [
  ['Quill', true],
  ['Quill', false],
];
/**
 * Arguments for the functions that can't be called with `WORDS`: because a parameter isn't a string, or because what is said
 * depends on its value. Each list is one call; list as many as it has variants.
 */
const TRIED: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  'times.date': [[DAY]],
  'times.day': [[DAY], [DAY, DAY]],
  'times.weekday': [[DAY, DAY]],
  'times.yesterday': [[DAY]],
  'times.minutesAgo': [[3]],
  'times.hoursAgo': [[3]],
  'times.month': [[DAY]],
  'times.year': [[DAY]],
  'times.moment': [[DAY]],
  'note.warning': [['Quill'], ['']],
  'note.invoice': [[21], []],
  'latest.heading': [['Quill', 'Ember'], ['Quill']],
  'latest.none': [['Quill'], []],
  'search.count': FLAGS,
  'on.count': FLAGS,
  'catchup.since': [
    ['Quill', 7, true],
    ['Quill', 7, false],
  ],
  'verify.whyNot': [['wrong id'], ['bad signature'], ['other author'], ['something else']],
  'problem.anyOf': [[['Quill', 'Ember']]],
  'status.problem': ['store', 'relays', 'few-relays', 'withholding-relays', ...PLATFORM_NAMES, 'Ember'].map(
    (part) => [part, 'Quill'],
  ),
  'status.relayProblem': [
    'unreachable',
    'lost',
    'silent',
    'rate-limited',
    'needs-key',
    'refuses-key',
    'refuses-us',
    'refuses-filter',
    'misbehaves',
    'something else',
  ].map((kind) => [kind]),
  'status.relayFetching': [[0], [7]],
  'status.waiting': [
    [0, 7],
    [3, 7],
    [0, 0],
  ],
  'inbox.suggestion': PLATFORM_NAMES.map((name) => [7, name, 'Quill', 'Ember']),
  'inbox.week.platform': PLATFORM_NAMES.flatMap((name) => [
    [name, 21, 7],
    [name, 3, 0],
  ]),
  'inbox.week.suspended': PLATFORM_NAMES.map((name) => [name, 7, 'Quill']),
  'alerts.lasted': [[7], [300], [9_000]],
  'stats.hashtags': [[[['#quill', 21]]]],
  'stats.audience': [[['Quill', 'Ember']]],
  'stats.onPlatform': PLATFORM_NAMES.map((name) => ['Quill', name]),
  'alerts.reason': [[3, 'Quill']],
  'alerts.reasonsMore': [[7]],
  'alerts.fixed': [[7]],
  'settings.list': [[['Quill', 'Ember']]],
  'subscribe.missing': [[['Quill', 'Ember']]],
  'discord.missingPermissions': [[['Quill', 'Ember']]],
  'discord.errors.shards': [
    [[7], 21, 'Quill'],
    [[3, 7], 21, 'Quill'],
  ],
};
/** Whatever an alert may be about. */
const ALERTS = [
  { platform: 'Discord', newToken: 'Ember', count: 1, reason: 'Quill', megabytes: 21, minutes: -7 },
  { platform: 'Telegram', newToken: 'Ember', count: 3, reason: 'Quill', megabytes: 21, minutes: 300 },
].map((about) => [about]);
/** The arguments of every other function. */
const WORDS = ['Quill', 'Ember', 'Tarn'];
const FILLED = [...WORDS, '21', '7', '3'];

const trialsOf = (path: string, { length }: { readonly length: number }): readonly (readonly unknown[])[] =>
  TRIED[path] ?? (path.startsWith('alerts.kinds.') ? ALERTS : [WORDS.slice(0, length)]);

type Said = (...given: readonly unknown[]) => string;

/** Every sentence of a leaf, those of functions for each trial. */
const sentencesOf = (path: string, leaf: Leaf): readonly string[] =>
  typeof leaf === 'function' ? trialsOf(path, leaf).map((given) => (leaf as Said)(...given)) : [leaf].flat();

const all = Object.entries(chinese).flatMap(([path, leaf]) =>
  sentencesOf(path, leaf).map((sentence) => [path, sentence] as const),
);
const said = all.filter(([path]) => isSaid(path));
const where = (wrong: RegExp): readonly string[] =>
  said.filter(([, sentence]) => wrong.test(sentence)).map(([path, sentence]) => `${path}: ${sentence}`);

describe('Chinese', () => {
  test('has every text that English has, and no other', () => {
    expect(Object.keys(chinese).sort()).toEqual(Object.keys(english).sort());
  });

  test('has a text of the same kind, that takes as much', () => {
    const kinds = (leaves: Readonly<Record<string, Leaf>>) =>
      Object.entries(leaves).map(([path, leaf]) => [
        path,
        typeof leaf,
        typeof leaf === 'function' && leaf.length,
      ]);
    expect(Object.fromEntries(kinds(chinese).map(([path, ...kind]) => [path, kind]))).toEqual(
      Object.fromEntries(kinds(english).map(([path, ...kind]) => [path, kind])),
    );
  });

  test('is Chinese', () => {
    expect(where(/^\P{sc=Han}*$/u)).toEqual([]);
  });

  test('repeats nothing of the English', () => {
    const same = Object.entries(chinese).flatMap(([path, leaf]) => {
      const others = sentencesOf(path, english[path] ?? '');
      return isSaid(path) ? sentencesOf(path, leaf).filter((sentence) => others.includes(sentence)) : [];
    });
    expect(same).toEqual([]);
  });

  test('shows what the English shows of what is filled in', () => {
    const dropped = Object.entries(english).flatMap(([path, leaf]) => {
      const twin = chinese[path];
      if (typeof leaf !== 'function' || typeof twin !== 'function') return [];
      return trialsOf(path, leaf).flatMap((given) =>
        given
          .flat()
          .map(String)
          .filter(
            (one) =>
              FILLED.includes(one) &&
              (leaf as Said)(...given).includes(one) &&
              !(twin as Said)(...given).includes(one),
          )
          .map((one) => `${path}: ${one}`),
      );
    });
    expect(dropped).toEqual([]);
  });

  test.each([
    ['has no half-width sign beside a character', /\p{sc=Han}[,;:!?().]|[,;:!?()]\p{sc=Han}/u],
    [
      'has no dashes but from one time to another',
      /[\u2012\u2014\u2015]|--|(?<![a-z\d])\u2013|\u2013(?![a-z\d])/iu,
    ],
    [
      'sets Latin letters and numbers apart',
      /(?![年月])\p{sc=Han}\d|\d(?![年月日])\p{sc=Han}|[a-z]\p{sc=Han}|\p{sc=Han}[a-z]/iu,
    ],
    ['has no space beside a full-width sign', /[，。：；！？、（）] (?!$)| [，。：；！？、（）]/u],
  ])('%s', (_rule, wrong) => {
    expect(where(wrong)).toEqual([]);
  });

  test('fits into the platforms’ menus', () => {
    const menus = all.filter(([path]) => /^commands\..*(?:description|options\.[^.]+)$/u.test(path));
    expect(menus.length).toBeGreaterThan(20);
    expect(menus.filter(([, sentence]) => sentence.length < 1 || sentence.length > 100)).toEqual([]);
  });
});

test.each([
  ['zh', 'zh'],
  ['zh-CN', 'zh'],
  ['zh-hans', 'zh'],
  ['zh-Hans-SG', 'zh'],
  ['zh_TW', 'zh'],
  ['zh-Hant', 'zh'],
  ['en-GB', 'en'],
  ['de', 'en'],
  ['zhuang', 'en'],
  ['', 'en'],
])('who reads %j is spoken to in %s', (tag, language) => {
  expect(languageFor(tag)).toBe(language);
  expect(textsFor(tag)).toBe({ en, zh }[language]);
});

test('these are the languages', () => {
  expect(LANGUAGES).toEqual(['en', 'zh']);
});
