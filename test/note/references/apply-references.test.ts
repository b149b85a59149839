import { naddrEncode, neventEncode, noteEncode, npubEncode } from 'nostr-tools/nip19';
import { describe, expect, test } from 'vitest';
import { textsFor } from '../../../src/i18n/texts.ts';
import type { Block, Document } from '../../../src/note/document.ts';
import { noteToDocument } from '../../../src/note/present/note-to-document.ts';
import { applyReferences } from '../../../src/note/references/apply-references.ts';
import { displayName } from '../../../src/note/references/display-name.ts';
import { NOTHING_RESOLVED, type ResolvedReferences } from '../../../src/note/references/references.ts';
import { toPlainText } from '../../commands/plain-text.fixture.ts';
import { noteOf } from '../events.fixture.ts';

const texts = textsFor('en');
const me = 'ab'.repeat(32);
const ida = 'c2'.repeat(32);
const tobias = 'c1'.repeat(32);
const fog = noteOf({ id: 'd1'.repeat(32), pubkey: ida, content: 'Fog until ten.' });
const tides = noteOf({
  id: 'd2'.repeat(32),
  pubkey: ida,
  kind: 30_023,
  content: 'The sea **came**.',
  tags: [
    ['d', 'tides'],
    ['title', 'On tides'],
  ],
});
const unknown = 'd9'.repeat(32);
const at = `nostr:${noteEncode(fog.id)}`;
const nowhere = `nostr:${noteEncode(unknown)}`;
const npub = `nostr:${npubEncode(ida)}`;
const stranger = `nostr:${npubEncode(tobias)}`;
const shortIda = `${npubEncode(ida).slice(0, 12)}…${npubEncode(ida).slice(-4)}`;
const shortTobias = `${npubEncode(tobias).slice(0, 12)}…${npubEncode(tobias).slice(-4)}`;

const knowing = (
  notes: readonly (typeof fog)[],
  names: Readonly<Record<string, string>> = { [ida]: 'Ida' },
) => ({
  name: (pubkey: string) => names[pubkey],
  note: (key: string) => notes.find((note) => note.id === key || note.key === key),
});
const known: ResolvedReferences = knowing([fog, tides]);

type Tags = readonly (readonly string[])[];
const bodyOf = (content: string, tags: Tags = [], knowledge = known): Document =>
  applyReferences(noteOf({ content, tags }), knowledge, texts);
const shown = (content: string, tags: Tags = [], knowledge = known) =>
  toPlainText(bodyOf(content, tags, knowledge));

test.each([
  ['a known person goes by name', `Ask ${npub}!`, 'Ask @Ida!'],
  ['an unknown one by the key', `Ask ${stranger}!`, `Ask @${shortTobias}!`],
  ['a broken code stays text', `Ask ${npub.slice(0, -1)}!`, `Ask ${npub.slice(0, -1)}!`],
  ['a note alone is quoted', at, '> Ida: Fog until ten.'],
  ['in its own paragraph', `So:\n\n${at}\n\nTrue.`, 'So:\n> Ida: Fog until ten.\nTrue.'],
  ['on its own line', `So:\n${at} \nTrue.`, 'So:\n> Ida: Fog until ten.\nTrue.'],
  ['at the end', `So true: ${at}`, 'So true:\n> Ida: Fog until ten.'],
  [
    'at the end, beside one that is unknown',
    `So ${at} ${nowhere}`,
    'So\n> Ida: Fog until ten.\n↗ a note on Nostr',
  ],
  ['in a sentence it is a link', `As in ${at} before.`, 'As in a note by Ida before.'],
  ['at the end of an earlier paragraph too', `As in ${at}\n\nYes.`, 'As in a note by Ida\nYes.'],
  ['the second time it is a link', `${at}\n\n${at}`, '> Ida: Fog until ten.\na note by Ida'],
  ['an unknown note stays a link', nowhere, '↗ a note on Nostr'],
])('%s', (_, content, expected) => expect(shown(content)).toBe(expected));

test.each<[string, string, Tags, string]>([
  ['is quoted after the words', 'So true.', [['q', fog.id]], 'So true.\n> Ida: Fog until ten.'],
  ['is quoted alone', '', [['q', fog.id]], '> Ida: Fog until ten.'],
  ['is not said twice', `So: ${at}`, [['q', fog.id]], 'So:\n> Ida: Fog until ten.'],
  ['is not quoted beside its link', `See ${at} there.`, [['q', fog.id]], 'See a note by Ida there.'],
  ['leaves no trace when unknown', 'So true.', [['q', unknown]], 'So true.'],
  ['may be an address', 'So.', [['q', tides.key]], 'So.\n> Ida: *On tides*\nThe sea *came*.'],
])('what a q tag names %s', (_, content, tags, expected) => expect(shown(content, tags)).toBe(expected));

