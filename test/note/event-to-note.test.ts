import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textsFor } from '../../src/i18n/texts.ts';
import { documentText } from '../../src/note/document.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import { POST_TYPES } from '../../src/note/post-types.ts';
import { headlineOf, noteToDocument, teaserOf } from '../../src/note/present/note-to-document.ts';
import { OTHER } from '../golden/case.fixture.ts';
import { anyEvent } from './any-event.fixture.ts';
import { eventOf, noteOf } from './events.fixture.ts';

const texts = textsFor('en');

test('an event always becomes the same note, which survives JSON', () => {
  fc.assert(
    fc.property(anyEvent, (given) => {
      const note = eventToNote(given);
      expect(eventToNote(given)).toEqual(note);
      if (!note) return;
      expect(JSON.parse(JSON.stringify(note))).toEqual(note);
      expect(POST_TYPES).toContain(note.postType);
    }),
    { numRuns: 1_000 },
  );
});

test('a key can be stored as UTF-8', () => {
  const { key, pubkey } = noteOf({ kind: 30_023, tags: [['d', 'ore \ud83d']], content: 'x' });
  expect(key).toBe(`30023:${pubkey}:ore \uFFFD`);
});

test('any note can be shown, has a headline, and leaks no secret', () => {
  fc.assert(
    fc.property(anyEvent, (given) => {
      const note = eventToNote(given);
      if (!note) return;
      const shown = noteToDocument(note, texts);
      expect(shown.at(-1)?.type).toBe('buttons');
      expect(shown.length).toBeGreaterThan(1);
      const headline = headlineOf(note, texts);
      expect(headline.trim()).not.toBe('');
      expect(headline).not.toContain('\n');
      expect(headline.length).toBeLessThanOrEqual(100);
      const said = [JSON.stringify(shown), headline, teaserOf(note, 110, texts), documentText(shown)].join(
        '\n',
      );
      expect(said).not.toContain(OTHER.nsec);
      expect(said).not.toContain(OTHER.cashu);
    }),
    { numRuns: 1_000 },
  );
});

test('an article whose name is too long for a code is linked by its id', () => {
  const shownWith = (d: string) =>
    JSON.stringify(noteToDocument(noteOf({ kind: 30_023, content: 'Tides', tags: [['d', d]] }), texts));
  expect(shownWith('d'.repeat(255))).toContain('/naddr1');
  expect(shownWith('潮'.repeat(86))).toContain('/nevent1');
  expect(shownWith('d'.repeat(5_000))).toContain('/nevent1');
});

test('what no address stands in is not answered', () => {
  const note = noteOf({ content: 'Yes', tags: [['a', 'not: an address', '', 'root']] });
  expect(note).not.toHaveProperty('replyTo');
});

test.each([[0], [3], [5], [7], [10_002], [30_024]])('kind %i is not a note', (kind) => {
  expect(eventToNote(eventOf({ kind, content: 'Fog' }))).toBeUndefined();
});

test.each([
  [1, '', []],
  [1, ' \n\u3000', [['t', 'fog']]],
  [1, '\u200b\u2060', []],
  [1, '', [['e', OTHER.id, '', 'root']]],
  [6, '', []],
  [20, '', [['imeta', 'alt Dawn']]],
  [1222, '', []],
  [9802, '', []],
  [30_023, '', [['d', 'tides']]],
])('kind %i with content %j and tags %j has nothing to show: no note', (kind, content, tags) => {
  expect(eventToNote(eventOf({ kind, content, tags }))).toBeUndefined();
});

test.each([
  [1, [['subject', OTHER.nsec]]],
  [9802, []],
  [30_023, [['title', `nostr:${OTHER.nsec}`]]],
])('kind %i with nothing but a secret and tags %j is no note', (kind, tags) => {
  for (const content of [OTHER.nsec, `**${OTHER.nsec}**`, `> ${OTHER.nsec} ${OTHER.cashu}`])
    expect(eventToNote(eventOf({ kind, content, tags }))).toBeUndefined();
});

test('a secret in the first line is no headline', () => {
  const { title, series } = noteOf({
    content: `${OTHER.nsec}\n\n${'Fog lay over the pier all day. '.repeat(9)}`,
  });
  expect([title, series]).toEqual([undefined, undefined]);
});

test.each([
  [1, [['subject', 'Fog']]],
  [1, [['q', OTHER.id]]],
  [20, [['imeta', 'url https://a.example/b.jpg']]],
  [6, [['e', OTHER.id]]],
  [20, [['alt', 'A picture']]],
])('kind %i without content but with tags %j has something to show: a note', (kind, tags) => {
  expect(eventToNote(eventOf({ kind, tags }))).toBeDefined();
});

const long =
  'The crane has been standing still for a week, and people have begun to talk about it as of the weather.';

test.each([
  ['Fog until ten.', 'Fog until ten.', ''],
  ['Fog until ten.\n\nThen light.', 'Fog until ten.', 'Then light.'],
  [
    long,
    'The crane has been standing still for a week, and people have begun to talk…',
    '…about it as of the weather.',
  ],
  ['See https://a.example/b?from=feed', 'See a.example/b', ''],
  [`See https://a.example/${'b'.repeat(40)} now`, 'See a.example now', ''],
  ['https://a.example/b.jpg', 'Photo', ''],
  ['…and then…', '…and then…', ''],
])('in a list %j is called %j, and goes on %j', (words, headline, teaser) => {
  const note = noteOf({ content: words });
  expect([headlineOf(note, texts), teaserOf(note, 110, texts)]).toEqual([headline, teaser]);
});
