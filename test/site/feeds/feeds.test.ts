import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NostrEvent } from '../../../src/note/note.ts';
import { mimeOf, stableId } from '../../../src/site/feeds/feed.ts';
import { anyEvent } from '../../note/any-event.fixture.ts';
import { NOW_S, openSite, siteWith, wren } from '../site.fixture.ts';
import { expectFeed } from './rules.fixture.ts';

const FORMATS = ['atom', 'rss', 'json'] as const;
const TYPES = { atom: 'application/atom+xml', rss: 'application/rss+xml', json: 'application/feed+json' };

const at = (n: number) => ({ createdAt: NOW_S - 1_000 + n });
const article = (content: string, createdAt: number, ...tags: readonly (readonly string[])[]): NostrEvent =>
  wren.note(content, { kind: 30_023, createdAt, tags: [['d', 'tides'], ['title', 'On tides'], ...tags] });
const pictured = (name: string): readonly string[] => [
  'imeta',
  `url https://pictures.example/${name}`,
  'm image/jpeg',
];

const some: readonly NostrEvent[] = [
  wren.note('Salt & <b>pepper</b> ]]> "quoted" #tide', at(1)),
  article(
    '# Ebb\n\nThe *sea* [leaves](https://sea.example/).\n\n![Low water](https://pictures.example/low.jpg)',
    NOW_S - 900,
  ),
  wren.note('Look https://pictures.example/pier.jpg', { ...at(3), tags: [pictured('pier.jpg')] }),
  wren.note('Listen https://sounds.example/morning.mp3 https://pictures.example/a.jpg', at(4)),
  wren.note('A wreck https://pictures.example/wreck.jpg', {
    ...at(5),
    tags: [['content-warning', 'war'], ['t', 'tide'], pictured('wreck.jpg')],
  }),
  wren.note('Log', { ...at(6), tags: [['subject', 'Log 1']] }),
  wren.note('Log', { ...at(7), tags: [['subject', 'Log 2']] }),
];

