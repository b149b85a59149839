import { describe, expect, test } from 'vitest';
import { type Document, paragraph, text } from '../../src/note/document.ts';
import { createSenderName, isSameName, withoutOwnByline } from '../../src/platform/sender-name.ts';

test.each([
  ['Mara Lindqvist', 'mara lindqvist'],
  ['Mara Lindqvist', 'MaraLindqvist'],
  ['Mara Lindqvist', '📯 Mara Lindqvist ☕️'],
  ['Mara Lindqvist', 'Mara_Lindqvist!'],
  ['Ｍａｒａ', 'Mara'],
  ['马拉 林', '马拉林'],
  ['Zoë', 'Zoe\u0308'],
  ['Groß', 'GROSS'],
  ['ﬁsh', 'Fish'],
  ['Mara\u200b', 'Mara\u2060'],
  ['Mara 🇸🇪 1️⃣', 'Mara'],
  ['🌊', '🌊 '],
])('%s and %s are one name', (one, other) => {
  expect(isSameName(one, other)).toBe(true);
  expect(isSameName(other, one)).toBe(true);
});

test.each([
  ['Mara Lindqvist', 'Postrider'],
  ['Mara', 'Mara Lindqvist'],
  ['Mara', 'Marа'],
  ['Zoë', 'Zoe'],
  ['Mara 1', 'Mara 2'],
  ['🌊', '📯'],
  ['🌊', ''],
])('%s and %s are two names', (one, other) => {
  expect(isSameName(one, other)).toBe(false);
  expect(isSameName(other, one)).toBe(false);
});

const document: Document = [
  { type: 'byline', name: 'Mara', url: 'https://n.example/mara' },
  paragraph(text('Fog.')),
];

test('a name is left out where the sender is called so, and nowhere else', () => {
  expect(withoutOwnByline(document, '✨ MARA ✨')).toEqual(document.slice(1));
  expect(withoutOwnByline(document, 'Postrider')).toBe(document);
  expect(withoutOwnByline(document, undefined)).toBe(document);
});

describe('the bot’s own name', () => {
  test('is asked for once, by all who want it at a time, and only for what has a name', async () => {
    let asked = 0;
    const own = createSenderName(async () => {
      asked += 1;
      return 'Mara';
    });
    expect(await own.resolve(document.slice(1))).toBeUndefined();
    expect(asked).toBe(0);
    expect(await Promise.all([own.resolve(document), own.resolve(document)])).toEqual(['Mara', 'Mara']);
    expect(own.known()).toBe('Mara');
    expect(await own.resolve(document)).toBe('Mara');
    expect(asked).toBe(1);
  });

  test('is asked for again where the platform did not answer', async () => {
    const answers = [Promise.reject(new Error('away')), Promise.resolve('Mara')];
    const own = createSenderName(() => answers.shift() ?? Promise.reject(new Error('none')));
    expect(await own.resolve(document)).toBeUndefined();
    expect(await own.resolve(document)).toBe('Mara');
  });
});
