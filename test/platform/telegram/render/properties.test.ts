import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Block } from '../../../../src/note/document.ts';
import type { OutgoingClassic } from '../../../../src/platform/telegram/render/outgoing.ts';
import { render } from '../../../../src/platform/telegram/render/render.ts';
import { ready } from '../../../ready.fixture.ts';
import { autolinksIn } from '../autolinks.fixture.ts';
import { anyWords, block } from '../documents.fixture.ts';
import { usePlatform } from '../platform.fixture.ts';

const wire = usePlatform();

const calls = (document: readonly Block[]): readonly OutgoingClassic[] =>
  render(document).map(({ call }) => call as OutgoingClassic);
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
    fc.property(anyWords, (text) => {
      const [call, ...others] = calls([{ type: 'paragraph', children: [{ type: 'text', text }] }]);
      expect(others).toEqual([]);
      const shown = call?.text.replace(/\u2060/g, '').trim();
      expect([kept(text).trim(), '⋯']).toContain(shown);
      expect(autolinksIn(call?.text ?? '', [])).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('every message of any document is within the limits', () => {
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
        expect(autolinksIn(text, entities)).toEqual([]);
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

test('the server accepts every message and detects nothing unwanted', async () => {
  const chat = wire.telegram.person({ firstName: 'Wren' });
  await fc.assert(
    fc.asyncProperty(fc.array(block, { maxLength: 4 }), async (document) => {
      for (const body of wire.platform.render(ready(document), 'classic')) {
        expect(await wire.platform.send(`telegram:${chat.id}`, body, '')).toMatchObject({ status: 'sent' });
        const call = body.call as OutgoingClassic;
        const shown = wire.telegram.messages(chat).at(-1)?.message.text;
        if (call.type === 'text' && shown !== call.text) throw new Error(`Changed: ${call.text}`);
      }
    }),
    { numRuns: 30 },
  );
  expect(wire.logged.filter((line) => line.startsWith('message.simplified'))).toEqual([]);
  const shown = wire.telegram.messages(chat).map(({ message }) => message);
  const found = shown.flatMap(({ entities = [], caption_entities = [] }) => [
    ...entities,
    ...caption_entities,
  ]);
  expect(found.filter(({ type }) => type === 'mention' || type === 'bot_command')).toEqual([]);
});