describe.each(FORMATS)('%s', (format) => {
  test.each([
    ['all posts', '/', 7],
    ['a type', '/type/photo/', 3],
    ['a series', '/series/log/', 2],
    ['a hashtag', '/tag/tide/', 2],
  ])('of %s is valid', async (_, folder, count) => {
    const { ask } = await siteWith(some);
    const { status, headers, text } = await ask(`${folder}feed.${format}`);
    expect([status, headers['content-type']]).toEqual([200, `${TYPES[format]}; charset=utf-8`]);
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(expectFeed[format](text)).toHaveLength(count);
  });

  test('of what there is none of is a 404', async () => {
    const { ask } = await siteWith(some);
    for (const folder of ['/tag/nothing/', '/series/nothing/', '/type/nothing/', '/post/', '/month/2025-01/'])
      expect((await ask(`${folder}feed.${format}`)).status).toBe(404);
  });

  test('of an empty archive is valid, too', async () => {
    const { ask } = await siteWith([]);
    expect(expectFeed[format]((await ask(`/feed.${format}`)).text)).toEqual([]);
  });

  test('has all of a post, with a title only if its author gave it one', async () => {
    const { ask } = await siteWith(some);
    const entries = expectFeed[format]((await ask(`/feed.${format}`)).text);
    const essay = entries.find(({ url }) => url === 'https://notes.example/post/tides');
    expect(essay?.title).toBe('On tides');
    expect(essay?.content).toContain('<em>sea</em>');
    expect(essay?.content).toContain('src="https://pictures.example/low.jpg"');
    // Atom requires a title of every entry.
    expect(entries.at(-1)?.title).toBe(format === 'atom' ? 'Salt & <b>pepper</b> ]]> "quoted"' : undefined);
    expect(entries.at(-1)?.content).toContain('Salt &amp; &lt;b&gt;pepper&lt;/b&gt; ]]&gt;');
  });

  test('keeps covered what has a content warning', async () => {
    const { ask } = await siteWith(some);
    const { text } = await ask(`/feed.${format}`);
    expect(text).toContain('war');
    expect(text).not.toContain('wreck');
  });

  test('is leafed through to the oldest post', async () => {
    const { ask } = await siteWith(Array.from({ length: 65 }, (_, n) => wren.note(`Post ${n}`, at(n))));
    const seen: string[] = [];
    let path: string | undefined = `/feed.${format}`;
    while (path !== undefined) {
      const { text } = await ask(path);
      seen.push(...expectFeed[format](text).map(({ content }) => /Post \d+/u.exec(content)?.[0] ?? ''));
      const next: string | undefined = /(?:rel="next"[^>]*href="|"next_url":")([^"]+)/u.exec(text)?.[1];
      path = next && next.slice('https://notes.example'.length);
    }
    expect(seen).toEqual(Array.from({ length: 65 }, (_, n) => `Post ${64 - n}`));
  });

  test('keeps an article’s id and first date over edits', async () => {
    const site = await siteWith([article('Old', NOW_S - 900)]);
    const [old] = expectFeed[format]((await site.ask(`/feed.${format}`)).text);
    await site.archive([article('New', NOW_S - 10, ['published_at', String(NOW_S - 900)])]);
    const [edited, ...others] = expectFeed[format]((await site.ask(`/feed.${format}`)).text);
    expect(others).toEqual([]);
    expect([edited?.id, edited?.url]).toEqual([old?.id, old?.url]);
    expect(edited?.content).toContain('New');
    expect(edited?.updatedMs).toBe(format === 'atom' ? (NOW_S - 10) * 1000 : undefined);
  });

  test('is valid whatever an author writes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyEvent, { maxLength: 8, selector: ({ content }) => content }),
        async (events) => {
          const named = events.map((event, n) => ({
            ...event,
            id: event.id.slice(0, -2) + n.toString(16).padStart(2, '0'),
            pubkey: wren.pubkey,
          }));
          const site = await openSite(named, { showProtected: true });
          try {
            const { status, text } = await site.ask(`/feed.${format}`);
            expect(status).toBe(200);
            expectFeed[format](text);
          } finally {
            await site.stop();
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  test('has names that no format allows as they are', async () => {
    const name = 'A\u0000\u0008B\ud800 ]]> <x> & \uffff\u202e';
    const site = await siteWith(some, { author: { name, about: name } });
    const { text } = await site.ask(`/feed.${format}`);
    expect(expectFeed[format](text)).toHaveLength(7);
    for (const sign of ['\u0000', '\u0008', '\uffff', '\u202e', '\\ud800']) expect(text).not.toContain(sign);
  });
});

test('an enclosure is what is to be played, before pictures', async () => {
  const { ask } = await siteWith(some);
  const { text } = await ask('/feed.rss');
  expect(text).toContain(
    '<enclosure url="https://sounds.example/morning.mp3" length="0" type="audio/mpeg" />',
  );
});

test('a copy that is the newest isn’t sent again', async () => {
  const { ask, archive } = await siteWith(some);
  const first = await ask('/feed.atom');
  const tag = { 'if-none-match': String(first.headers['etag']) };
  expect((await ask('/feed.atom', tag)).status).toBe(304);
  await archive([wren.note('New', at(50))]);
  expect((await ask('/feed.atom', tag)).status).toBe(200);
});

test('ids are UUIDs of version 8, and differ', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (key) => {
      expect(stableId(key)).toMatch(
        /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u,
      );
    }),
  );
  expect(stableId('a')).not.toBe(stableId('b'));
});

test.each([
  [{ url: 'https://a.example/b.JPG?w=1' }, 'image/jpeg'],
  [{ url: 'https://a.example/b', mime: 'Video/MP4' }, 'video/mp4'],
  [{ url: 'https://a.example/b', mime: 'jpeg' }, 'application/octet-stream'],
  [{ url: 'https://a.example/b.html' }, 'application/octet-stream'],
])('the type of %j is %s', (media, expected) => {
  expect(mimeOf(media)).toBe(expected);
});
