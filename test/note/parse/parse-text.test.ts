import fc from 'fast-check';
import {
  naddrEncode,
  neventEncode,
  noteEncode,
  nprofileEncode,
  npubEncode,
  nsecEncode,
} from 'nostr-tools/nip19';
import { describe, expect, test } from 'vitest';
import { inlineText } from '../../../src/note/document.ts';
import { normalizeText } from '../../../src/note/parse/normalize.ts';
import { parseInlines } from '../../../src/note/parse/parse-text.ts';
import { noteOf } from '../events.fixture.ts';
import { parsed } from '../shorthand.fixture.ts';

const NPUB = npubEncode('ab'.repeat(32));
const NEVENT = neventEncode({ id: 'cd'.repeat(32), author: 'ab'.repeat(32) });
const NOTE = noteEncode('cd'.repeat(32));
const NADDR = naddrEncode({ kind: 30_023, pubkey: 'ab'.repeat(32), identifier: 'tides' });
const NPROFILE = nprofileEncode({ pubkey: 'ab'.repeat(32), relays: ['wss://relay.example'] });
const NSEC = nsecEncode(new Uint8Array(32).fill(7));
const CASHU = `cashuA${'eyJ0b2tlbiI6W10'.repeat(3)}`;

describe('people and notes', () => {
  test.each([
    [`hi nostr:${NPUB}!`, 'hi <@>!'],
    [`こんにちはnostr:${NPUB}さん`, 'こんにちは<@>さん'],
    [`NOSTR:${NPUB}`, '<@>'],
    [`nostr:${NPUB.toUpperCase()}`, '<@>'],
    [`hi @${NPUB}`, 'hi <@>'],
    [`hi ${NPUB}`, 'hi <@>'],
    [`nostr:${NPUB}nostr:${NPUB}`, '<@> <@>'],
    [`看nostr:${NEVENT}吧`, `看 <ref https://njump.me/${NEVENT}> 吧`],
    [`nostr:${NPUB}_x`, '<@>_x'],
    [`nostr:${NPUB}'s`, "<@>'s"],
    [`(nostr:${NPUB})`, '(<@>)'],
    [`nostr:${NPUB.slice(0, -1)}q`, `nostr:${NPUB.slice(0, -1)}q`],
    ['nostr:npub1abc', 'nostr:npub1abc'],
    [`web+nostr:${NPUB}`, '<@>'],
    [`https://njump.me/${NEVENT}`, `<url https://njump.me/${NEVENT}>`],
    [`https://x.example/?u=nostr:${NPUB}`, `<url https://x.example/?u=nostr:${NPUB}>`],
    [`see nostr:${NEVENT}`, `see <ref https://njump.me/${NEVENT}>`],
  ])('%s', (content, expected) => expect(parsed(content)).toBe(expected));

  const ref = `<ref https://njump.me/${NEVENT}>`;
  const article = `<ref https://njump.me/${NADDR}>`;

  test.each([
    [`nostr:${NPUB}up everybody`, '<@> up everybody'],
    [`@${NPUB}and @${NPUB}`, '<@> and <@>'],
    [`${NPUB}${NPUB}`, '<@> <@>'],
    [`nostr:${NPUB}https://example.com`, '<@> <url https://example.com/>'],
    [`nostr:${NPUB}s #tag`, '<@> s #tag'.replace('#tag', '<#tag>')],
    [`nostr:${NPROFILE}then`, '<@> then'],
    [`nostr:${NOTE}then`, `<ref https://njump.me/${NOTE}> then`],
    [`nostr:${NOTE}nostr:${NPUB}`, `<ref https://njump.me/${NOTE}> <@>`],
    [`nostr:${NEVENT}and`, `${ref} and`],
    [`nostr:${NEVENT}https://a.example/b`, `${ref} <url https://a.example/b>`],
    [`nostr:${NEVENT}nostr:${NEVENT}up`, `${ref} ${ref} up`],
    [`nostr:${NADDR}up nostr:${NADDR}`, `${article} up ${article}`],
    [`https://h.example/a.pngnostr:${NEVENT}`, `<url https://h.example/a.png> ${ref}`],
    [`https://h.example/a.pngnostr:${NEVENT}then`, `<url https://h.example/a.png> ${ref} then`],
    [`https://h.example/anostr:${NSEC}`, '<url https://h.example/a> [secret removed]'],
    [`nostr:${NPUB.slice(0, 62)} up`, `nostr:${NPUB.slice(0, 62)} up`],
    [`#harbournostr:${NPUB}`, '<#harbour> <@>'],
    [`Good morningnostr:${NPUB}`, 'Good morning <@>'],
  ])('glued: %s', (content, expected) => expect(parsed(content)).toBe(expected));

  test.each([
    [`[${NPUB}](nostr:${NPUB})`, '<@>'],
    [`hi [@${NPUB}](nostr:${NPROFILE})!`, 'hi <@>!'],
    [`[${NPUB.slice(0, 12)}…${NPUB.slice(-4)}](nostr:${NPUB})`, '<@>'],
    [`[${NPUB.slice(0, 12)}...](https://njump.me/${NPUB})`, '<@>'],
    [`[${NEVENT}](nostr:${NEVENT})`, ref],
    [`[${NPUB}](nostr:${NEVENT})`, `[<@>](${ref})`],
    [`[${NPUB}](https://a.example/b)`, '[<@>](<url https://a.example/b>)'],
    [`[npub1zzz…zzz](nostr:${NPUB})`, '[npub1zzz…zzz](<@>)'],
  ])('written twice: %s', (content, expected) => expect(parsed(content)).toBe(expected));

  test.each([
    [`hi [Bob](nostr:${NPUB})!`, NPUB, 'Bob'],
    [`see [ this tide table ](nostr:${NADDR})`, NADDR, 'this tide table'],
    [`[@Bob](NOSTR:${NPROFILE})`, NPROFILE, '@Bob'],
  ])('words as the label of a code: %s', (content, code, label) => {
    const links = parseInlines(content, { tags: [] }).filter(({ type }) => type === 'link');
    expect(links).toMatchObject([{ written: `nostr:${code}`, label: [{ type: 'text', text: label }] }]);
    expect(inlineText(parseInlines(content, { tags: [] }))).not.toMatch(/[[\]()]/u);
  });

  test('the old #[0] names an article by its address, or what is quoted', () => {
    const tags = [
      ['a', `30023:${'ab'.repeat(32)}:tides`],
      ['q', 'cd'.repeat(32)],
      ['a', 'tides'],
    ];
    expect(parsed('On #[0], #[1] and #[2].', tags)).toBe(
      `On ${article}, <ref https://njump.me/${NOTE}> and #[2].`,
    );
  });

  test('the old #[0] names the tag of that number', () => {
    expect(parsed('hi #[0] ok', [['p', 'ab'.repeat(32)]])).toBe('hi <@> ok');
    expect(parsed('hi #[1] ok', [['p', 'ab'.repeat(32)]])).toBe('hi #[1] ok');
  });

  test.each([
    [`see https://njump.me/${NSEC}, or`, 'see [secret removed], or'],
    [`(https://wallet.example/#${CASHU}&b=1)`, '([secret removed])'],
    [`看https://a.example/?k=${NSEC}&b=${NSEC}，再看`, '看[secret removed]，再看'],
    [`https://a.example/b ${NSEC}`, '<url https://a.example/b> [secret removed]'],
  ])('of %j, where an address holds a secret, %j is told', (content, expected) => {
    expect(parsed(content)).toBe(expected);
  });

  test.each([[`nostr:${NSEC}`], [NSEC], [CASHU]])('a secret is never repeated', (secret) => {
    expect(parsed(`before ${secret} after`)).toBe('before [secret removed] after');
  });
});

