import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FormattedText, formatText } from '../../src/sandbox/telegram/formatted-text.ts';
import { Refusal } from '../../src/sandbox/telegram/refusal.ts';

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

function holds({ text, entities }: FormattedText): void {
  let previous = 0;
  for (const { offset, length, type } of entities) {
    expect(offset).toBeGreaterThanOrEqual(previous);
    expect(length).toBeGreaterThan(0);
    expect(offset + length).toBeLessThanOrEqual(text.length);
    expect(text.slice(offset, offset + length), type).toMatch(/\S/u);
    previous = offset;
  }
}

function tried(read: () => FormattedText): void {
  try {
    holds(read());
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

test.each(['HTML', 'MarkdownV2', ''])(
  'any text in mode "%s" is either refused or has entities in order and in bounds',
  (parseMode) => {
    fc.assert(
      fc.property(markup, (text) => tried(() => formatText({ text, parseMode, entities: undefined }))),
    );
  },
);

test('any entities are either refused or put in order', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 30 });
  fc.assert(
    fc.property(text, fc.array(entity), (text, entities) =>
      tried(() => formatText({ text, parseMode: '', entities })),
    ),
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
