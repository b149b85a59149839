import fc from 'fast-check';
import { expect, test } from 'vitest';
import { en as texts } from '../../../src/i18n/en/catalogue.ts';
import { plainTitle } from '../../../src/note/kinds/title.ts';
import { headlineOf } from '../../../src/note/present/note-to-document.ts';
import { noteOf } from '../events.fixture.ts';

const piece = 'The tide was low and the boats lay on the sand. '.repeat(5);

test.each([
  ['**HARBOUR REMINDER**', 'HARBOUR REMINDER'],
  ['## Harbour v0.3 is out!', 'Harbour v0.3 is out!'],
  ['# **Fog** #', 'Fog'],
  ['**## Fog**', 'Fog'],
  ['***Fog***', 'Fog'],
  ['__Fog and rain__', 'Fog and rain'],
  ['*Fog*', 'Fog'],
  ['**Fog** and **rain**', '**Fog** and **rain**'],
  ['C# and #12', 'C# and #12'],
  ['** Fog **', '** Fog **'],
  ['#', '#'],
])('%j is shown as %j wherever a title is', (written, title) => {
  expect(plainTitle(written)).toBe(title);
  const tagged = [
    noteOf({ content: piece, tags: [['subject', written]] }),
    noteOf({ kind: 30_023, content: piece, tags: [['title', written]] }),
  ];
  expect(tagged.map((note) => [note.title, headlineOf(note, texts)])).toEqual([
    [title, title],
    [title, title],
  ]);
});

test('a first line that is a title loses its marks', () => {
  expect(noteOf({ content: `**HARBOUR REMINDER**\n\n${piece}` })).toMatchObject({
    title: 'HARBOUR REMINDER',
    series: 'harbour reminder',
  });
  expect(noteOf({ content: `## Harbour v0.3 is out!\n\n${piece}` }).title).toBe('Harbour v0.3 is out!');
});

test('the headline of a page too stands without its marks', () => {
  const { body } = noteOf({ content: '**Harbour wall to be raised**\n\nhttps://paper.example/wall' });
  expect(body[0]).toMatchObject({ type: 'link-card', title: 'Harbour wall to be raised' });
});

test('Markdown around a title is removed', () => {
  const mark = fc.constantFrom('*', '**', '***', '_', '__', '___');
  const heading = fc.integer({ min: 1, max: 6 }).map((level) => `${'#'.repeat(level)} `);
  fc.assert(
    fc.property(fc.array(fc.oneof(mark, heading), { maxLength: 3 }), (around) => {
      const written = around.reduce(
        (inner, one) => one + inner + (one.endsWith(' ') ? '' : one),
        'Fog over the pier',
      );
      const isMixed = around.some(
        (one, at) => one[0] !== '#' && around.slice(at + 1).some((other) => other[0] === one[0]),
      );
      fc.pre(!isMixed);
      expect(plainTitle(written)).toBe('Fog over the pier');
    }),
  );
});