test.each([
  ['is quoted with its title', '\n\n', '> Ida: *On tides*\nThe sea *came*.'],
  ['is called one in a sentence', ' is good', 'an article by Ida is good'],
])('an article %s', (_, after, expected) => {
  const code = naddrEncode({ kind: 30_023, pubkey: ida, identifier: 'tides' });
  expect(shown(`nostr:${code}${after}`)).toBe(expected);
});

test('an unresolved article is named by its author, a note is not', () => {
  const naddr = naddrEncode({ kind: 30_023, pubkey: ida, identifier: 'storms' });
  const nevent = neventEncode({ id: unknown, author: ida });
  expect(shown(`nostr:${naddr}\n\nnostr:${nevent}`)).toBe('an article by Ida\n↗ a note on Nostr');
});

describe('a quotation', () => {
  const quoted = (fields: Parameters<typeof noteOf>[0]): Block | undefined => {
    const other = noteOf({ id: fog.id, pubkey: ida, ...fields });
    return bodyOf(at, [], knowing([other]))[0];
  };
  const first = (fields: Parameters<typeof noteOf>[0]): string => {
    const block = quoted(fields);
    return block ? toPlainText([block]) : '';
  };

  test('leads to the note', () => {
    const nevent = neventEncode({ id: fog.id, author: ida });
    expect(quoted({ content: 'Fog.' })).toMatchObject({
      type: 'quoted-note',
      url: `https://njump.me/${nevent}`,
    });
  });

  test('goes one level deep, and no further', () => {
    const other = noteOf({ id: unknown, pubkey: tobias, content: 'Deeper.' });
    const outer = noteOf({ id: fog.id, pubkey: ida, content: `Look\n\n${nowhere}`, tags: [['q', unknown]] });
    expect(shown(at, [], knowing([outer, other]))).toBe(`> Ida: Look\na note by ${shortTobias}`);
  });

  test('holds at most 300 characters, cut after a word', () => {
    const words = 'Tide after tide. '.repeat(40).trim();
    const block = quoted({ content: words });
    const [paragraph] = block && 'children' in block ? (block.children as Document) : [];
    const text = toPlainText([paragraph as Block]);
    expect(text).toMatch(/^(?:Tide after tide\. )+(?:Tide…|Tide after…|Tide after tide\. …)$/u);
    expect(text.length).toBeLessThanOrEqual(302);
    expect(text.length).toBeGreaterThan(280);
  });

  test.each([
    ['of many lines shows eight', { content: 'a\n'.repeat(100) }, `> Ida: ${'a\n'.repeat(8).trim()}…`],
    [
      'of many paragraphs shows eight',
      { content: 'a\n\n'.repeat(100) },
      `> Ida: ${'a\n'.repeat(8).trim()} …`,
    ],
    ['without words says what it is', { content: 'https://a.example/b.jpg' }, '> Ida: (image)'],
    [
      'without words says what is in the picture',
      { content: '', kind: 20, tags: [['imeta', 'url https://a.example/b.jpg', 'alt The pier']] },
      '> Ida: (The pier)',
    ],
    [
      'with a warning shows only that',
      { content: 'Gore', tags: [['content-warning', 'blood']] },
      '> Ida: (Content warning: blood)',
    ],
    ['of a note that only quotes is a link', { tags: [['q', '0c'.repeat(32)]] }, 'a note by Ida'],
    ['of a name knows it', { content: `With ${npub}` }, '> Ida: With @Ida'],
    [
      'names a long address by its site',
      { content: `See https://www.a.example/${'x'.repeat(400)} there` },
      '> Ida: See a.example there',
    ],
    ['breaks no emoji', { content: '👩‍👩‍👧‍👦'.repeat(40) }, `> Ida: ${'👩‍👩‍👧‍👦'.repeat(27)} …`],
    ['holds a secret back', { content: `Mine: nsec1${'q'.repeat(58)}` }, `> Ida: Mine: ${texts.note.secret}`],
  ])('%s', (_, fields, expected) => expect(first(fields)).toBe(expected));
});

