import { describe, expect, test } from 'vitest';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { documentText } from '../../../src/note/document.ts';
import { eventToNote } from '../../../src/note/event-to-note.ts';
import { noteToDocument } from '../../../src/note/present/note-to-document.ts';
import { OTHER } from '../../golden/case.fixture.ts';
import { eventOf, noteOf } from '../events.fixture.ts';

const AUTHOR = 'ab'.repeat(32);

/** What a note of that kind says, and what it is. */
function shown(kind: number, content: string, tags: readonly (readonly string[])[] = []) {
  const { postType, title, body, media, replyTo } = noteOf({ kind, content, tags });
  return {
    postType,
    says: [...(title ? [title] : []), documentText(body)].join(' / '),
    blocks: body.map(({ type }) => type).join(' '),
    media: media.map(({ kind: what, url }) => `${what} ${url}`),
    replyTo,
  };
}

test('a highlight is the comment, the words marked, and where they stand', () => {
  const tags = [
    ['comment', 'Quite so.'],
    ['r', 'https://a.example/mentioned', 'mention'],
    ['r', 'https://a.example/page'],
  ];
  expect(shown(9802, 'The slower clock.', tags)).toMatchObject({
    postType: 'link',
    says: 'Quite so.\n\nThe slower clock.\n\nFrom https://a.example/page',
    blocks: 'paragraph quote small',
  });
  const quoted = shown(9802, 'The slower clock.', [['a', `30023:${OTHER.pubkey}:tides`]]);
  expect(quoted.says).toBe('The slower clock.\n\nFrom an article');
});

test.each([
  ['a long address, by its site', [], 80, 'a page · a.example'],
  ['one that is just short enough, as it is', [], 79, undefined],
  ['a long address of what is on Nostr', [['a', `30023:${OTHER.pubkey}:tides`]], 80, 'an article'],
])('a highlight names where it is from: %s', (_, tags, length, expected) => {
  const url = 'https://a.example/'.padEnd(length, 'x');
  expect(shown(9802, 'So.', [['r', url], ...tags]).says).toBe(`So.\n\nFrom ${expected ?? url}`);
});

test('a comment names a page with a long address by its site too', () => {
  const url = 'https://a.example/'.padEnd(80, 'x');
  expect(shown(1111, 'So.', [['i', url]]).says).toBe('So.\n\n↩ Commenting on a page · a.example');
});

test('a first line that repeats the title is dropped', () => {
  const titled = (subject: string) =>
    noteOf({ content: 'Fog on the pier\n\nAll of it grey.', tags: [['subject', subject]] });
  expect(documentText(titled('Fog on the pier').body)).toBe('All of it grey.');
  expect(documentText(titled('Weather').body)).toBe('Fog on the pier\n\nAll of it grey.');
  const long = `Fog on the pier\n\n${'All of it is grey today. '.repeat(20)}`;
  expect(documentText(noteOf({ content: long, tags: [['subject', 'Weather']] }).body)).toContain(
    'Fog on the pier',
  );
});

test('a poll is its question, what can be chosen, and until when', () => {
  const tags = [
    ['option', '1', 'Salt'],
    ['option', '2', 'Fog'],
    ['endsAt', '1750100400'],
  ];
  expect(shown(1068, 'Which?', tags)).toMatchObject({
    postType: 'note',
    says: 'Which?\n\nSalt\nFog\n\n📊 Poll · pick one · closes 2025-06-16 19:00',
    blocks: 'paragraph list small',
  });
  expect(shown(1068, 'Which?', [['endsAt', 'soon']]).says).toBe('Which?\n\n📊 Poll · pick one');
});

