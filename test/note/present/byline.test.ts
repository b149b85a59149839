import { expect, test } from 'vitest';
import { paragraph, text } from '../../../src/note/document.ts';
import type { Author } from '../../../src/note/note.ts';
import { withByline } from '../../../src/note/present/byline.ts';

const words = paragraph(text('Fog until ten.'));
const author: Author = { pubkey: 'ab'.repeat(32), npub: 'npub1', name: 'Mara Lindqvist' };
const bylineOf = (more: Partial<Author>) => withByline([words], { ...author, ...more });

test('a byline has the author’s name, picture and link', () => {
  expect(bylineOf({ picture: 'https://p.example/mara.png?v=2' })).toEqual([
    {
      type: 'byline',
      name: 'Mara Lindqvist',
      url: expect.stringMatching(/^https:\/\/njump\.me\/n(?:pub|profile)1/u),
      picture: 'https://p.example/mara.png?v=2',
    },
    words,
  ]);
});

test.each([
  'http://p.example/mara.png',
  'https://127.0.0.1/mara.png',
  'https://[::1]/mara.png',
  'https://router.local/mara.png',
  'https://localhost/mara.png',
  'https://mara:secret@p.example/mara.png',
  'https://p.example/mara.SVG?x=.png',
  'https://p.example/mara.mp4',
  'data:image/png;base64,AA==',
  'ftp://p.example/mara.png',
  'mara.png',
  '',
])('%s is no picture to show: the name stands alone', (picture) => {
  const [byline] = bylineOf({ picture });
  expect(byline).toMatchObject({ type: 'byline', name: 'Mara Lindqvist' });
  expect(byline).not.toHaveProperty('picture');
});

test.each<Partial<Author>>([
  { unnamed: true, name: 'npub1abc…xyz' },
  { name: '' },
  { name: ' \u200b\u2060 ' },
  { name: '\u3164\u115f' },
])('%j is no name to show', (more) => {
  expect(bylineOf({ ...more, picture: 'https://p.example/mara.png' })).toEqual([words]);
});
