import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refusal } from '../../../sandbox/telegram/http/refusal.ts';
import { type FormattedText, formatText } from '../../../sandbox/telegram/text/formatted-text.ts';
import type { Entity } from '../../../sandbox/telegram/world/api-types.ts';

const markup = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'<b>|</b>|<i>|</i>|<a href="https://a.example">|</a>|<pre>|</pre>|<code>|</code>'.split('|'),
      ),
      fc.constantFrom(
        '<blockquote>',
        '</blockquote>',
        '&lt;',
        '&#10;',
        '*',
        '_',
        '__',
        '||',
        '`',
        '```',
        '>',
        '\n>',
        '[x](',
        ')',
        '\\',
        '\n',
      ),
      fc.string({ unit: 'grapheme', maxLength: 5 }),
      fc.constantFrom(' ', '\n ', '🐦'),
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(''));

const entity = fc.record({
  type: fc.constantFrom('bold', 'italic', 'spoiler', 'code', 'pre', 'blockquote', 'text_link'),
  offset: fc.nat(20),
  length: fc.nat(20),
  url: fc.constant('https://a.example'),
});

/** The entities that are out of order, out of bounds or mark nothing. A refused text has none. */
function misplaced(read: () => FormattedText): readonly Entity[] {
  try {
    const { text, entities } = read();
    return entities.filter(({ offset, length }, index) => {
      const inOrder = offset >= (entities[index - 1]?.offset ?? 0);
      return !(inOrder && offset + length <= text.length && /\S/u.test(text.slice(offset, offset + length)));
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [];
  }
}

test.each(['HTML', 'MarkdownV2', ''])(
  'any text in mode "%s" is either refused or has entities in order and in bounds',
  (parseMode) => {
    fc.assert(
      fc.property(markup, (text) => {
        expect(misplaced(() => formatText({ text, parseMode, entities: undefined }))).toEqual([]);
      }),
    );
  },
);

test('any entities are either refused or put in order', () => {
  const text = fc.string({ unit: fc.constantFrom(' ', '\n', '\r', 'a', 'é'), minLength: 40, maxLength: 50 });
  fc.assert(
    fc.property(text, fc.array(entity), (text, entities) => {
      expect(misplaced(() => formatText({ text, parseMode: '', entities }))).toEqual([]);
    }),
  );
});

test('an escaped text comes back as it was in both modes', () => {
  const words = fc.string({ unit: 'grapheme-ascii' }).map((text) => `x${text}x`);
  fc.assert(
    fc.property(words, (text) => {
      const html = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
      const markdown = text.replace(/[_*[\]()~`>#+\-=|{}.!\\]/g, '\\$&');
      expect(formatText({ text: html, parseMode: 'HTML', entities: undefined }).text).toBe(text);
      expect(formatText({ text: markdown, parseMode: 'MarkdownV2', entities: undefined }).text).toBe(text);
    }),
  );
});
