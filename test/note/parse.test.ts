import fc from 'fast-check';
import { neventEncode, npubEncode, nsecEncode } from 'nostr-tools/nip19';
import { describe, expect, test } from 'vitest';
import type { Inline } from '../../src/note/document.ts';
import { clean } from '../../src/note/parse/clean.ts';
import { parseInlines } from '../../src/note/parse/parse.ts';
import { noteOf } from './events.ts';

const NPUB = npubEncode('ab'.repeat(32));
const NEVENT = neventEncode({ id: 'cd'.repeat(32), author: 'ab'.repeat(32) });
const NSEC = nsecEncode(new Uint8Array(32).fill(7));
const CASHU = `cashuA${'eyJ0b2tlbiI6W10'.repeat(3)}`;

/** A run in shorthand: text as it is, everything else in angle brackets with what it means. */
const shorthand = (run: readonly Inline[]): string =>
  run
    .map((inline) => {
      if (inline.type === 'text') return inline.text;
      if (inline.type === 'link') return `<${inline.label ? 'ref' : 'url'} ${inline.url}>`;
      if (inline.type === 'mention') return '<@>';
      if (inline.type === 'hashtag') return `<#${inline.tag}>`;
      if (inline.type === 'emoji') return `<:${inline.name}>`;
      return `<${inline.type}>`;
    })
    .join('');

const parsed = (content: string, tags: readonly (readonly string[])[] = []): string =>
  shorthand(parseInlines(content, { tags }));

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

  test('the old #[0] names the tag of that number', () => {
    expect(parsed('hi #[0] ok', [['p', 'ab'.repeat(32)]])).toBe('hi <@> ok');
    expect(parsed('hi #[1] ok', [['p', 'ab'.repeat(32)]])).toBe('hi #[1] ok');
  });

  test.each([
    [`see https://njump.me/${NSEC}, or`, 'see [private, left out], or'],
    [`(https://wallet.example/#${CASHU}&b=1)`, '([private, left out])'],
    [`看https://a.example/?k=${NSEC}&b=${NSEC}，再看`, '看[private, left out]，再看'],
    [`https://a.example/b ${NSEC}`, '<url https://a.example/b> [private, left out]'],
  ])('of %j, where an address holds a secret, %j is told', (content, expected) => {
    expect(parsed(content)).toBe(expected);
  });

  test.each([[`nostr:${NSEC}`], [NSEC], [CASHU]])('a secret is never repeated', (secret) => {
    expect(parsed(`before ${secret} after`)).toBe('before [private, left out] after');
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

describe('addresses', () => {
  test.each([
    ['https://en.wikipedia.org/wiki/Foo_(bar)', '<url https://en.wikipedia.org/wiki/Foo_(bar)>'],
    ['(https://x.example/a)', '(<url https://x.example/a>)'],
    ['https://img.example/w=10,h=20/x', '<url https://img.example/w=10,h=20/x>'],
    ['https://a.example/1, https://b.example/2', '<url https://a.example/1>, <url https://b.example/2>'],
    ['https://x.example/a.', '<url https://x.example/a>.'],
    ['https://x.example/a!!! wow', '<url https://x.example/a>!!! wow'],
    ['https://x.example/a\u3000次の文', '<url https://x.example/a>\u3000次の文'],
    ['詳細はhttps://x.example/aをみて', '詳細は<url https://x.example/a>をみて'],
    ['見https://x.example看', '見<url https://x.example/>看'],
    ['https://x.example/a\tb', '<url https://x.example/a>\tb'],
    ['https://例え.jp/パス', '<url https://xn--r8jz45g.jp/%E3%83%91%E3%82%B9>'],
    ['https://ja.wikipedia.org/wiki/東京', '<url https://ja.wikipedia.org/wiki/%E6%9D%B1%E4%BA%AC>'],
    ['[t](https://x.example/a)', '[t](<url https://x.example/a>)'],
    ['http://localhost:3000/a', 'http://localhost:3000/a'],
    ['http://10.0.0.1/a', 'http://10.0.0.1/a'],
    ['https://user:pw@x.example/', 'https://user:pw@x.example/'],
    ['https://x.example/\u202Egpj.exe', '<url https://x.example/gpj.exe>'],
    ['javascript:alert(1)', 'javascript:alert(1)'],
    ['HTTPS://X.example/A', '<url https://x.example/A>'],
  ])('%s', (content, expected) => expect(parsed(content)).toBe(expected));
});

test.each([
  [':soapbox: hi', [['emoji', 'soapbox', 'https://e.example/s.png']], '<:soapbox> hi'],
  [':soapbox: hi', [], ':soapbox: hi'],
  ['10:30:00', [], '10:30:00'],
  ['@everyone <@123> *a* ||d|| <b>', [], '@everyone <@123> *a* ||d|| <b>'],
])('%s with tags %j', (content, tags, expected) => expect(parsed(content, tags)).toBe(expected));

test('for any text nothing but what deceives is lost, and nothing throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (content) => {
      const written = parseInlines(content, { tags: [] })
        .map((inline) => ('written' in inline ? inline.written : 'text' in inline ? inline.text : ''))
        .join('');
      expect(written).toBe(clean(content));
    }),
    { numRuns: 2_000 },
  );
});

test('hostile runs cost no more than their length', () => {
  for (const piece of ['#', 'nostr:npub1', 'https://', ':a', '#[', 'cashuA', '(', '@npub1q']) {
    const content = piece.repeat(60_000 / piece.length);
    // Quadratic work on 60,000 characters would outlast the test's time limit many times over.
    expect(
      parseInlines(content, { tags: [['emoji', 'b', 'https://e.example/b.png']] }).length,
    ).toBeGreaterThan(0);
  }
});

describe('notes', () => {
  const body = 'The harbour was quiet, and so were the people who live from it. '.repeat(4);

  test('a first line that stands alone before a piece is its title, and not repeated', () => {
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