describe('a repost', () => {
  const repost = noteOf({
    kind: 6,
    tags: [
      ['e', fog.id],
      ['p', ida],
    ],
  });
  test.each([
    ['shows the original', known, 'Shared\n> Ida: Fog until ten.'],
    ['of what is unknown leads there', NOTHING_RESOLVED, 'Shared: a note'],
    ['of what has no words says whose it is', knowing([{ ...fog, body: [] }]), 'Shared: a note by Ida'],
  ])('%s', (_, knowledge, expected) => {
    expect(toPlainText(applyReferences(repost, knowledge, texts))).toBe(expected);
  });
});

describe('a reply', () => {
  const line = (knowledge: ResolvedReferences, pubkey = me): string => {
    const tags = [
      ['e', fog.id, '', 'reply'],
      ['p', ida],
      ['p', me],
    ];
    return toPlainText(
      noteToDocument(noteOf({ content: 'Yes.', pubkey, tags }), texts, knowledge).slice(0, -1),
    );
  };
  const long = { ...fog, body: noteOf({ content: 'word '.repeat(60) }).body };
  test.each<[string, ResolvedReferences, string]>([
    ['says what it answers', known, 'Yes.\n(↩ Replying to Ida: Fog until ten.)'],
    [
      'to somebody unknown says what it can',
      knowing([fog], {}),
      `Yes.\n(↩ Replying to ${shortIda}: Fog until ten.)`,
    ],
    ['to what is unknown leads there', NOTHING_RESOLVED, 'Yes.\n(↩ Replying to a note)'],
    [
      'to an article says its title',
      knowing([{ ...tides, id: fog.id }]),
      'Yes.\n(↩ Replying to Ida: On tides)',
    ],
    ['to what has a warning says no more', knowing([{ ...fog, warning: '' }]), 'Yes.\n(↩ Replying to Ida)'],
    ['to the author’s own note says nothing', knowing([{ ...fog, pubkey: me }]), 'Yes.'],
  ])('%s', (_, knowledge, expected) => expect(line(knowledge)).toBe(expected));

  test.each([
    ['', []],
    ['not for everybody', [['content-warning', '']]],
  ])('says it last, below pictures too: %s', (_, more) => {
    const tags = [['e', fog.id, '', 'reply'], ['p', ida], ...more];
    const document = noteToDocument(noteOf({ content: 'Yes. https://h.example/a.png', tags }), texts);
    expect(document.map(({ type }) => type).slice(-2)).toEqual(['small', 'buttons']);
  });

  test('shows at most 80 characters', () => {
    const words = /: (.*…)\)/u.exec(line(knowing([long])))?.[1] ?? '';
    expect(words.length).toBeLessThanOrEqual(81);
    expect(words.length).toBeGreaterThan(70);
  });
});

test.each([
  ['Ida', 'Ida'],
  ['  Ida \n\r\n Moor\t', 'Ida Moor'],
  ['@everyone\n**x**', 'everyone **x**'],
  ['\u202Eadi\u2066', 'adi'],
  ['I\u200Fd\u061Ca', 'Ida'],
  ['I\u0000d\u0007a\u200B', 'Ida'],
  ['😀'.repeat(40), `${'😀'.repeat(31)}…`],
  ['x'.repeat(10_000), `${'x'.repeat(31)}…`],
  ['👩‍👩‍👧‍👦'.repeat(10), '👩‍👩‍👧‍👦'.repeat(10)],
  ['王小明', '王小明'],
  [' \n ', undefined],
  ['\u3164\u2800', undefined],
  ['@', undefined],
  ['\u200D\u200E', undefined],
  ['', undefined],
  [undefined, undefined],
])('the name %j is shown as %j', (given, expected) => expect(displayName(given)).toBe(expected));

test('where nothing is known, the body stays as it is', () => {
  const tags = [
    ['q', fog.id],
    ['imeta', 'url https://a.example/x', 'm image/png'],
  ];
  const note = noteOf({
    content: `A ${npub}\n${at}\n\nb https://a.example/x ${at} ${nowhere}\n\n${at}`,
    tags,
  });
  expect(applyReferences(note, NOTHING_RESOLVED, texts)).toEqual(note.body);
});

test('a thousand references take linear time', () => {
  const began = performance.now();
  bodyOf(`${at} `.repeat(800));
  expect(performance.now() - began).toBeLessThan(1_000);
});
