import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeMarkup, markup, printable } from '../../../src/lib/markup.ts';
import {
  type Block,
  type Document,
  documentText,
  type Inline,
  paragraph,
  text,
} from '../../../src/note/document.ts';
import { eventToNote } from '../../../src/note/event-to-note.ts';
import { type HtmlStyle, isolated } from '../../../src/site/html/inlines.ts';
import { renderHtml } from '../../../src/site/html/render.ts';
import { disguises, readBack } from '../../disguised-links.fixture.ts';
import { anyEvent } from '../../note/any-event.fixture.ts';
import { anyWords, block } from '../../platform/telegram/documents.fixture.ts';
import { testPresenter } from '../../ready.fixture.ts';
import { elementsIn, textIn } from '../parse-xml.fixture.ts';
import { expectSafe } from './safe-html.fixture.ts';

const labels = { show: 'Show', hidden: 'hidden' };
const page: HtmlStyle = { titleLevel: 1, labels, hashtagUrl: (tag) => `/tag/${encodeURIComponent(tag)}` };
const feed: HtmlStyle = { titleLevel: 1, labels, hiddenContentUrl: 'https://notes.example/post/1' };

const htmlOf = (document: Document, style = page): string => renderHtml(document, style).text;
const of = (...children: readonly Inline[]): string => htmlOf([paragraph(...children)]);
const bare = (words: string): string => printable(words).replaceAll(/[\s\u2066-\u2069]+/gu, '');

/** What an HTML injection is made of. */
const hostileWords = fc
  .array(
    fc.oneof(
      anyWords,
      fc.constantFrom(
        '"',
        "'",
        '<',
        '>',
        '&',
        ']]>',
        '<!--',
        '-->',
        '<script>',
        '</p>',
        '<img src=x onerror=alert(1)>',
        '" onclick="alert(1)',
        '&lt;',
        '&#0;',
        '\u0000',
        '\u000b',
        '\uffff',
        '\ud800',
        '\u202e',
        '\u2067',
        '\u2069',
        'javascript:alert(1)',
        '\u0085',
        '\r',
      ),
    ),
    { maxLength: 6 },
  )
  .map((pieces) => pieces.join(''));

const hostileUrl = fc.oneof(
  fc.webUrl({ validSchemes: ['https', 'http'], withQueryParameters: true, withFragments: true }),
  hostileWords,
  hostileWords.map((rest) => `https://a.example/${rest}`),
  fc.constantFrom(
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,<script>',
    'vbscript:x',
    'java\nscript:alert(1)',
    'https:javascript:alert(1)',
    '//a.example',
    'https://',
    'blob:https://a.example/1',
    '',
  ),
);

const hostileInline = fc.letrec<{ inline: Inline }>((tie) => {
  const children = fc.array(tie('inline'), { maxLength: 3 });
  return {
    inline: fc.oneof(
      { depthSize: 'small' },
      hostileWords.map((value): Inline => text(value)),
      hostileWords.map((value): Inline => ({ type: 'code', text: value })),
      fc.tuple(hostileUrl, hostileWords).map(([url, written]): Inline => ({ type: 'link', url, written })),
      fc
        .tuple(hostileUrl, hostileWords)
        .map(([url, label]): Inline => ({ type: 'link', url, written: url, label: [text(label)] })),
      fc
        .tuple(hostileUrl, hostileWords)
        .map(([url, name]): Inline => ({ type: 'mention', pubkey: '', name, url, written: '' })),
      hostileWords.map((tag): Inline => ({ type: 'hashtag', tag: tag.toWellFormed(), written: tag })),
      hostileWords.map((name): Inline => ({ type: 'emoji', name, url: 'javascript:1' })),
      fc.maxSafeInteger().map((at): Inline => ({ type: 'time', at, style: 'date', words: 'then' })),
      fc
        .tuple(fc.constantFrom('strong', 'emphasis', 'strike', 'spoiler'), children)
        .map(([type, inside]): Inline => ({ type, children: inside })),
    ),
  };
}).inline;