describe('hashtags', () => {
  test.each([
    ['#nostr rocks', '<#nostr> rocks'],
    ['#日本語 です', '<#日本語> です'],
    ['#café #Zürich #привет', '<#café> <#zürich> <#привет>'],
    [`#${'a'.repeat(60)} tail`, `<#${'a'.repeat(60)}> tail`],
    ['#1 thing, C#, a#b, &#39;', '#1 thing, C#, a#b, &#39;'],
    ['#a#b', '<#a>#b'],
    ['#foo-bar', '<#foo>-bar'],
    ['(#tag)', '(<#tag>)'],
    ['今天#中国 的', '今天<#中国> 的'],
    ['今日は#ニュース です', '今日は<#ニュース> です'],
    ['오늘#뉴스 봐', '오늘<#뉴스> 봐'],
    ['วันนี้#ข่าว ดี', 'วันนี้<#ข่าว> ดี'],
    ['今天＃AI 很好', '今天<#ai> 很好'],
    ['𠮷#中国', '𠮷<#中国>'],
    ['#中国#的经济', '<#中国>#的经济'],
    ['今天#中国#的经济', '今天<#中国>#的经济'],
    ['#ＡＩ ＃AI #ai', '<#ai> <#ai> <#ai>'],
    ['#İzmir #izmir', '<#izmir> <#izmir>'],
    ['#cafe\u0301 #caf\u00e9', '<#caf\u00e9> <#caf\u00e9>'],
    ['cafe\u0301#b, é#b, б#b, ١#b, C#中', 'cafe\u0301#b, é#b, б#b, ١#b, C#中'],
    ['❤️#love 1️⃣#one', '❤️<#love> 1️⃣<#one>'],
    ['#low-#tide', '<#low>-<#tide>'],
  ])('%s', (content, expected) => expect(parsed(content)).toBe(expected));

  test('a hyphen belongs to a hashtag that the tags name so', () => {
    expect(parsed('#foo-bar', [['t', 'foo-bar']])).toBe('<#foo-bar>');
    expect(parsed('#ｆｏｏ-bar', [['t', '#FOO-bar']])).toBe('<#foo-bar>');
  });
});

