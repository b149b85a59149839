import { expect, test } from 'vitest';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { headlineOf, teaserOf } from '../../../src/note/present/note-to-document.ts';
import { toPlainText } from '../../commands/plain-text.fixture.ts';
import { noteOf } from '../events.fixture.ts';

const page = 'https://www.lanwan.example/notices/lock-first-week?from=note';

test.each([
  ['over the comment', `The seed library lends again\nBring a jar.\n${page}`],
  ['with blank lines between', `The seed library lends again\n\nBring a jar.\n\n${page}`],
  ['with the address in the middle', `The seed library lends again\n\n${page}\n\nBring a jar.`],
  ['with hashtags beside the address', `The seed library lends again\nBring a jar.\n${page} #seeds #jars`],
])('a headline %s becomes the link, with its site', (_, content) => {
  const { body, postType } = noteOf({ content });
  expect(postType).toBe('link');
  expect(body[0]).toEqual({
    type: 'link-card',
    url: page,
    title: 'The seed library lends again',
    site: 'lanwan.example',
  });
  expect(toPlainText(body)).toContain('Bring a jar.');
  expect(JSON.stringify(body.slice(1))).not.toContain('lanwan');
});

test('in a list the headline stands alone, and the comment follows it', () => {
  const note = noteOf({ content: `The seed library lends again\nBring a jar.\n${page}` });
  expect(headlineOf(note, en)).toBe('The seed library lends again');
  expect(teaserOf(note, 80, en)).toBe('Bring a jar.');
});

test('hashtags beside the address stay', () => {
  const { body } = noteOf({ content: `The seed library lends again\n\n${page} #seeds #jars` });
  expect(toPlainText(body.slice(1))).toBe('#seeds #jars');
});

test.each([
  ['a sentence', `The seed library lends again, says the port.\n${page}`],
  ['an exclamation', `Look!\n${page}`],
  ['an address within a sentence', `The seed library lends again\nBring a jar to ${page} tonight`],
  ['two addresses', `The seed library lends again\n${page}\nhttps://b.example/`],
  ['nothing but the address', page],
  ['a hashtag', `#seeds and more seeds\n${page}`],
])('%s is left as it is', (_, content) => {
  expect(noteOf({ content }).body.map(({ type }) => type)).not.toContain('link-card');
});

test('a headline that would be cut by a few words is not cut', () => {
  const words = 'The ferry left at noon, the gulls had been told, and now the dogs look at what came up.';
  const note = noteOf({ content: `${words}\n\nNothing else.` });
  expect([headlineOf(note, en), teaserOf(note, 90, en)]).toEqual([words, 'Nothing else.']);
  for (let length = 60; length < 140; length += 1) {
    const long = noteOf({ content: `${'a'.repeat(length)}... ${'and so on. '.repeat(30)}` });
    for (const said of [headlineOf(long, en), teaserOf(long, 90, en)])
      expect(said).not.toMatch(/\.…|…\.|……/u);
  }
});
