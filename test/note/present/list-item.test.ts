import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostileEvent, patterns, plainProse } from '../../../bench/hostile-patterns.ts';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { NO_BREAK_SPACE } from '../../../src/i18n/symbols.ts';
import type { Texts } from '../../../src/i18n/texts.ts';
import { zh } from '../../../src/i18n/zh/catalogue.ts';
import type { Inline } from '../../../src/note/document.ts';
import { documentText, inlineText } from '../../../src/note/document.ts';
import { eventToNote } from '../../../src/note/event-to-note.ts';
import type { Note, VerifiedEvent } from '../../../src/note/note.ts';
import { listItem } from '../../../src/note/present/list-item.ts';
import { withBeginningOnly } from '../../../src/note/present/note-text.ts';
import { headlineOf, teaserOf } from '../../../src/note/present/note-to-document.ts';
import { parseQuery } from '../../../src/note/search/query.ts';
import { searchSnippet } from '../../../src/note/search/search-snippet.ts';
import { rowsIn } from '../../phone-screen.fixture.ts';
import { noteOf } from '../events.fixture.ts';

const place = {
  mark: '1.',
  when: [{ type: 'time', at: 1_700_000_000, style: 'ago', words: '10 months ago' }] as const,
  excerpt: true,
};
/** Links in brackets, what is bold in stars. */
const drawn = (run: readonly Inline[]): string =>
  run
    .map((inline): string => {
      if (inline.type === 'strong') return `*${drawn(inline.children)}*`;
      return inline.type === 'link' ? `[${inlineText(inline.label ?? [])}]` : inlineText([inline]);
    })
    .join('')
    .replaceAll(NO_BREAK_SPACE, ' ');
const item = (fields: Partial<VerifiedEvent>, texts: Texts = en): string =>
  drawn(listItem(noteOf(fields), texts, place)).replace(' · 10 months ago', ' ·');
const article = (title: string, content: string) => ({
  kind: 30_023,
  content,
  tags: [
    ['d', 'x'],
    ['title', title],
  ],
});
const photo = (content: string, alt?: string) => ({
  content: `${content}\nhttps://pictures.example/a.jpg`.trim(),
  tags: alt ? [['imeta', 'url https://pictures.example/a.jpg', `alt ${alt}`]] : [],
});