test.each([
  [':soapbox: hi', [['emoji', 'soapbox', 'https://e.example/s.png']], '<:soapbox> hi'],
  [':soapbox: hi', [], ':soapbox: hi'],
  ['10:30:00', [], '10:30:00'],
  ['@everyone <@123> *a* ||d|| <b>', [], '@everyone <@123> *a* ||d|| <b>'],
])('%s with tags %j', (content, tags, expected) => expect(parsed(content, tags)).toBe(expected));

test('any text is parsed without loss, except deceptive characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (content) => {
      const written = parseInlines(content, { tags: [] })
        .map((inline) => ('written' in inline ? inline.written : 'text' in inline ? inline.text : ''))
        .join('');
      expect(written).toBe(normalizeText(content));
    }),
    { numRuns: 2_000 },
  );
});

test('hostile runs cost no more than their length', () => {
  const codes = ['nostr:npub1', '@npub1q', 'nevent1q', 'nostr:nevent1', `nostr:nevent1${'q'.repeat(5_000)}`];
  const addresses = [
    'https://',
    'https://a.example/b',
    `https://a.example/${')'.repeat(4_000)}`,
    'https://🔥',
    '(https://a',
  ];
  const others = [
    '#',
    ':a',
    '#[',
    'cashuA',
    '(',
    '[npub1',
    '[a](nostr:',
    `[${'a'.repeat(99)}`,
    `[npub1${'q'.repeat(5_000)}`,
    'lnbc1',
    'ahttps://',
  ];
  for (const piece of [...codes, ...addresses, ...others]) {
    const content = piece.repeat(Math.ceil(60_000 / piece.length));
    // Quadratic work on 60,000 characters would outlast the test's time limit many times over.
    expect(
      parseInlines(content, { tags: [['emoji', 'b', 'https://e.example/b.png']] }).length,
    ).toBeGreaterThan(0);
  }
});