const hostileBlock = fc.letrec<{ block: Block }>((tie) => {
  const children = fc.array(tie('block'), { maxLength: 3 });
  const run = fc.array(hostileInline, { maxLength: 4 });
  const media = fc.record({
    kind: fc.constantFrom('image' as const, 'video' as const, 'audio' as const),
    url: hostileUrl,
    alternatives: fc.array(hostileUrl, { maxLength: 2 }),
    alt: hostileWords,
    width: fc.oneof(fc.double(), fc.integer()),
    height: fc.oneof(fc.double(), fc.integer()),
    poster: hostileUrl,
  });
  return {
    block: fc.oneof(
      { depthSize: 'small' },
      block,
      fc
        .tuple(fc.constantFrom('paragraph' as const, 'small' as const), run)
        .map(([type, inside]): Block => ({ type, children: inside })),
      fc
        .tuple(fc.constantFrom(1 as const, 2 as const, 3 as const), run)
        .map(([level, inside]): Block => ({ type: 'heading', level, children: inside })),
      fc
        .tuple(fc.integer(), fc.array(run, { maxLength: 3 }))
        .map(([start, items]): Block => ({ type: 'list', start, items })),
      fc
        .tuple(hostileWords, hostileWords)
        .map(([code, language]): Block => ({ type: 'code-block', text: code, language })),
      fc.array(media, { minLength: 1, maxLength: 3 }).map((items): Block => ({ type: 'media', items })),
      fc
        .tuple(hostileWords, hostileUrl, children)
        .map(([author, url, inside]): Block => ({ type: 'quoted-note', author, url, children: inside })),
      fc
        .tuple(hostileUrl, hostileWords, hostileWords)
        .map(([url, title, site]): Block => ({ type: 'link-card', url, title, site })),
      fc
        .tuple(hostileWords, children)
        .map(([reason, inside]): Block => ({ type: 'hidden', reason, children: inside })),
      fc
        .tuple(hostileWords, hostileUrl, hostileUrl)
        .map(([name, url, picture]): Block => ({ type: 'byline', name, url, picture })),
      fc
        .tuple(hostileWords, hostileUrl)
        .map(([label, url]): Block => ({ type: 'buttons', rows: [[{ label, url }]] })),
    ),
  };
}).block;

describe('whatever a document has', () => {
  test.each([
    ['pages', page],
    ['feeds', feed],
  ])('%s get well-formed markup of known elements and addresses only', (_, style) => {
    fc.assert(
      fc.property(fc.array(hostileBlock, { maxLength: 4 }), (document) => {
        expect(() => expectSafe(htmlOf(document, style))).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });

  test('no word is lost, but what is covered in a feed', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 4 }), (document) => {
        const shown = bare(textIn(expectSafe(htmlOf(document))));
        const said = documentText(document.filter(({ type }) => type !== 'media'));
        // Bait beside which the true address stands splits what was said.
        for (const word of said.split(/\s+/u).filter((one) => /^[\p{L}\p{N}]+$/u.test(one)))
          expect(shown).toContain(bare(word));
      }),
      { numRuns: 200 },
    );
  });

  test('any event of any kind', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const note = eventToNote(event);
        if (!note) return;
        const { blocks } = testPresenter().finishNote(note, {});
        for (const style of [page, feed]) expect(() => expectSafe(htmlOf(blocks, style))).not.toThrow();
      }),
      { numRuns: 200 },
    );
  });

  test('text is the same in and out', () => {
    fc.assert(
      fc.property(hostileWords, (value) => {
        const parsed = textIn(expectSafe(markup`<p>${value}</p>`.text));
        expect(parsed).toBe(printable(value).replaceAll(/\r\n?/gu, '\n'));
        expect(escapeMarkup(value)).not.toMatch(/[<>"']/u);
      }),
    );
  });
});

describe('links', () => {
  test('made to be read as another address, show the true one', () => {
    fc.assert(
      fc.property(disguises, ({ bait, urls, children }) => {
        const root = expectSafe(of(...children));
        const labels = elementsIn(root).filter(({ name }) => name === 'a');
        const shown = labels.map((label) => {
          const words = textIn(label);
          return words === label.attributes['href'] ? '\n' : words;
        });
        expect(readBack(shown.join(''))).not.toContain(bait);
        const addresses = labels.flatMap(({ attributes }) => attributes['href'] ?? []);
        for (const url of urls) expect(addresses).toContain(url);
      }),
      { numRuns: 300 },
    );
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://a.example/', 'relative', 'https://'])(
    '%s is no link',
    (url) => {
      expect(of({ type: 'link', url, written: url, label: [text('tap')] })).toBe('<p dir="auto">tap</p>');
    },
  );

  test('without visible words show their address', () => {
    const url = 'https://a.example/b';
    expect(of({ type: 'link', url, written: url, label: [text('\u200b')] })).toContain(`>${url}</a>`);
  });
});

describe('what is hidden', () => {
  const hidden: Document = [{ type: 'hidden', reason: 'War', children: [paragraph(text('secret'))] }];
  const spoiled: Document = [paragraph({ type: 'spoiler', children: [text('secret')] })];

  test('waits for the reader on a page, without a script', () => {
    expect(htmlOf(hidden)).toMatch(/^<details class="hidden"><summary>.*War.*<\/summary>.*secret/u);
    expect(htmlOf(spoiled)).toContain(
      '<input type="checkbox" aria-label="Show" /><span>secret</span></label>',
    );
  });

  test('isn’t in a feed at all', () => {
    for (const document of [hidden, spoiled]) {
      expect(htmlOf(document, feed)).not.toContain('secret');
      expect(htmlOf(document, feed)).toContain('href="https://notes.example/post/1"');
    }
  });
});

test.each([
  ['a\u2067b', 'a\u2067b\u2069'],
  ['a\u2069b', 'ab'],
  ['\u2068a\u2069\u2069b\u2066', '\u2068a\u2069b\u2066\u2069'],
])('directions end with their text: %j', (given, expected) => {
  expect(isolated(given)).toBe(expected);
});
