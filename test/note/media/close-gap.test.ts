import fc from 'fast-check';
import { npubEncode } from 'nostr-tools/nip19';
import { describe, expect, test } from 'vitest';
import { type Document, documentText } from '../../../src/note/document.ts';
import type { Note } from '../../../src/note/note.ts';
import { shortNpub } from '../../../src/note/pointer.ts';
import { noteOf } from '../events.fixture.ts';

const A = 'https://h.example/a.png';
const B = 'https://h.example/b.png';
const somebody = 'b'.repeat(64);

const wordsIn = (body: Document): string => documentText(body.filter(({ type }) => type !== 'media'));
/** Those that stand between words, and those that don't. */
const picturesOf = ({ body, media }: Note) => [
  ...body.flatMap((block) => (block.type === 'media' ? block.items : [])),
  ...media,
];
/** A picture that stands between two lines parts them. */
const closeUp = (words: string): string => words.replace(/\n{2,}/gu, '\n');
const left = (content: string): string => closeUp(wordsIn(noteOf({ content }).body));

describe('a picture goes with what is only around it', () => {
  test.each([
    ['Markdown', `Fog ![](${A}) and salt`, 'Fog and salt'],
    ['Markdown alone', `![](${A})`, ''],
    ['with words on it', `Fog.\n\n![A chart](${A})\n\nSalt.`, 'Fog.\n\nSalt.'],
    ['with a title', `![A chart](${A} "June") Fog`, 'Fog'],
    ['in angle brackets', `![](<${A}>) Fog`, 'Fog'],
    ['the label of a link', `[![](${A})](https://s.example/p)`, 'https://s.example/p'],
    [
      'the label of a link to a person',
      `[![](${A})](nostr:${npubEncode(somebody)})`,
      `@${shortNpub(somebody)}`,
    ],
    [
      'the label of a link, without an ending',
      '[![](https://h.example/a)](https://s.example/p)',
      '[https://h.example/a](https://s.example/p)',
    ],
    ['Markdown of a page', 'Fog ![](https://h.example/a) and', 'Fog https://h.example/a and'],
    ['the label of a link to one', `[![](${A})](${B}) Fog`, 'Fog'],
    ['the address of a link', `See [the chart](${A}), please.`, 'See the chart, please.'],
    ['quotes', `Fog '${A}' "${B}"`, 'Fog'],
    ['quotes of other scripts', `霧「${A}」 „${B}“`, '霧'],
    ['brackets', `Fog ( ${A} ) and [${B}]`, 'Fog and'],
    ['brackets around several', `Fog (${A} ${B})`, 'Fog'],
    ['brackets around words too', `Fog (photo: ${A})`, 'Fog (photo:)'],
    ['emphasis', `**${A}** Fog _${B}_`, 'Fog'],
    ['spoilers', `||${A}|| Fog`, 'Fog'],
    ['code', `Fog \`${A}\``, 'Fog'],
    ['an element of HTML', `Fog <img src="${A}" width="5"> salt`, 'Fog salt'],
    ['a bulletin board’s marks', `Fog [img]${A}[/img]`, 'Fog'],
  ])('%s', (_, content, expected) => expect(left(content)).toBe(closeUp(expected)));

  test.each([
    ['numbers', `Three:\n1. ${A}\n2. ${B}\n3. Salt`, 'Three:\n3. Salt'],
    ['numbers in brackets', `(1) ${A}\n2) ${B}`, ''],
    ['letters', `Two:\na) ${A}\n(b) ${B}\nc) Salt`, 'Two:\nc) Salt'],
    ['circled numbers', `① ${A}\n② ${B}\n③ Salt`, '③ Salt'],
    ['keycaps', `1️⃣ ${A}\n🔟 ${B}\n2️⃣ Salt`, '2️⃣ Salt'],
    ['numbers with a sign', `#1 ${A}\n#2: ${B}\n#3 Salt`, '#3 Salt'],
    ['a word of one letter stays', `I ${A}`, 'I'],
    ['dashes', `Three:\n- ${A}\n- ${B}\n- Salt`, 'Three:\n- Salt'],
    ['bullets', `• ${A}\n• Fog ${B}`, '• Fog'],
    ['a quotation', `> ${A}\n> Fog`, '> Fog'],
    ['a task', `- [ ] ${A}\n- [x] Fog`, '- [x] Fog'],
    ['a mark and words', `1. ${A} - Fog\n2. Salt`, '1. Fog\n2. Salt'],
    ['Markdown in a list', `1. ![](${A})\n2. ![Fog](${B})`, ''],
  ])('marks of a list: %s', (_, content, expected) => expect(left(content)).toBe(closeUp(expected)));

  test.each([
    ['at the end', `Fog - ${A}`, 'Fog'],
    ['at the end of a line', `Fog — ${A}\nSalt`, 'Fog\nSalt'],
    ['an arrow', `Fog -> ${A}`, 'Fog'],
    ['at the beginning', `${A} – Fog`, 'Fog'],
    ['on both sides', `Fog - ${A} - salt`, 'Fog - salt'],
    ['a divider before', `Fog\n---\n${A}\nSalt`, 'Fog\n---\nSalt'],
    ['a number below zero', `${A} -5 degrees`, '-5 degrees'],
    ['a colon', `Left door:\n\n${A}\n\nRight door:\n\n${B}`, 'Left door:\n\nRight door:'],
    ['nothing between words', `Fog (${A})salt (${A})(and sand)`, 'Fog salt (and sand)'],
    ['a word for it', `The dogs' ${A} 'barking'`, "The dogs' 'barking'"],
  ])('dashes: %s', (_, content, expected) => expect(left(content)).toBe(closeUp(expected)));

  test('what Markdown says of a picture describes it, unless a tag does', () => {
    const content = `![A chart](${A}) and ![](${B})`;
    const alt = (tags: readonly (readonly string[])[] = []) =>
      picturesOf(noteOf({ content, tags })).map((one) => one.alt);
    expect(alt()).toEqual(['A chart', undefined]);
    expect(alt([['imeta', `url ${A}`, 'alt Tides']])).toEqual(['Tides', undefined]);
  });
});

