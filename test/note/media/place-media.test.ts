import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Document, documentText, inlineText } from '../../../src/note/document.ts';
import { placeMedia } from '../../../src/note/media/place-media.ts';
import { parseInlines } from '../../../src/note/parse/parse-text.ts';
import { noteOf } from '../events.fixture.ts';

const at = (name: string): string => `https://p.example/${name}.jpg`;
const named = (url: string): string => `{${/(\w+)\.jpg$/u.exec(url)?.[1] ?? url}}`;
const shown = (blocks: Document): readonly string[] =>
  blocks.flatMap((block) => {
    if (block.type === 'media') return [block.items.map(({ url }) => named(url)).join('')];
    return 'children' in block ? [documentText([block])] : [];
  });

/** What stands where; behind a bar what remains a gallery. */
function placed(content: string): string {
  const { body, gallery } = placeMedia(parseInlines(content, { tags: [] }), []);
  const rest = gallery.map(({ url }) => named(url)).join('');
  return [...shown(body), ...(rest ? [`| ${rest}`] : [])].join(' / ');
}

test.each([
  [
    'words before each',
    `Left door:\n\n${at('l')}\n\nRight door:\n\n${at('r')}\n\nThe right one sticks.`,
    'Left door: / {l} / Right door: / {r} / The right one sticks.',
  ],
  ['words below each', `${at('l')}\nLeft.\n\n${at('r')}\nRight.`, '{l} / Left. / {r} / Right.'],
  ['the last one ends the text', `Left:\n${at('l')}\nRight:\n${at('r')}`, 'Left: / {l} / Right: | {r}'],
  ['several in one place', `Look:\n${at('a')}\n\n${at('b')} ${at('c')}\nNice.`, 'Look: / {a}{b}{c} / Nice.'],
  [
    'a sentence is not torn',
    `The crane (${at('a')}), still standing.\nYes.`,
    'The crane, still standing. / {a} / Yes.',
  ],
  ['only at the end', `Look.\n${at('a')}\n${at('b')}`, 'Look. | {a}{b}'],
  ['only at the beginning', `${at('a')}\n${at('b')}\nLook.`, 'Look. | {a}{b}'],
  ['before hashtags alone', `Dawn.\n${at('a')}\n#dawn #harbour`, 'Dawn.\n#dawn #harbour | {a}'],
  ['twice the same', `One:\n${at('a')}\nAgain:\n${at('a')}\nEnd.`, 'One: / {a} / Again: / End.'],
  ['alone', at('a'), '| {a}'],
])('pictures: %s', (_, content, expected) => {
  expect(placed(content).replace(' / |', ' |')).toBe(expected);
});

test('the post is what it was, and its title too', () => {
  const long = 'The crane stood still all week, and people talk of it as of the weather. '.repeat(4);
  const titled = noteOf({ content: `What the crane does\n${at('a')}\n\n${long}` });
  expect([titled.title, titled.postType]).toEqual(['What the crane does', 'missive']);
  expect(shown(titled.body)).toEqual(['{a}', long.trim()]);
  expect(noteOf({ content: `Left:\n${at('l')}\nRight:\n${at('r')}\nDone.` }).postType).toBe('photo');
});

test('no word and no picture is lost or moved past another', () => {
  const piece = fc.oneof(
    fc.constantFrom('Left door:', 'and so on', '(', ')', '#tide', '.', ',', '一扇门'),
    fc.integer({ min: 0, max: 5 }).map((n) => at(`p${n}`)),
  );
  const text = fc.array(fc.tuple(piece, fc.constantFrom(' ', '\n', '\n\n')), { maxLength: 16 });
  fc.assert(
    fc.property(text, (pieces) => {
      const content = pieces.flat().join('');
      const run = parseInlines(content, { tags: [] });
      const { body, gallery, media, words } = placeMedia(run, []);
      const items = [...body.flatMap((block) => (block.type === 'media' ? block.items : [])), ...gallery];
      expect(items).toEqual(media);
      const said = (document: Document) =>
        document
          .flatMap((block) => ('children' in block && block.type === 'paragraph' ? block.children : []))
          .map((inline) => inlineText([inline]))
          .join('')
          .replace(/[^\p{L}\p{N}#]/gu, '');
      expect(said(body)).toBe(said(words));
    }),
    { numRuns: 2_000 },
  );
});
