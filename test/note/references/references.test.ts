import { naddrEncode, neventEncode, noteEncode, nprofileEncode, npubEncode } from 'nostr-tools/nip19';
import { describe, expect, test } from 'vitest';
import { findReferences } from '../../../src/note/references/references.ts';
import { eventOf, noteOf } from '../events.fixture.ts';

const me = 'ab'.repeat(32);
const tobias = 'c1'.repeat(32);
const ida = 'c2'.repeat(32);
const one = 'd1'.repeat(32);
const two = 'd2'.repeat(32);
const address = `30023:${ida}:tides`;
const near = 'wss://near.example';
const far = 'wss://far.example';

const person = (pubkey: string, ...relays: readonly string[]) => ({ type: 'profile', pubkey, relays });
const event = (id: string, fields: { relays?: readonly string[]; author?: string } = {}) => ({
  type: 'event',
  id,
  relays: [],
  ...fields,
});
const article = (...relays: readonly string[]) => ({
  type: 'address',
  kind: 30_023,
  pubkey: ida,
  identifier: 'tides',
  relays,
});

type Tags = readonly (readonly string[])[];
const found = (content: string, tags: Tags = [], kind = 1) => findReferences(noteOf({ content, tags, kind }));

describe('a note names', () => {
  test.each<[string, string, Tags, readonly unknown[]]>([
    ['nobody', 'Fog until ten.', [], []],
    ['somebody by npub', `Ask nostr:${npubEncode(tobias)}.`, [], [person(tobias)]],
    ['somebody without a prefix', `Ask @${npubEncode(tobias)}.`, [], [person(tobias)]],
    [
      'somebody by nprofile, with hints',
      `nostr:${nprofileEncode({ pubkey: tobias, relays: [near] })}`,
      [],
      [person(tobias, near)],
    ],
    [
      'somebody whose tag has a hint',
      `nostr:${npubEncode(tobias)}`,
      [['p', tobias, near]],
      [person(tobias, near)],
    ],
    [
      'somebody twice, once',
      `nostr:${npubEncode(tobias)} nostr:${nprofileEncode({ pubkey: tobias, relays: [far] })}`,
      [['p', tobias, near]],
      [person(tobias, far, near)],
    ],
    ['somebody the old way', 'Ask #[0].', [['p', tobias, near]], [person(tobias, near)]],
    ['nobody by a tag alone', 'Fog.', [['p', tobias, near]], []],
    ['nobody by a broken code', `nostr:${npubEncode(tobias).slice(0, -1)}`, [], []],
  ])('%s', (_, content, tags, people) => expect(found(content, tags).people).toEqual(people));

  test.each<[string, string, Tags, readonly unknown[]]>([
    ['a note', `See nostr:${noteEncode(one)}`, [], [event(one)]],
    [
      'an event with hints and author',
      `nostr:${neventEncode({ id: one, relays: [near], author: ida })}`,
      [],
      [event(one, { relays: [near], author: ida })],
    ],
    [
      'an event whose tag says where and whose it is',
      `nostr:${noteEncode(one)}`,
      [['e', one, near, 'mention', ida]],
      [event(one, { relays: [near], author: ida })],
    ],
    [
      'an article',
      `nostr:${naddrEncode({ kind: 30_023, pubkey: ida, identifier: 'tides', relays: [near] })}`,
      [['a', address, far]],
      [article(near, far)],
    ],
    [
      'an event by tag (NIP-18)',
      'So true.',
      [['q', one, near, ida]],
      [event(one, { relays: [near], author: ida })],
    ],
    ['an article by tag', 'So true.', [['q', address, near]], [article(near)]],
    ['what is no event by tag', 'So true.', [['q', 'fog', near], ['q']], []],
    [
      'one event twice, once',
      `nostr:${noteEncode(one)}`,
      [['q', one, near]],
      [event(one, { relays: [near] })],
    ],
    [
      'what it answers first',
      `Like nostr:${noteEncode(two)}`,
      [
        ['e', one, near, 'reply', ida],
        ['p', ida],
      ],
      [event(one, { relays: [near], author: ida }), event(two)],
    ],
    ['not what it answers of its own', 'More.', [['e', one, near, 'reply', me]], []],
    ['the article that it answers', 'Yes.', [['a', address, near, 'root']], [article(near)]],
  ])('%s', (_, content, tags, notes) => expect(found(content, tags).notes).toEqual(notes));
});

test.each([
  [6, ''],
  [16, '{"id":"a copy of it"}'],
])('a repost of kind %i names what it shares', (kind, content) => {
  const tags = [
    ['e', one, near],
    ['p', ida],
  ];
  expect(found(content, tags, kind).notes).toEqual([event(one, { relays: [near], author: ida })]);
});

test.each<[string, Tags, readonly unknown[]]>([
  [
    'an event',
    [
      ['E', two, far],
      ['K', '1'],
      ['e', one, near, ida],
      ['k', '1111'],
      ['p', ida],
    ],
    [event(one, { relays: [near], author: ida })],
  ],
  [
    'an article rather than its version',
    [
      ['a', address, near],
      ['e', two, near],
      ['k', '30023'],
      ['p', ida],
    ],
    [article(near)],
  ],
  [
    'a page of the web',
    [
      ['i', 'https://a.example/b'],
      ['k', 'web'],
    ],
    [],
  ],
])('a comment on %s names it (NIP-22)', (_, tags, notes) => {
  const note = noteOf({ kind: 1_111, content: 'Yes.', tags });
  expect(note.postType).toBe('reply');
  expect(findReferences(note).notes).toEqual(notes);
});

test('a comment on the author’s own article is no reply', () => {
  const note = noteOf({
    kind: 1_111,
    content: 'More.',
    tags: [
      ['a', `30023:${me}:tides`],
      ['p', me],
    ],
  });
  expect(note).toMatchObject({ postType: 'note', replyTo: `30023:${me}:tides` });
  expect(findReferences(note).notes).toEqual([]);
});

test('references in an article are named, but not links with labels', () => {
  const content = [
    `# By nostr:${npubEncode(tobias)}`,
    `- nostr:${noteEncode(one)}`,
    `> **nostr:${npubEncode(ida)}**`,
    `[the tides](nostr:${noteEncode(two)}) and [Tobias](nostr:${npubEncode(me)})`,
  ].join('\n\n');
  expect(found(content, [], 30_023)).toEqual({ people: [person(tobias), person(ida)], notes: [event(one)] });
});

test('an article that names itself names nothing', () => {
  const naddr = naddrEncode({ kind: 30_023, pubkey: me, identifier: 'x' });
  expect(found(`nostr:${naddr}`, [['d', 'x']], 30_023).notes).toEqual([]);
});

test('at most five hundred references are found in one text', () => {
  const codes = Array.from({ length: 900 }, (_, index) => noteEncode(index.toString(16).padStart(64, '0')));
  const { notes } = findReferences(noteOf(eventOf({ content: codes.join(' ') })));
  expect(notes.map((pointer) => pointer.type === 'event' && noteEncode(pointer.id))).toEqual(
    codes.slice(0, 500),
  );
});
