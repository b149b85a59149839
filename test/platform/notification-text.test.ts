import { describe, expect, test } from 'vitest';
import {
  type Block,
  buttons,
  heading,
  link,
  paragraph,
  small,
  strong,
  text,
} from '../../src/note/document.ts';
import { isWhollyIn, notificationText } from '../../src/platform/notification-text.ts';

const picture: Block = {
  type: 'media',
  items: [{ kind: 'image', url: 'https://p.example/1.jpg', alternatives: [], alt: 'Cranes' }],
};
const secret = paragraph(text('The answer is '), { type: 'spoiler', children: [text('forty-two')] });

describe('what a document says first', () => {
  test.each<readonly [string, readonly Block[], string]>([
    [
      'its headline',
      [heading(2, text('China Morning  Missive')), paragraph(text('a'))],
      'China Morning Missive',
    ],
    [
      'its first paragraph, on one line',
      [paragraph(strong(text('a')), text('\nb')), paragraph(text('c'))],
      'a b',
    ],
    ['not the quiet line above', [small(text('↩ In reply')), paragraph(text('Yes'))], 'Yes'],
    ['the quiet line where there is no other', [small(text('↩ In reply')), picture], '↩ In reply'],
    ['what a picture shows', [picture, buttons([{ label: 'Open', url: 'https://a.example' }])], 'Cranes'],
    [
      'why it is hidden, never what',
      [{ type: 'hidden', reason: 'War', children: [paragraph(text('x'))] }],
      'War',
    ],
    ['nothing of a spoiler', [secret], 'The answer is …'],
    [
      'a site for an address',
      [paragraph(text('See '), link('https://www.a.example/b/c?d=e'))],
      'See a.example',
    ],
    ['the words of a link', [paragraph(link('https://a.example/b', 'the port'))], 'the port'],
    [
      'the page it is about',
      [{ type: 'link-card', url: 'https://a.example', title: 'A page', site: 'a' }],
      'A page',
    ],
    ['nothing', [{ type: 'divider' }], ''],
  ])('is %s', (_, document, expected) => {
    expect(notificationText(document)).toBe(expected);
  });

  test('ends after a word, within 120 characters', () => {
    const words = notificationText([paragraph(text('harbour '.repeat(40)))]);
    expect(words.length).toBeLessThanOrEqual(121);
    expect(words).toMatch(/harbour…$/u);
  });
});

test.each<readonly [string, Block, boolean]>([
  ['all of a short paragraph', paragraph(text('See '), link('https://a.example/b')), true],
  ['not all of a long one', paragraph(text('See a.example and more')), false],
  ['never a spoiler', secret, false],
  ['no quote', { type: 'quote', children: [paragraph(text('See a.example'))] }, false],
])('a headline says %s', (_, block, expected) => {
  expect(isWhollyIn(block === secret ? 'The answer is …' : 'See a.example', block)).toBe(expected);
});