describe('a stream', () => {
  const of = (status: string) =>
    eventOf({
      kind: 30_311,
      tags: [
        ['d', 'a'],
        ['title', 'Pier'],
        ['status', status],
        ['streaming', 'https://a.example/live.m3u8'],
        ['recording', 'https://a.example/kept.mp4'],
        ['image', 'https://a.example/pier.jpg'],
      ],
    });
  const says = (status: string) => documentText(eventToNote(of(status))?.body ?? []);

  test.each(['planned', 'private', ''])('that is %j is no note', (status) => {
    expect(eventToNote(of(status))).toBeUndefined();
  });

  test('that runs says where to look; one that is over, what is left of it', () => {
    // What only players open is no link: the button says what to do.
    expect(says('live')).toBe('🔴 Live now');
    const buttonsOf = (status: string) => {
      const note = eventToNote(of(status));
      return (
        note &&
        noteToDocument(note, en).flatMap((block) => (block.type === 'buttons' ? block.rows.flat() : []))
      );
    };
    expect(buttonsOf('live')).toMatchObject([{ label: 'Watch' }]);
    expect(buttonsOf('ended')).toMatchObject([{ label: en.note.open }]);
    expect(says('ended')).toBe('This stream has ended.\n\nRecording: https://a.example/kept.mp4');
    expect(eventToNote(of('live'))).toMatchObject({
      postType: 'video',
      title: 'Pier',
      media: [{ kind: 'image' }],
    });
    expect(eventToNote(of('live'))).not.toHaveProperty('ended');
    expect(eventToNote(of('ended'))).toMatchObject({ ended: true });
  });
});

describe('a comment', () => {
  test('on somebody’s note answers it', () => {
    const tags = [
      ['K', '30023'],
      ['e', OTHER.id, '', OTHER.pubkey],
      ['p', OTHER.pubkey],
    ];
    expect(shown(1111, 'No.', tags)).toMatchObject({ postType: 'reply', replyTo: OTHER.id });
  });

  test('on the author’s own article goes with it', () => {
    const address = `30023:${AUTHOR}:tides`;
    expect(shown(1111, 'No.', [['a', address]])).toMatchObject({ postType: 'note', replyTo: address });
  });

  test('on something outside Nostr names it', () => {
    const page = shown(1111, 'No.', [['i', 'https://a.example/b']]);
    expect(page).toMatchObject({ postType: 'reply', says: 'No.\n\n↩ Commenting on https://a.example/b' });
    expect(shown(1111, 'No.', [['i', `isbn:${OTHER.nsec}`]]).says).not.toContain(OTHER.nsec);
  });
});

test.each([21, 22, 34_235, 34_236])('kind %i is one video, largest form first', (kind) => {
  const tags = ['480', '1080'].map((height) => [
    'imeta',
    `url https://a.example/${height}.mp4`,
    'm video/mp4',
    `dim 640x${height}`,
  ]);
  const note = noteOf({ kind, content: '', tags });
  expect(note.postType).toBe('video');
  expect(note.media).toMatchObject([
    { url: 'https://a.example/1080.mp4', alternatives: ['https://a.example/480.mp4'] },
  ]);
});

test('a video described of old, by tags of the event’s own, is found', () => {
  const tags = [
    ['url', 'https://a.example/a'],
    ['m', 'video/mp4'],
    ['thumb', 'https://a.example/a.jpg'],
  ];
  expect(noteOf({ kind: 34_235, tags }).media).toMatchObject([
    { kind: 'video', url: 'https://a.example/a', poster: 'https://a.example/a.jpg' },
  ]);
});

test.each([
  ['a page where it can be seen is a link', 'https://a.example/watch', 'Pier\n\nhttps://a.example/watch'],
  ['a playlist, which only players open, is none', 'https://a.example/a.m3u8?x=1', 'Pier'],
])('of what a video event names that is no video: %s', (_, url, says) => {
  const tags = [['imeta', `url ${url}`, 'm application/x-mpegURL']];
  expect(shown(21, 'Pier', tags)).toMatchObject({ says, media: [] });
});

test('a voice message is its recording and how long it takes', () => {
  const tags = [['imeta', 'url https://a.example/v', 'm audio/mp4', 'duration 72.4']];
  expect(shown(1222, 'https://a.example/v', tags)).toMatchObject({
    postType: 'note',
    says: '🎙 Voice message · 1:12',
    media: ['audio https://a.example/v'],
  });
  expect(shown(1222, 'Not an address')).toMatchObject({ says: 'Not an address', media: [] });
});