describe('notes', () => {
  const body = 'The harbour was quiet, and so were the people who live from it. '.repeat(4);

  test('a first line that is a title is not repeated', () => {
    const note = noteOf({ content: `China Morning Missive\n\n${body}\n\n${body}` });
    expect(note).toMatchObject({
      title: 'China Morning Missive',
      series: 'china morning missive',
      postType: 'missive',
    });
    expect(note.body).toHaveLength(2);
  });

  test.each([
    ['Good morning.\n\nShort.', undefined],
    [`Good morning, this is a sentence.\n\n${body}`, undefined],
    [`Read https://a.example/x\n\n${body}`, undefined],
    [`#missive\n\n${body}`, undefined],
    [`What is lithium worth?\n\n${body}`, 'What is lithium worth?'],
  ])('%j has the title %s', (content, title) => expect(noteOf({ content }).title).toBe(title));

  test.each([
    ['China Morning Missive – 12 March 2025', 'china morning missive'],
    ['Weekly Digest #12', 'weekly digest'],
    ['Weekly Digest 12', 'weekly digest'],
    ['Notes from the coast, 3 May', 'notes from the coast'],
    ['Lithium: what now', 'lithium: what now'],
  ])('%s belongs to the series %s', (title, series) => {
    expect(noteOf({ content: `${title}\n\n${body}` }).series).toBe(series);
  });

  test.each([
    ['just words', 'note'],
    ['worth reading https://a.example/story', 'link'],
    ['dawn https://a.example/dawn.jpg', 'photo'],
    ['HTTPS://X.example/A.JPG', 'photo'],
    ['https://x.example/a.jpg?w=1&h=2', 'photo'],
    ['look https://a.example/ship.mp4', 'video'],
    [`${body}${body} https://a.example/dawn.jpg`, 'note'],
  ])('%s is a %s', (content, postType) => expect(noteOf({ content }).postType).toBe(postType));

  test('media are taken out of the text in their order, each once', () => {
    const note = noteOf({
      content: 'Dawn.\n\nhttps://a.example/1.jpg\nhttps://a.example/2.png https://a.example/1.jpg',
    });
    expect(note.media.map(({ url }) => url)).toEqual(['https://a.example/1.jpg', 'https://a.example/2.png']);
    expect(note.body).toEqual([{ type: 'paragraph', children: [{ type: 'text', text: 'Dawn.' }] }]);
  });

  test('imeta tells what a medium is, and how to say it', () => {
    const imeta = [
      'imeta',
      'url https://b.example/abc',
      'm image/webp',
      'dim 800x600',
      'alt Dawn over the pier',
      'fallback https://c.example/abc',
    ];
    expect(noteOf({ content: 'https://b.example/abc', tags: [imeta] }).media).toEqual([
      {
        kind: 'image',
        url: 'https://b.example/abc',
        alternatives: ['https://c.example/abc'],
        mime: 'image/webp',
        alt: 'Dawn over the pier',
        width: 800,
        height: 600,
      },
    ]);
  });

  test.each([
    ['in a note', 1],
    ['among the forms of a video', 21],
  ])('a medium has at most eight other addresses %s', (_, kind) => {
    const fields = Array.from({ length: 100 }, (_, n) => `fallback https://c${n}.example/abc`);
    const imeta = ['imeta', 'url https://b.example/abc', 'm video/mp4', ...fields];
    const forms = Array.from({ length: 20 }, (_, n) => [
      'imeta',
      `url https://b.example/${n}`,
      'm video/mp4',
    ]);
    const { media } = noteOf({ kind, content: 'https://b.example/abc', tags: [imeta, ...forms] });
    expect(media[0]?.alternatives).toHaveLength(8);
  });

  test.each([
    [
      [
        ['e', 'cd'.repeat(32), '', 'reply'],
        ['p', 'ef'.repeat(32)],
      ],
      'reply',
    ],
    [
      [
        ['e', 'cd'.repeat(32), '', 'root'],
        ['p', 'ab'.repeat(32)],
      ],
      'note',
    ],
    [
      [
        ['e', 'cd'.repeat(32), '', 'mention'],
        ['p', 'ef'.repeat(32)],
      ],
      'note',
    ],
    [
      [
        ['e', 'cd'.repeat(32)],
        ['p', 'ef'.repeat(32)],
      ],
      'reply',
    ],
    [[['a', `30023:${'ef'.repeat(32)}:x`, '', 'root']], 'reply'],
  ])('with tags %j it is a %s', (tags, postType) =>
    expect(noteOf({ content: 'yes', tags }).postType).toBe(postType),
  );

  test('an article is read as Markdown, pictures in their place', () => {
    const note = noteOf({
      kind: 30_023,
      content: '# One\n\nA *b* [c](https://a.example)\n\n![pier](https://a.example/p.jpg)\n\n- x\n- y',
      tags: Object.entries({ d: 'one', title: 'The pier' }),
    });
    const key = `30023:${'ab'.repeat(32)}:one`;
    expect(note).toMatchObject({ title: 'The pier', key, postType: 'missive' });
    expect(note.body.map(({ type }) => type)).toEqual(['heading', 'paragraph', 'media', 'list']);
  });

  test.each([
    [20, 'photo'],
    [21, 'video'],
    [22, 'video'],
  ])('kind %i takes its media from the tags', (kind, postType) => {
    const mime = kind === 20 ? 'image/jpeg' : 'video/mp4';
    const note = noteOf({
      kind,
      content: 'Dawn',
      tags: [
        ['title', 'Pier'],
        ['imeta', 'url https://b.example/abc', `m ${mime}`],
      ],
    });
    expect(note).toMatchObject({ postType, title: 'Pier', media: [{ url: 'https://b.example/abc' }] });
  });

  test('a repost points at the note and repeats nothing unverified', () => {
    const note = noteOf({
      kind: 6,
      content: '{"content":"forged"}',
      tags: ['e', 'p'].map((name) => [name, 'cd'.repeat(32)]),
    });
    expect(note.postType).toBe('repost');
    expect(JSON.stringify(note.body)).not.toContain('forged');
  });
});

describe('runs of blanks', () => {
  const both = [' ', '\t', '\u00a0', '\u3000'];

  test.each(both)('keep their number, up to the widest screen: %j', (blank) => {
    for (const length of [1, 80, 200]) {
      const written = `a${blank.repeat(length)}b`;
      expect(normalizeText(written)).toBe(written);
    }
  });

  test.each(both)('that are longer are cut, wherever they stand: %j', (blank) => {
    const few = blank.repeat(200);
    for (const before of ['', 'a'.repeat(99), 'é'.repeat(150)])
      for (const length of [201, 320, 70_000])
        expect(normalizeText(`${before}${blank.repeat(length)}b\n${blank.repeat(length)}c`)).toBe(
          `${before}${few}b\n${few}c`,
        );
  });
});