describe('a note as an item of a list', () => {
  test.each([
    ['short words are the link', { content: 'Fog until ten.' }, '*1.* [Fog until ten.] ·'],
    [
      'a warning is the link',
      { content: 'x', tags: [['content-warning', 'blood']] },
      `*1.* [${en.note.warning('blood')}] ·`,
    ],
    [
      'a warning with an address is none, so no platform shows where the link leads',
      { content: 'x', tags: [['content-warning', 'see https://a.example']] },
      `*1.* ${en.note.warning('see https://a.example')} · [${en.note.readOn}] ·`,
    ],
    [
      'of more words the first sentence is',
      { content: 'Fog until ten. Then nothing but light, and a wind from the mole.' },
      '*1.* [Fog until ten.] Then nothing but light, and a wind from the mole. ·',
    ],
    [
      'of a long sentence its first words are',
      { content: 'The crane has been standing still for a week now.' },
      '*1.* [The crane has been] standing still for a week now. ·',
    ],
    [
      'hashtags that label a note are left out',
      { content: 'GM. The harbour before anybody. #gm #dawn' },
      '*1.* [GM. The harbour before anybody.] ·',
    ],
    ['also before it', { content: '#gm #dawn The harbour sleeps.' }, '*1.* [The harbour sleeps.] ·'],
    ['those within a sentence stay', { content: 'The #harbour sleeps.' }, '*1.* [The #harbour sleeps.] ·'],
    [
      'as does what a sentence runs into',
      { content: 'Nobody at the #harbour' },
      '*1.* [Nobody at the #harbour] ·',
    ],
    ['and those of a note that says nothing else', { content: '#gm #dawn' }, '*1.* [#gm #dawn] ·'],
    ['a photo without words is called that', photo(''), '*1.* [Photo] ·'],
    ['with what it shows', photo('', 'The pier at dawn'), '*1.* [Photo]: The pier at dawn ·'],
    ['hashtags are no words of a photo', photo('#gm #dawn', 'The pier'), '*1.* [Photo]: The pier ·'],
    [
      'an address is no link by another name',
      { content: 'https://almanac.example/tides' },
      '*1.* [Link]: almanac.example/tides ·',
    ],
    [
      'the link ends before an address',
      { content: 'Read https://almanac.example/tides tonight' },
      '*1.* [Read] almanac.example/tides tonight ·',
    ],
    ['emoji alone are no link', { content: '🌊🌊🌊' }, '*1.* [Note]: 🌊🌊🌊 ·'],
    [
      'nothing is shown of what is hidden',
      { content: 'The boat.', tags: [['content-warning', 'a wreck']] },
      '*1.* [Content warning: a wreck] ·',
    ],
    [
      'a title is the link, and the text begins below',
      article('On tides', 'The sea is the slower clock.'),
      '*1. [On tides]* ·\nThe sea is the slower clock.',
    ],
    [
      'a text that begins with its title does not say it twice',
      article('On tides', 'On tides. The sea is the slower clock.'),
      '*1. [On tides]* ·\nThe sea is the slower clock.',
    ],
    [
      'a title with an address in it stands beside the link',
      article('Why bank.example fell', 'It was old.'),
      `*1. Why bank.example fell · [${en.note.readOn}]* ·\nIt was old.`,
    ],
  ])('%s', (_, fields, expected) => expect(item(fields as Partial<VerifiedEvent>)).toBe(expected));

  test('Chinese is cut by its width', () => {
    const words = '今天锂价下跌码头上没有人惊讶'.repeat(10);
    const [, shown = ''] = /\*1\.\* (.+) ·/u.exec(item({ content: words }, zh)) ?? [];
    expect(shown).toMatch(/^\[今天.{4,12}\].+…$/u);
    expect(shown.length).toBeLessThan(50);
    expect(item(photo(''), zh)).toBe('*1.* [照片] ·');
    expect(item(photo('', '清晨的码头'), zh)).toBe('*1.* [照片]：清晨的码头 ·');
  });

  test('matches are bold, and never inside the link', () => {
    const found = (content: string, words: string): string => {
      const note = noteOf({ content });
      const run = searchSnippet(note, parseQuery(words).query, en);
      return drawn(listItem(note, en, { ...place, when: [] }, run));
    };
    expect(found('Lithium fell.', 'lithium')).toBe('*1.* *[Lithium]* fell.');
    expect(found('The lithium fell.', 'lithium')).toBe('*1.* The *[lithium]* fell.');
    expect(found('A small thread on the harbour.', 'harbour')).toBe(
      '*1.* [A small thread on the] *harbour*.',
    );
    expect(found('GM. The crane. #harbour', 'harbour')).toBe('*1.* [GM. The crane.] #*harbour*');
    expect(found(`${'Nobody spoke of the cranes. '.repeat(9)}Then lithium fell.`, 'lithium')).toMatch(
      /^\*1\.\* \[Nobody spoke of the cranes\.\].*\n…[^\n]*\*lithium\* fell\.$/u,
    );
  });

  test('an item takes at most three rows, and its link ends between words', () => {
    const word = fc.constantFrom(
      'harbour',
      'a',
      'lock',
      '码头',
      '锂价下跌',
      '#gm',
      'antidisestablishment',
      '🌊',
      'x.example/y',
      '.',
      '\n\n',
    );
    const words = fc.array(word, { minLength: 1, maxLength: 60 }).map((all) => all.join(' '));
    fc.assert(
      fc.property(words, fc.option(words, { nil: undefined }), (content, title) => {
        const tags =
          title === undefined
            ? []
            : [
                ['d', 'x'],
                ['title', title.replaceAll('\n', ' ')],
              ];
        const note = noteOf({ content: `${content} and`, kind: title === undefined ? 1 : 30_023, tags });
        const shown = inlineText(listItem(note, en, place));
        const rows = shown.split('\n').reduce((sum, line) => sum + rowsIn(line, 37), 0);
        expect(rows).toBeLessThanOrEqual(3);
      }),
    );
  });
});

describe('a long note', () => {
  const tails = Object.entries({ 'plain prose': plainProse, ...patterns });

  test.each([1, 30_023])('of kind %i is listed by its beginning', (kind) => {
    const begun = `${'The lock is open, and the ferry is full. '.repeat(120)}\n\n`;
    const of = (content: string) => noteOf({ kind, content, tags: [['d', 'x']] });
    const shown = (note: Note) => [listItem(note, en, place), headlineOf(note, en), teaserOf(note, 140, en)];
    for (const [name, tail] of tails) {
      const { content } = hostileEvent(kind, tail, 8_000);
      expect({ name, shown: shown(of(begun + content)) }).toEqual({ name, shown: shown(of(begun)) });
    }
  });

  test.each([1, 30_023])('of kind %i is only read as far as it is shown', (kind) => {
    for (const [name, pattern] of tails) {
      const note = eventToNote(hostileEvent(kind, pattern, 20_000) as VerifiedEvent);
      const units = note ? documentText(withBeginningOnly(note).body).length : 0;
      expect({ name, isShort: units < 12_000 }).toEqual({ name, isShort: true });
    }
  });
});