const WRAPPERS = [
  ...['', ' ', '\n', '\n\n', '!()', '()', '[]', '""', "''", '**', '__', '``', '「」', '«»', '||', '<>'].map(
    (pair) =>
      pair === '!()' ? ['![](', ')'] : pair.trim() === '' ? [pair, pair] : [pair.charAt(0), pair.charAt(1)],
  ),
  ['\n1. ', '\n'],
  ['\n- ', '\n'],
  ['\n> ', '\n'],
  [' — ', '\n'],
  ['[![](', ')](https://s.example/page)'],
  ['![alt text](', ')'],
  ['[label](', ')'],
];

test('whatever is around pictures, no word is lost and no picture', () => {
  const word = fc.nat(1e6).map((number) => `w${number.toString(36)}`);
  const piece = fc.oneof(
    word,
    fc.record({
      wrapper: fc.constantFrom(...WRAPPERS),
      name: fc.nat(9),
      blanks: fc.constantFrom('', ' ', '\n'),
    }),
    fc.constantFrom(
      ' - ',
      ', ',
      '. ',
      ': ',
      '\n',
      '\n\n',
      ' (',
      ') ',
      ' "',
      "' ",
      '\n1. ',
      '\n* ',
      '](',
      '[',
      '![',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const content = pieces
        .map((one) =>
          typeof one === 'string'
            ? one.startsWith('w')
              ? ` ${one} `
              : one
            : `${one.blanks}${one.wrapper[0]}https://h.example/${one.name}.png${one.wrapper[1]}${one.blanks}`,
        )
        .join('');
      fc.pre(/[wh]/u.test(content));
      const note = noteOf({ content });
      const pictured = picturesOf(note);
      const words = (text: string): readonly string[] => text.match(/\bw[a-z\d]+(?= |$|\b)/gu) ?? [];
      const said = pictured.map(({ alt = '' }) => alt).join(' ');
      const wanted = words(content.replace(/https:\S+/gu, ' '));
      expect([...words(`${note.title ?? ''} ${wordsIn(note.body)} ${said}`)].sort()).toEqual(
        [...wanted].sort(),
      );
      const pictures = pieces.flatMap((one) =>
        typeof one === 'string' ? [] : `https://h.example/${one.name}.png`,
      );
      expect(new Set(pictured.map(({ url }) => url))).toEqual(new Set(pictures));
    }),
    { numRuns: 2_000 },
  );
});

test('many pictures in a long text cost no more than its length', () => {
  for (const piece of [
    `![${'a'.repeat(200)}](${A})`,
    `${'-'.repeat(19)}x ${A}\n`,
    `${'-'.repeat(200)} ${A}\n`,
    `${'['.repeat(200)}${A}${']'.repeat(200)}`,
  ])
    expect(picturesOf(noteOf({ content: piece.repeat(60_000 / piece.length) }))).toHaveLength(1);
});
