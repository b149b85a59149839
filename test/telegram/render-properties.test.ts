import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Block, Inline, Media } from '../../src/note/document.ts';
import type { Call } from '../../src/platform/telegram/call.ts';
import { render } from '../../src/platform/telegram/render.ts';
import { liveWords } from './auto-links.ts';

/** Strings with a weakness for what means something to Telegram. */
const words = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(
        '@durov',
        '/start',
        '@',
        '/',
        ' ',
        '\n',
        '/stop@other_bot',
        'a@b',
        'https://x.example/@me',
        '👩‍🚀',
        '\ud800',
        '_',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));
const url = fc.webUrl({ validSchemes: ['https'] });

const { inline } = fc.letrec<{ inline: Inline }>((tie) => {
  const children = fc.array(tie('inline'), { maxLength: 3 });
  return {
    inline: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      words.map((text): Inline => ({ type: 'text', text })),
      words.map((text): Inline => ({ type: 'code', text })),
      fc.tuple(url, words).map(
        ([url, label]): Inline => ({
          type: 'link',
          url,
          written: url,
          label: [{ type: 'text', text: label }],
        }),
      ),
      fc
        .tuple(url, words)
        .map(([url, name]): Inline => ({ type: 'mention', pubkey: '', name, url, written: '' })),
      fc
        .tuple(fc.constantFrom('strong', 'emphasis', 'strike', 'spoiler'), children)
        .map(([type, children]): Inline => ({ type, children })),
    ),
  };
});
const inlines = fc.array(inline, { maxLength: 4 });
const media = url.map((url): Media => ({ kind: 'image', url, alternatives: [] }));

const { block } = fc.letrec<{ block: Block }>((tie) => {
  const children = fc.array(tie('block'), { maxLength: 3 });
  return {
    block: fc.oneof(
      { depthSize: 'small' },
      inlines.map((children): Block => ({ type: 'paragraph', children })),
      fc.tuple(words, fc.nat(800)).map(
        ([text, n]): Block => ({
          type: 'paragraph',
          children: [{ type: 'text', text: `${text} `.repeat(n) }],
        }),
      ),
      fc.array(inlines, { maxLength: 4 }).map((items): Block => ({ type: 'list', items })),
      words.map((text): Block => ({ type: 'code-block', text })),
      fc.array(media, { minLength: 1, maxLength: 12 }).map((items): Block => ({ type: 'media', items })),
      children.map((children): Block => ({ type: 'quote', children })),
      fc.tuple(words, children).map(([reason, children]): Block => ({ type: 'hidden', reason, children })),
    ),
  };
});

const calls = (document: readonly Block[]): readonly Call[] =>
  render(document).map(({ call }) => call as Call);
/** As the server cleans a text, and without the joiners that keep names from being clickable. */
const kept = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r|[\u2028-\u202e]|\u0333|\u033f|\u030a/g, '')
    // oxlint-disable-next-line no-control-regex -- they are what is replaced
    .replace(/[\u0000-\u0009\u000b-\u001f]/g, ' ')
    .replace(/\u2060/g, '');

test('any text is shown as it was written, and nothing in it can be tapped', () => {
  fc.assert(
    fc.property(words, (text) => {
      const [call, ...others] = calls([{ type: 'paragraph', children: [{ type: 'text', text }] }]);
      expect(others).toEqual([]);
      const shown = call?.text.replace(/\u2060/g, '').trim();
      expect([kept(text).trim(), '⋯']).toContain(shown);
      expect(liveWords(call?.text ?? '', [])).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('every message of any document is within the limits, with marks in place and nothing to tap by accident', () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 5 }), (document) => {
      const sent = calls(document);
      expect(sent.length).toBeGreaterThan(0);
      for (const call of sent) {
        const { text, entities } = call;
        expect(text.length).toBeLessThanOrEqual(call.type === 'text' ? 4096 : 1024);
        expect(text).toBe(text.trim());
        expect(text.isWellFormed()).toBe(true);
        const size = call.type === 'text' ? text.length : call.items.length;
        expect(size).toBeGreaterThan(0);
        expect(call.type === 'text' || size <= 10).toBe(true);
        expect(entities.length).toBeLessThanOrEqual(100);
        expect(Buffer.byteLength(JSON.stringify(entities))).toBeLessThanOrEqual(9_500);
        for (const { offset, length } of entities) {
          expect(length).toBeGreaterThan(0);
          expect(offset + length).toBeLessThanOrEqual(text.length);
          expect(text.slice(offset, offset + length).isWellFormed()).toBe(true);
        }
        expect(liveWords(text, entities)).toEqual([]);
      }
    }),
    { numRuns: 50 },
  );
});

test('marks keep Telegram’s nesting rules', () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 3 }), (document) => {
      for (const { entities } of calls(document)) {
        const overlapping = (types: readonly string[], others: readonly string[]): unknown[] =>
          entities.filter(
            (a) =>
              types.includes(a.type) &&
              entities.some(
                (b) =>
                  a !== b &&
                  others.includes(b.type) &&
                  a.offset < b.offset + b.length &&
                  b.offset < a.offset + a.length,
              ),
          );
        const literal = ['code', 'pre'];
        const quotes = ['blockquote', 'expandable_blockquote'];
        const looks = ['bold', 'italic', 'strikethrough', 'spoiler', 'text_link', ...literal];
        expect(overlapping(literal, looks)).toEqual([]);
        expect(overlapping(quotes, quotes)).toEqual([]);
        expect(overlapping(['text_link'], ['text_link'])).toEqual([]);
      }
    }),
    { numRuns: 50 },
  );
});
