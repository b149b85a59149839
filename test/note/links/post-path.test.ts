import fc from 'fast-check';
import { naddrEncode, neventEncode, noteEncode } from 'nostr-tools/nip19';
import { describe, expect, test } from 'vitest';
import { buttons, link, paragraph } from '../../../src/note/document.ts';
import { keyInPostPath, postPath } from '../../../src/note/links/post-path.ts';
import { eventUrl, type NotePointer, pointerKey } from '../../../src/note/pointer.ts';
import { testPresenter } from '../../ready.fixture.ts';
import { eventOf, noteOf } from '../events.fixture.ts';

const AUTHOR = 'a'.repeat(64);
const ID = 'c4'.repeat(32);
const address = (identifier: string, kind = 30_023): NotePointer => ({
  type: 'address',
  kind,
  pubkey: AUTHOR,
  identifier,
  relays: [],
});

describe('the path of a post', () => {
  test.each<[string, NotePointer, string | undefined]>([
    ['a note', { type: 'event', id: ID, relays: [] }, 'post/c4c4c4c4c4c4c4c4'],
    ['an article', address('tide-machines'), 'post/tide-machines'],
    ['an article in Chinese', address('潮汐 机'), `post/${encodeURIComponent('潮汐 机')}`],
    ['an article called like an id', address('deadbeef'), 'post/30023:deadbeef'],
    ['an article called like a code', address('note1abc'), 'post/30023:note1abc'],
    ['an article called like another address', address('30311:x'), 'post/30023:30311:x'],
    ['an article without a name', address(''), 'post/30023:'],
    ['an article called like a folder', address('..'), 'post/30023:..'],
    ['an article with a question', address('a?b#c'), 'post/a%3Fb%23c'],
    [
      'an article in a folder',
      address('a/b'),
      `post/${naddrEncode({ kind: 30_023, pubkey: AUTHOR, identifier: 'a/b' })}`,
    ],
    ['a long folder', address(`/${'x'.repeat(300)}`), undefined],
    ['a stream', address('live', 30_311), 'post/30311:live'],
    ['too long', address('x'.repeat(600)), undefined],
    ['half of a character', address('x\ud800'), undefined],
  ])('%s', (_, pointer, path) => {
    expect(postPath(pointer)).toBe(path);
  });

  test('leads back to the post, whatever an author calls it', () => {
    const identifier = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('', '.', '..', 'a/../b', '0000', 'nostr:note1', '%', '%41', '30023:', 'npub1', '1:'),
    );
    fc.assert(
      fc.property(identifier, fc.constantFrom(30_023, 30_311, 34_235), (d, kind) => {
        const pointer = address(d, kind);
        const path = postPath(pointer);
        if (path === undefined) return;
        // As a browser sends it.
        const sent = new URL(path, 'https://a.example/notes/').pathname;
        const segment = decodeURIComponent(sent.slice('/notes/post/'.length));
        expect(keyInPostPath(segment, AUTHOR)).toBe(pointerKey(pointer));
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    [ID, ID],
    [ID.slice(0, 16).toUpperCase(), ID.slice(0, 16)],
    [noteEncode(ID), ID],
    [`nostr:${neventEncode({ id: ID })}`, ID],
    [naddrEncode({ kind: 30_023, pubkey: AUTHOR, identifier: 'x' }), `30023:${AUTHOR}:x`],
  ])('%s is found by its code, too', (segment, key) => {
    expect(keyInPostPath(segment, AUTHOR)).toBe(key);
  });
});

describe('with a public site', () => {
  const presenter = testPresenter({ publicUrl: 'https://notes.example/n/' });
  const opened = (event: Parameters<typeof eventOf>[0]): string =>
    JSON.stringify(presenter.finishNote(noteOf({ pubkey: AUTHOR, ...event }), {}).blocks.at(-1));

  test('a post is opened there', () => {
    expect(opened({ content: 'Salt' })).toContain('https://notes.example/n/post/');
    expect(opened({ content: 'x', kind: 30_023, tags: [['d', 'tide']] })).toContain('/n/post/tide"');
  });

  test('a poll is still answered on Nostr', () => {
    expect(opened({ content: 'Which?', kind: 1_068, tags: [['option', '1', 'One']] })).toContain('njump.me');
  });

  test('other people’s notes, people, and what the author linked to stay where they are', () => {
    const theirs = eventUrl(eventOf({ pubkey: 'b'.repeat(64) }));
    const document = [
      buttons([{ label: 'Open', url: theirs }]),
      paragraph(link('https://njump.me/note1x')),
      buttons([{ label: 'Profile', url: 'https://njump.me/npub1x' }]),
    ];
    expect(presenter.finish(document, {}).blocks).toEqual(document);
  });
});
