import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spellingsIn, spellingsOf } from '../../../src/note/search/spellings.ts';
import { termsOf } from '../../../src/note/search/terms.ts';
import { tokenize } from '../../../src/note/search/tokenizer.ts';

const tokensText = (text: string): string =>
  tokenize(text)
    .map(({ token }) => token)
    .join(' ');

/** Whether a text has what is asked for, one token after the other. */
function has(text: string, words: string, asPhrase = false): boolean {
  const asked = asPhrase ? { words: [], phrases: [words] } : { words: words.split(' '), phrases: [] };
  const { every } = termsOf({ ...asked, without: [], hashtags: [] }, true, spellingsOf(text));
  const tokens = ` ${tokensText(text)} `;
  return every.every((group) => group.some((term) => tokens.includes(` ${term.tokens.join(' ')} `)));
}

/** Spellings of one word. */
const SAME: readonly (readonly string[])[] = [
  ['US', 'U.S.', 'U.S', 'us'],
  ['USA', 'U.S.A.'],
  ['F35', 'F-35', 'f‑35', 'F 35'],
  ['F35s', 'F-35s'],
  ['COVID19', 'covid-19', 'Covid 19'],
  ['GPT4o', 'GPT-4o'],
  ['1250', '1,250', '1.250', '1\u202f250', "1'250", '1_250', '١٢٥٠', '١٬٢٥٠'],
  ['1250000', '1,250,000', '12,50,000'],
  ['2025', '２０２５', '٢٠٢٥', '२०२५'],
  ['email', 'e-mail', 'E-Mail', 'e\u00admail'],
  ['PhD', 'Ph.D.'],
  ['Nodejs', 'Node.js'],
  ['dont', "don't", 'don’t', 'donʼt'],
  ['its', "it's", 'it’s'],
  ['OBrien', "O'Brien"],
  ['ATT', 'AT&T', 'AT＆T'],
  ['naive', 'naïve'],
  ['reelection', 're-election'],
  ['stateoftheart', 'state-of-the-art'],
  ['5G', '5-G', '5 g'],
  ['می‌خواهم', 'میخواهم'],
];
const pairs = SAME.flatMap((spellings) =>
  spellings.flatMap((one) => spellings.flatMap((other) => (one === other ? [] : [[one, other] as const]))),
);

test.each(pairs)('%s finds %s, alone and in a phrase', (typed, written) => {
  const text = `All of the ${written} tariffs rise`;
  expect(has(text, `${typed} tariffs`)).toBe(true);
  // Words apart are joined only where they need not follow each other.
  expect(has(text, `the ${typed} tariffs`, true) || typed.includes(' ')).toBe(true);
});

test('a plural is found in its other spellings, too', () => {
  expect([has('Two e-mails', 'email'), has('One e-mail', 'emails')]).toEqual([true, true]);
  for (const [text, typed] of [
    ['Two F-35s and S-400s', 'F35 s400'],
    ['Two F35s', 'F-35 two'],
    ['One F-35', 'F35s'],
    ['One F35', 'F-35s'],
  ] as const)
    expect([text, typed, has(text, typed)]).toEqual([text, typed, true]);
});

test('a compound is found by one or several of its words', () => {
  for (const typed of ['low', 'tide', 'low-tide', 'lowtide']) expect(has('At low-tide.', typed)).toBe(true);
  for (const typed of ['US', 'China', 'U.S.', 'US-China']) expect(has('U.S.-China talks', typed)).toBe(true);
});

test.each([
  ['we’ll see, we’re off, I’d say', ['well', 'were', 'id']],
  ['3.5 % of 35', ['3.55']],
  ['rose 3.5 %', ['35']],
  ['on 2025-03-01 and 9-11', ['20250301', '911']],
  ['in 2025 300 ships came', ['2025300']],
  ['Enough.Then', ['enoughthen']],
  ['https://us.example/e-mail', ['email']],
  ['a list: low, tide', ['lowtide']],
])('%s has none of %j', (text, words) => {
  for (const word of words) expect(has(text, word)).toBe(false);
});

test('"U.S." does not match "us"', () => {
  const query = { words: ['U.S.'], phrases: [], without: ['U.S.'], hashtags: [] };
  const none = spellingsOf('');
  expect(termsOf(query, true, none).every).toEqual([
    [{ tokens: ['u', 's'] }, { tokens: ['us'], capitals: ['us'] }],
  ]);
  // Neither what is found first nor what is left out may be all that has the word "us".
  expect(termsOf(query, false, none)).toEqual({
    every: [[{ tokens: ['u', 's'] }]],
    none: [{ tokens: ['u', 's'] }],
  });
});

test('what is left out is left out in all its spellings', () => {
  const query = { words: [], phrases: [], without: ['F35'], hashtags: [] };
  expect(termsOf(query, false, spellingsOf('')).none).toEqual([{ tokens: ['f35'] }, { tokens: ['f', '35'] }]);
});

const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...Array.from("aUsf35-.,'’& _€1é中ｶ٣ʼ\u00ad")),
    fc.string({ unit: 'binary', maxLength: 1 }),
  ),
  maxLength: 60,
});

test('spellings occur in the text, and queries have few of them', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const tokens = ` ${tokensText(text)} `;
      for (const { plain, written } of spellingsIn(text)) {
        expect(tokens).toContain(` ${written.join(' ')} `);
        expect(plain).not.toMatch(/[\s"]/u);
      }
      const query = { words: [text], phrases: [text], without: [text], hashtags: [] };
      const { every } = termsOf(query, true, spellingsOf(text));
      for (const group of every) {
        expect(group.length).toBeLessThanOrEqual(15);
        expect(group[0]?.tokens.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('a text of nothing but joints is fast and has no spellings', () => {
  expect(spellingsIn('a-'.repeat(100_000))).toEqual([]);
  expect(spellingsIn('1 250 '.repeat(20_000))).toEqual([]);
});
