import { expect, test } from 'vitest';
import {
  type Block,
  type Document,
  documentText,
  heading,
  paragraph,
  text,
} from '../../src/note/document.ts';
import { withPictureNumbers } from '../../src/platform/picture-numbers.ts';

const p = (words: string): Block => paragraph(text(words));
const media = (...numbers: readonly number[]): Block => ({
  type: 'media',
  items: numbers.map((n) => ({ kind: 'image', url: `https://p.example/${n}.jpg`, alternatives: [] })),
});
const quote = (...children: readonly Block[]): Block => ({ type: 'quote', children });

/** Those that are called 9 stand in the words as links. */
const pointed = (document: Document): string =>
  documentText(
    withPictureNumbers(document, ({ url }) => {
      const number = Number(/\d+/u.exec(url)?.[0]);
      return number === 9 ? undefined : number;
    }),
  ).replaceAll('\n\n', ' / ');

test.each<readonly [string, Document, string]>([
  ['words above', [p('Left:'), media(1), p('Right:'), media(2), p('End.')], 'Left: ① / Right: ② / End.'],
  ['words below', [media(1), p('Left.'), media(2), p('Right.')], '① Left. / ② Right.'],
  ['several in a place', [p('a'), media(1, 2), p('b'), media(3)], 'a ①② / b ③'],
  ['all in one place', [p('a'), media(1, 2), p('b')], 'a / b'],
  ['a gallery alone', [p('a'), p('b'), media(1), media(2)], 'a / b'],
  ['links among them', [p('a'), media(9), p('b'), media(1), p('c')], 'a / b / c'],
  ['in quotes too', [p('a'), quote(p('b'), media(1), p('c')), media(2)], 'a / b ① / c / ②'],
  [
    'a heading stays as it is',
    [heading(2, text('Doors')), media(1), p('Left.'), heading(2, text('More')), media(2), p('Right.')],
    'Doors / ① Left. / More / ② Right.',
  ],
  ['more than twenty', [p('a'), media(20), p('b'), media(21)], 'a ⑳ / b (21)'],
])('numbers stand where pictures were: %s', (_, document, expected) => {
  expect(pointed(document)).toBe(expected);
});