test.each([6, 16])('kind %i links the reposted event, by address if it has one', (kind) => {
  const tags = [
    ['e', OTHER.id],
    ['a', `30023:${OTHER.pubkey}:tides`],
  ];
  expect(shown(kind, '', tags)).toMatchObject({ postType: 'repost', says: 'Shared: an article' });
});

test('what has nothing to show says what its client calls it (NIP-31)', () => {
  expect(shown(20, '', [['alt', 'A picture']]).says).toBe('A picture');
  expect(shown(20, 'Fog', [['alt', 'A picture']]).says).toBe('Fog');
});

test('hashtags chosen in a separate field come at the end', () => {
  const tags = ['Fog', 'salt', 'a', 'b', 'c', 'd', 'e', '7', 'two words'].map((tag) => ['t', tag]);
  expect(shown(20, 'Dawn #fog', tags).says).toBe('Dawn #fog\n\n#salt #a #b #c #d');
  expect(shown(1, 'Dawn #fog', tags).says).toBe('Dawn #fog');
});

test.each([
  ['jpeg', 'image'],
  ['.MP4', 'video'],
  ['image', 'image'],
  ['image/jpeg; charset=binary', 'image'],
  ['svg', undefined],
  ['pdf', undefined],
])('the type %j of an address without ending is %s', (type, kind) => {
  const tags = [['imeta', 'url https://b.example/4f6c1b', `m ${type}`, 'dim 4284.0x5712.0']];
  const note = noteOf({ content: 'Fog https://b.example/4f6c1b', tags });
  expect(note.media).toMatchObject(kind ? [{ kind, width: 4284, height: 5712 }] : []);
});

test.each([
  ['800x600', [800, 600]],
  ['4284.0x5712.4', [4284, 5712]],
  ['800 x 600', [800, 600]],
  ['0x9', [undefined, undefined]],
  ['800', [undefined, undefined]],
  ['1e3x5', [undefined, undefined]],
])('the size %j counts as %j', (dim, [width, height]) => {
  const [item] = noteOf({ kind: 20, tags: [['imeta', 'url https://b.example/a.png', `dim ${dim}`]] }).media;
  expect([item?.width, item?.height]).toEqual([width, height]);
});

test('a page with its headline is a link, also with a picture beside it', () => {
  const page = 'The harbour opens again in June\n\nhttps://news.example/a\n\nhttps://h.example/a.jpg';
  expect(shown(1, page)).toMatchObject({ postType: 'link', blocks: 'link-card' });
  expect(shown(1, 'Look!\nhttps://news.example/a\nhttps://h.example/a.jpg').postType).toBe('photo');
});

test.each([
  [OTHER.nsec],
  [`${OTHER.nsec}\n`],
  [`My key: ${OTHER.nsec}`],
  [`(${OTHER.cashu})`],
  [`${OTHER.nsec} ${OTHER.cashu}`],
])('a note that is %s is one only where words are left', (content) => {
  expect(eventToNote(eventOf({ content })) !== undefined).toBe(content.startsWith('My'));
});

describe('a warning', () => {
  const warning = (...tags: string[][]) => noteOf({ content: 'Fog', tags }).warning;

  test('may be given as labels (NIP-32)', () => {
    expect(warning(['L', 'content-warning'], ['l', 'wreck', 'content-warning'])).toBe('wreck');
    expect(warning(['l', 'wreck', 'content-warning'], ['l', 'oil', 'content-warning'])).toBe('wreck, oil');
    expect(warning(['L', 'content-warning'])).toBe('');
  });

  test('is not what labels of other kinds say', () => {
    expect(warning(['L', 'ISO-639-1'], ['l', 'en', 'ISO-639-1'])).toBeUndefined();
  });

  test('of its own tag goes before labels', () => {
    expect(warning(['l', 'wreck', 'content-warning'], ['content-warning', 'oil'])).toBe('oil');
  });
});

test.each([
  ['1600000000', 1_600_000_000],
  ['1700000000', undefined],
  ['1600000000000', undefined],
  ['-5', undefined],
  ['soon', undefined],
  ['', undefined],
])('an article that says it came out at %j counts as of %s', (value, expected) => {
  expect(noteOf({ kind: 30_023, content: 'Tides', tags: [['published_at', value]] }).publishedAt).toBe(
    expected,
  );
});
