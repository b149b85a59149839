import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Block,
  documentText,
  heading,
  inlineText,
  paragraph,
  text,
} from '../../../src/note/document.ts';
import { tokenizeHtml } from '../../../src/note/markdown/html/html-tokens.ts';
import { parseMarkdown } from '../../../src/note/markdown/markdown.ts';
import { parseInlines, splitParagraphs } from '../../../src/note/parse/parse-text.ts';
import { allInlines } from '../../../src/note/visit.ts';

const read = (written: string) => parseMarkdown(written, { tags: [] });
const words = (written: string): string => documentText(read(written)).replace(/\s+/gu, ' ').trim();

const TAGS =
  'b i a p div span ul li table tr td h2 pre code center details summary blockquote font x-y u sup'.split(
    ' ',
  );
const ATTRIBUTES = [
  '',
  ' class="a b"',
  " id='c'",
  ' align=center',
  ' hidden',
  ' style="x:y"title="z"',
  ' href="https://a.example/1"',
];

/** Words between pieces of HTML and Markdown, whole and broken. */
const fragment = fc.oneof(
  fc
    .tuple(fc.constantFrom(...TAGS), fc.constantFrom(...ATTRIBUTES))
    .map(([tag, attributes]) => `<${tag}${attributes}>`),
  fc.constantFrom(...TAGS).map((tag) => `</${tag}>`),
  fc.constantFrom(
    '<br>',
    '<hr/>',
    '\n\n',
    '\n',
    '<!-- gone -->',
    '<!--',
    '<',
    '"',
    "'",
    '</',
    '<a href="',
    '<img alt=',
    '> ',
    '- ',
    '1. ',
    '| ',
    '|\n|-|-|\n|',
    '**',
    '~~',
    '`',
    '[^1]',
    '\n\n[^1]: ',
    '\\',
  ),
);
const article = fc.array(fragment, { maxLength: 24 }).map((pieces) => {
  const said = pieces.map((_, index) => `word${index}w`);
  return { said, written: pieces.map((piece, index) => `${piece} ${said[index]} `).join('') };
});

test('no word is lost, whatever HTML and Markdown is around it', () => {
  fc.assert(
    fc.property(article, ({ said, written }) => {
      // What stands between the marks of a comment is gone, and so is what is named but never asked for.
      fc.pre(!/<!--(?! gone -->)[^]*-->/u.test(written));
      const seen = JSON.stringify(read(written)).match(/word\d+w/gu) ?? [];
      expect(new Set(seen)).toEqual(new Set(said));
    }),
    { numRuns: 1_000 },
  );
});

test('in code, and in notes of kind 1, HTML is as it was written', () => {
  fc.assert(
    fc.property(article, ({ written }) => {
      const line = written.replace(/[`\n\\]/gu, ' ').trim();
      fc.pre(line !== '');
      expect(allInlines(read(`say \`\` ${line} \`\``)).filter(({ type }) => type === 'code')).toEqual([
        { type: 'code', text: line },
      ]);
      expect(read(`\`\`\`\`\n${line}\n\`\`\`\``)).toEqual([{ type: 'code-block', text: line }]);
      expect(inlineText(parseInlines(line, { tags: [] }))).toBe(line);
      expect(documentText(splitParagraphs(parseInlines(line, { tags: [] })))).toBe(line);
    }),
  );
});

test('HTML is the pieces that it is read as', () => {
  fc.assert(
    fc.property(article, ({ written, said }) => {
      fc.pre(!written.includes('<!--'));
      // A word behind `alt=` is what a picture shows, once a later `>` makes a tag of it.
      const texts = tokenizeHtml(written).flatMap((token) =>
        token.type === 'text'
          ? [token.written]
          : token.type === 'open'
            ? (token.attributes.get('alt') ?? [])
            : [],
      );
      for (const word of said) expect(texts.join(' ')).toContain(word);
    }),
  );
});

describe('an element', () => {
  test.each<readonly [written: string, blocks: readonly Partial<Block>[]]>([
    [
      '<img src="https://a.example/1.png" alt="A &amp; b">',
      [
        {
          type: 'media',
          items: [{ kind: 'image', url: 'https://a.example/1.png', alternatives: [], alt: 'A & b' }],
        },
      ],
    ],
    [
      "<IMG SRC='https://a.example/1.png'>",
      [{ type: 'media', items: [{ kind: 'image', url: 'https://a.example/1.png', alternatives: [] }] }],
    ],
    ['<hr>', [{ type: 'divider' }]],
    ['<pre>a\n  &lt;b&gt;</pre>', [{ type: 'code-block', text: 'a\n  <b>' }]],
    [
      '<video src="https://a.example/1.mp4"></video>',
      [{ type: 'media', items: [{ kind: 'video', url: 'https://a.example/1.mp4', alternatives: [] }] }],
    ],
    [
      '<ol start="4"><li>a</li><li>b</ol>',
      [{ type: 'list', start: 4, items: [[{ type: 'text', text: 'a' }], [{ type: 'text', text: 'b' }]] }],
    ],
  ])('%s', (written, blocks) => expect(read(written)).toEqual(blocks));

  test.each([
    ['<script>alert(1)</script>', ''],
    ['a <svg><text>b</text></svg> c', 'a c'],
    ['<style>\n\nb {}\n\n</style>', ''],
    ['a <svg>never ended', 'a never ended'],
    ['<a href="https://a.example">never ended\n\nand more', 'never ended and more'],
    ['<your name> and a <b and c> d', '<your name> and a <b and c> d'],
    ['x <blink>y</blink> <o:p>z</o:p>', 'x y z'],
    ['x<sup>2</sup>, 1<sup>st</sup>, H<sub>2</sub>O', 'x², 1st, H₂O'],
    ['<video>No video here.</video>', 'No video here.'],
    ['a<br>b<br/>c</br>d', 'a b c d'],
  ])('%s says: %s', (written, said) => expect(words(written)).toBe(said));

  test.each(['javascript:alert(1)', 'data:text/html,x', '#there', '/about', 'https://127.0.0.1/'])(
    'with %s leads nowhere',
    (url) => {
      expect(
        JSON.stringify(
          read(`<a href="${url}">a</a> <iframe src="${url}">b</iframe> <img src="${url}" alt="c">`),
        ),
      ).not.toMatch(/"link"|"media"/u);
    },
  );
});

test.each([
  ['Fog.\n\n<a id="x"></a> <a id="y"></a>\n\nSalt.', [paragraph(text('Fog.')), paragraph(text('Salt.'))]],
  ['<img src="data:x"> <img srcset="b.png 2x">', []],
  ['<img src="data:x"> Salt', [paragraph(text('Salt'))]],
  ['# <a id="x"></a> Salt', [heading(1, text('Salt'))]],
  ['- <a id="x"></a> Salt', [{ type: 'list', items: [[text('Salt')]] }]],
])('what vanishes leaves no blanks: %j', (written, blocks) => {
  expect(read(written)).toEqual(blocks);
});
