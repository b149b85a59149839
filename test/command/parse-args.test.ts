import { describe, expect, test } from 'vitest';
import { latest } from '../../commands/latest.ts';
import { search } from '../../commands/search.ts';
import { settings } from '../../commands/settings.ts';
import { parseArgs } from '../../src/command/parse-args.ts';
import { textsFor } from '../../src/i18n/texts.ts';
import { unknownType } from '../post-types.fixture.ts';

const texts = textsFor('en');

describe('a line in Chinese', () => {
  const chinese = textsFor('zh-hans');

  test.each([
    ['照片', { type: 'photo' }],
    ['3 长文', { count: 3, type: 'missive' }],
    ['type：照片 count：2', { count: 2, type: 'photo' }],
    ['photos', { type: 'photo' }],
  ])('of /latest "%s"', (line, args) => expect(parseArgs(latest.options, { line }, chinese)).toEqual(args));

  test('is answered with valid values, in Chinese', () => {
    expect(() => parseArgs(latest.options, { line: '推文' }, chinese)).toThrow(unknownType('推文', chinese));
  });
});

describe('a line', () => {
  test.each([
    ['', {}],
    ['3', { count: 3 }],
    ['photo', { type: 'photo' }],
    ['Photos', { type: 'photo' }],
    ['replies', { type: 'reply' }],
    ['3 photo', { count: 3, type: 'photo' }],
    ['photo 3', { count: 3, type: 'photo' }],
    ['type:video count:2', { count: 2, type: 'video' }],
    ['5 photo page:2', { count: 5, type: 'photo', page: 2 }],
  ])('of /latest "%s"', (line, args) => expect(parseArgs(latest.options, { line }, texts)).toEqual(args));

  test.each([
    ['lithium', { query: 'lithium' }],
    ['photo of dawn 3', { query: 'photo of dawn 3' }],
    ['type:photo dawn', { query: 'dawn', type: 'photo' }],
    [
      'page:2 type:photo "rare earth" before:2025',
      { query: '"rare earth" before:2025', type: 'photo', page: 2 },
    ],
  ])('of /search "%s"', (line, args) => expect(parseArgs(search.options, { line }, texts)).toEqual(args));

  test.each(['99', 'count:99', '9999999999'])('of /latest "%s" is clamped to the maximum', (line) =>
    expect(parseArgs(latest.options, { line }, texts)).toEqual({ count: 10 }),
  );

  test.each([
    ['0', /^count must be a number from 1 to 10\.$/u],
    ['-3', /^count must be/u],
    ['3 1.5', /don't know what to do with “1\.5”/u],
    ['photo 0', /^count must be/u],
    ['3 photo dawn', /don't know what to do with “dawn”/u],
    ['tweets', unknownType('tweets', texts)],
    ['x'.repeat(900), /the type “x{39}…”/u],
    ['count:many', /^count must be a number from 1 to 10\.$/u],
    ['3 4', /4/u],
  ])('of /latest "%s" is answered with valid values', (line, message) => {
    expect(() => parseArgs(latest.options, { line }, texts)).toThrow(message);
  });

  test('without a required option says what is missing', () => {
    expect(() => parseArgs(search.options, { line: ' ' }, texts)).toThrow(texts.problem.missing.query);
  });

  test('too long for an option is refused with the limit', () => {
    expect(() => parseArgs(search.options, { line: 'x'.repeat(201) }, texts)).toThrow(/200/u);
  });
});

test('line breaks are kept in multiline options and are spaces elsewhere', () => {
  const line = 'import\ntypes: missive\n\n  quiet:  none';
  expect(parseArgs(settings.options, { line }, texts)).toEqual({
    change: 'import\ntypes: missive\n\n quiet: none',
  });
  expect(parseArgs(search.options, { line: 'rare\nearth' }, texts)).toEqual({ query: 'rare earth' });
});

describe('repeated input', () => {
  const nsec = `nsec1${'q'.repeat(58)}`;

  test.each([
    nsec,
    nsec.toUpperCase(),
    `about nostr:${nsec} here`,
    `nsec\u200b1${'q'.repeat(58)}`,
    `cashuA${'e'.repeat(40)}`,
  ])('never contains a secret: %s', (typed) => {
    for (const input of [{ line: typed }, { named: { query: typed } }])
      expect(() => parseArgs(search.options, input, texts)).toThrow(texts.problem.secret);
  });

  test('contains no characters that disguise others', () => {
    const typed = 'harbour\u202e gnp.exe \u2067pier\u200b';
    const args = { query: 'harbour gnp.exe pier' };
    expect(parseArgs(search.options, { line: typed }, texts)).toEqual(args);
    expect(parseArgs(search.options, { named: { query: typed } }, texts)).toEqual(args);
  });
});

test('named options give the same arguments as a line', () => {
  expect(parseArgs(latest.options, { named: { count: 3, type: 'photo' } }, texts)).toEqual(
    parseArgs(latest.options, { line: '3 photo' }, texts),
  );
  expect(parseArgs(search.options, { named: { query: 'rare earth' } }, texts)).toEqual({
    query: 'rare earth',
  });
  expect(() => parseArgs(latest.options, { named: { count: 0 } }, texts)).toThrow(/1 to 10/u);
});
