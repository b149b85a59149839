import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asciiTokens, tokenize } from '../../../src/note/search/tokenizer.ts';

test.each([
  ['English', "Rare-earth prices don't fall 3.5 %", 'rare earth prices don t fall 3 5'],
  ['case, accents and compatible forms', 'CAFÉ cafe\u0301 ＡＢＣ ﬁne', 'cafe cafe abc fine'],
  ['sharp s and final sigma', 'STRASSE straße ΟΔΟΣ οδος', 'strasse strasse οδοσ οδοσ'],
  ['a letter whose plain form has a dot of its own', 'Ŀ paraŀlel', 'l parallel'],
  ['Turkish dotted i', 'İstanbul', 'istanbul'],
  ['Cyrillic', 'Ёлка ёлка', 'елка елка'],
  ['Devanagari vowels', 'हिन्दी', 'हिन्दी'],
  ['Chinese', '中国经济。', '中国 国经 经济 济'],
  ['one Chinese character', '写', '写'],
  ['Japanese', 'ガーデン', 'ガー ーデ デン ン'],
  ['half-width kana', 'ｶﾞｰﾃﾞﾝ', 'ガー ーデ デン ン'],
  ['Japanese of three scripts', '人々のメモ', '人々 々の のメ メモ モ'],
  ['Hangul', '한국어 뉴스', '한국 국어 어 뉴스 스'],
  ['decomposed Hangul', '한국'.normalize('NFD'), '한국 국'],
  ['ideographs with a variation selector', '葛\u{e0100}城', '葛城 城'],
  ['mixed scripts without spaces', '用Python3写', '用 python3 写'],
  ['pictures', 'Launch 🚀 ❤️ 🇨🇳 Acme™', 'launch 🚀 ❤ 🇨🇳 acme'],
  ['what looks like query syntax', '"a* NEAR(b) ^c:-d\0e"', 'a near b c d e'],
  ['signs that fold into punctuation', '⑴ ﷺ', '1 صلىاللهعليهوسلم'],
  ['nothing', '', ''],
  ['punctuation only', '… — !?', ''],
])('%s', (_, text, tokens) => {
  expect(
    tokenize(text)
      .map(({ token }) => token)
      .join(' '),
  ).toBe(tokens);
});

test('offsets name what was written', () => {
  const text = 'Über 中国经 🚀!';
  expect(tokenize(text).map(({ start, end }) => text.slice(start, end))).toEqual([
    'Über',
    '中国',
    '国经',
    '经',
    '🚀',
  ]);
});

test('only tokens of scripts without spaces have a first character', () => {
  expect(tokenize('ok 中国').map(({ character }) => character)).toEqual([undefined, '中', '国']);
});

test('long words are told apart by their beginning', () => {
  const [token] = tokenize('x'.repeat(5_000));
  expect(token).toEqual({ token: 'x'.repeat(64), start: 0, end: 5_000 });
});

test('tokens are in order and contain only letters, numbers and emoji', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      let last = 0;
      for (const { token, start, end } of tokenize(text)) {
        expect(token).not.toBe('');
        expect(token).not.toMatch(/[^\P{ASCII}a-z0-9]|[\s·]/u);
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        last = start;
      }
    }),
    { numRuns: 2_000 },
  );
});

test('the fast tokenizer gives the same tokens for ASCII, and only for ASCII', () => {
  const ascii = fc.oneof(
    fc.string({ unit: 'binary-ascii', maxLength: 200 }),
    fc.string({ unit: fc.constantFrom('a', 'Z', '9', '_', ' ', '\n'), maxLength: 200 }),
  );
  fc.assert(
    fc.property(ascii, (text) => {
      expect(asciiTokens(text)).toEqual(tokenize(text).map(({ token }) => token));
    }),
  );
  expect(asciiTokens('Café')).toBeUndefined();
  expect(asciiTokens('中')).toBeUndefined();
});

test('pairs are the same with and without combining marks', () => {
  const plain = fc.string({
    unit: fc.constantFrom(...Array.from('中国经济ガード한국')),
    minLength: 1,
    maxLength: 20,
  });
  fc.assert(
    fc.property(plain, (run) => {
      const marked = tokenize(`葛\u{e0100}${run}`).slice(1);
      expect(marked.map((token) => ({ ...token, start: token.start - 3, end: token.end - 3 }))).toEqual(
        tokenize(run),
      );
    }),
  );
});
