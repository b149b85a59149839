import fc from 'fast-check';
import { naddrEncode, neventEncode, noteEncode } from 'nostr-tools/nip19';
import { describe, expect, test } from 'vitest';
import { authorNamed } from '../../sandbox/relay/fake-author.ts';
import { article, linkTo, many, metaOf, named, note, pageIn, pathOf } from './pages.fixture.ts';
import { childrenNamed, parseXml, textIn } from './parse-xml.fixture.ts';
import { NOW_S, type SiteOptions, siteWith, wren } from './site.fixture.ts';

describe('every page', () => {
  const events = [
    note('Salt and pepper #tide', 1),
    article('tides', '# Ebb\n\nThe sea leaves.'),
    note('Log', 2, ['subject', 'Log 1']),
    note('Log', 3, ['subject', 'Log 2']),
  ];

  test.each([
    '/',
    '/post/tides',
    '/type/note',
    '/tag/tide',
    '/series',
    '/series/log',
    '/month',
    '/month/2026-03',
    '/search',
    '/search?q=salt',
  ])('%s is well-formed and complete', async (path) => {
    const { ask } = await siteWith(events);
    const { status, headers, text } = await ask(path);
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringMatching(/default-src 'none';.*frame-ancestors 'none'/u),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'public, no-cache',
      etag: expect.stringMatching(/^W\/"[\w-]{22}"$/u),
      'last-modified': expect.any(String),
      vary: 'accept-encoding',
    });
    const page = pageIn(text);
    expect(page.attributes['lang']).toBe('en');
    expect(named(page, 'h1')).toHaveLength(1);
    expect(named(page, 'script')).toEqual([]);
    expect(text).not.toMatch(/\son\w+="|style="/u);
    expect(linkTo(page, 'canonical')).toBe(`https://notes.example${path.replace(/\?.*/u, '')}`);
    const feeds = named(page, 'link').filter(({ attributes }) => attributes['rel'] === 'alternate');
    expect(feeds.map(({ attributes }) => attributes['type'])).toEqual([
      'application/atom+xml',
      'application/rss+xml',
      'application/feed+json',
    ]);
    expect(metaOf(page)).toMatchObject({ 'og:site_name': 'Wren', 'og:title': expect.stringMatching(/\S/u) });
    // Every link on the page leads somewhere.
    const links = named(page, 'a').flatMap(({ attributes }) => attributes['href'] ?? []);
    for (const link of new Set(links.filter((one) => one.startsWith('/'))))
      expect([link, (await ask(link)).status]).toEqual([link, 200]);
    for (const { attributes } of feeds)
      expect((await ask(attributes['href']?.slice('https://notes.example'.length) ?? '')).status).toBe(200);
  });

  test('has one style sheet, which may be kept for ever', async () => {
    const { ask } = await siteWith(events);
    const sheet = linkTo(pageIn((await ask('/')).text), 'stylesheet') ?? '';
    const { status, headers } = await ask(sheet);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect((await ask('/icon.svg')).headers['content-type']).toBe('image/svg+xml');
  });

  test('speaks Chinese if the author does', async () => {
    const { ask } = await siteWith([note('今天海上有雾，渡船晚点。', 1), note('港口的起重机都停了。', 2)]);
    const page = pageIn((await ask('/')).text);
    expect(page.attributes['lang']).toBe('zh-Hans');
    expect(textIn(page)).toContain('最新');
  });
});

describe('a post', () => {
  test('has a page with all that link previews need', async () => {
    const { ask } = await siteWith([
      wren.note('# Ebb\n\n![Low water](https://pictures.example/low.jpg)\n\nThe sea leaves.', {
        kind: 30_023,
        createdAt: NOW_S - 10,
        tags: [
          ['d', 'tides'],
          ['title', 'On tides'],
          ['summary', 'In short.'],
          ['published_at', String(NOW_S - 9_000)],
          ['t', 'sea'],
        ],
      }),
    ]);
    const page = pageIn((await ask('/post/tides')).text);
    expect(metaOf(page)).toMatchObject({
      description: 'In short.',
      'og:title': 'On tides',
      'og:type': 'article',
      'og:url': 'https://notes.example/post/tides',
      'og:image': 'https://pictures.example/low.jpg',
      'og:image:alt': 'Low water',
      'twitter:card': 'summary_large_image',
      'article:published_time': '2026-03-01T09:30:00Z',
      'article:modified_time': '2026-03-01T11:59:50Z',
      'article:tag': 'sea',
    });
    expect(named(page, 'h1').map(textIn)).toEqual(['On tides']);
    expect(named(page, 'h2').map(textIn)).toEqual(['Ebb']);
    expect(textIn(page)).toContain('Open on Nostr');
  });

  test('is found by every name it has, and sent to its one address', async () => {
    const event = note('Salt', 1);
    const essay = article('tides', 'The sea leaves.');
    const { ask } = await siteWith([event, essay]);
    const names = [event.id, event.id.slice(0, 8), noteEncode(event.id), neventEncode({ id: event.id })];
    for (const name of names)
      expect(await ask(`/post/${name}`)).toMatchObject({ status: 301, headers: { location: pathOf(event) } });
    const address = naddrEncode({ kind: 30_023, pubkey: wren.pubkey, identifier: 'tides' });
    for (const name of [essay.id, address, `nostr:${address}`, '30023:tides'])
      expect(await ask(`/post/${name}`)).toMatchObject({ status: 301, headers: { location: '/post/tides' } });
  });

  test('keeps its address over edits, and is found by what it was', async () => {
    const old = article('tides', 'Old');
    const site = await siteWith([old]);
    await site.archive([article('tides', 'New', NOW_S - 5)]);
    expect((await site.ask('/post/tides')).text).toContain('New');
    expect(await site.ask(`/post/${old.id}`)).toMatchObject({
      status: 301,
      headers: { location: '/post/tides' },
    });
  });

  test('is one redirection away at most, whatever it is called', async () => {
    const d = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom(
        '',
        '.',
        '..',
        '../..',
        'a/b',
        'a//b',
        '%2F',
        '?',
        '#',
        'feed.atom',
        'deadbeef',
        '\\',
        '//evil.example/',
      ),
    );
    await fc.assert(
      fc.asyncProperty(d, async (identifier) => {
        const essay = article(identifier, 'The sea leaves.');
        const site = await siteWith([essay]);
        const { headers } = await site.ask(`/post/${essay.id}`);
        const location = String(headers['location'] ?? pathOf(essay));
        const sent = new URL(location, 'https://notes.example/');
        expect(sent.host).toBe('notes.example');
        expect((await site.ask(sent.pathname + sent.search)).status).toBe(200);
      }),
      { numRuns: 40 },
    );
  });

  test('leads to the ones before and after it, in its series or in all', async () => {
    const [first, second, third] = [1, 2, 3].map((n) =>
      note(`Log entry ${n}`, 2 * n, ['subject', `Log ${n}`]),
    );
    const between = note('Salt', 3);
    const { ask } = await siteWith([first!, second!, third!, between]);
    const inSeries = pageIn((await ask(pathOf(second!))).text);
    expect([linkTo(inSeries, 'prev'), linkTo(inSeries, 'next')]).toEqual(
      [third!, first!].map((event) => `https://notes.example${pathOf(event)}`),
    );
    expect(textIn(inSeries)).toContain('Part of');
    const inAll = pageIn((await ask(pathOf(between))).text);
    expect([linkTo(inAll, 'prev'), linkTo(inAll, 'next')]).toEqual(
      [second!, first!].map((event) => `https://notes.example${pathOf(event)}`),
    );
  });

  test('that isn’t here may be elsewhere', async () => {
    const code = noteEncode('c4'.repeat(32));
    const { ask } = await siteWith([]);
    const { status, text } = await ask(`/post/${code}`);
    expect(status).toBe(404);
    expect(text).toContain(`href="https://njump.me/${code}"`);
  });
});

describe('a list', () => {
  test('is leafed through with links that stay', async () => {
    const site = await siteWith(many(50));
    const numbers = (text: string): readonly number[] =>
      [...text.matchAll(/<p dir="auto">Post number (\d+)\./gu)].map(([, number]) => Number(number));
    const seen: number[] = [];
    const places: string[] = [];
    let path: string | undefined = '/';
    while (path !== undefined) {
      places.push(path);
      const { text } = await site.ask(path);
      seen.push(...numbers(text));
      path = linkTo(pageIn(text), 'next')?.slice('https://notes.example'.length);
    }
    expect(seen).toEqual(Array.from({ length: 50 }, (_, n) => 49 - n));
    const before = numbers((await site.ask(places[1] ?? '')).text);
    await site.archive([note('The newest.', 900)]);
    expect(numbers((await site.ask(places[1] ?? '')).text)).toEqual(before);
    const back = linkTo(pageIn((await site.ask(places[2] ?? '')).text), 'prev') ?? '';
    expect(numbers((await site.ask(back.slice('https://notes.example'.length))).text)).toEqual(before);
  });

  test('has only its first page listed by search engines', async () => {
    const { ask } = await siteWith(many(30));
    const first = pageIn((await ask('/')).text);
    const second = pageIn(
      (await ask(linkTo(first, 'next')?.slice('https://notes.example'.length) ?? '')).text,
    );
    expect([metaOf(first)['robots'], metaOf(second)['robots']]).toEqual([undefined, 'noindex']);
  });

  test.each([
    ['/tag/Tide', 200],
    ['/tag/%EF%BC%83tide', 200],
    ['/tag/none', 404],
    ['/type/photo', 200],
    ['/type/nothing', 404],
    ['/series/log', 200],
    ['/series/_night-log', 200],
    ['/series/night-log', 404],
    ['/month/2026-03', 200],
    ['/month/2026-13', 404],
    ['/month/1999-01', 404],
    ['/?before=zzzzzzzzzzz', 200],
    ['/?before=%00', 200],
    ['/?before=1', 404],
    ['/tag/', 301],
    ['/series/', 301],
    ['/post/', 301],
    ['/post', 404],
    ['/..%2f..%2fetc/passwd', 404],
    ['/%', 400],
    ['/%ff', 400],
    ['/%00', 400],
    ['//evil.example/', 301],
  ])('%s is answered with %i', async (path, status) => {
    const series = ['Log 1', 'Log 2', 'Night-log 1', 'Night-log 2'].map((title, n) =>
      note(`Words #tide`, n, ['subject', title]),
    );
    const reply = await (await siteWith(series)).ask(path);
    expect(reply.status).toBe(status);
    expect(String(reply.headers['location'] ?? '/')).toMatch(/^\/(?!\/)/u);
  });

  test('of months has what was counted, and nothing of the future', async () => {
    const { ask } = await siteWith([
      ...many(3),
      wren.note('Old', { createdAt: Date.UTC(2025, 11, 24) / 1000 }),
      wren.note('Ahead', { createdAt: Date.UTC(2026, 3, 1) / 1000 }),
    ]);
    const months = named(pageIn((await ask('/month')).text), 'ul').find(
      ({ attributes }) => attributes['class'] === 'months',
    );
    expect(textIn(months!)).toContain('March 2026 3');
    const { text } = await ask('/sitemap.xml');
    expect([...text.matchAll(/sitemap-([\d-]+)/gu)].map(([, month]) => month)).toEqual([
      '2026-03',
      '2025-12',
    ]);
    const sitemap = parseXml((await ask('/sitemap-2026-03.xml')).text);
    expect(childrenNamed(sitemap, 'url')).toHaveLength(3);
    expect((await ask('/sitemap-2026-04.xml')).status).toBe(404);
    expect((await ask('/robots.txt')).text).toContain('Sitemap: https://notes.example/sitemap.xml');
  });
});

describe('a search', () => {
  test.each([
    ['salt', 1],
    ['"salt and pepper"', 1],
    ['-salt note', 25],
    ['#tide', 1],
    ['after:2027', 0],
  ])('%s finds %i', async (query, count) => {
    const { ask } = await siteWith([
      note('Salt and pepper #tide', 90),
      ...Array.from({ length: 25 }, (_, n) => note(`note ${n}`, n)),
    ]);
    const { text } = await ask(`/search?q=${encodeURIComponent(query)}`);
    const rows = named(pageIn(text), 'ul').filter(({ attributes }) => attributes['class'] === 'rows');
    expect(rows.flatMap((row) => childrenNamed(row, 'li'))).toHaveLength(Math.min(count, 10));
    expect(text.includes('page=2')).toBe(count > 10);
  });

  test.each([
    ['after:yesterday', 'as a date'],
    ['nothing here', 'No results'],
    ['<script>alert(1)</script>', 'No results'],
    ['"', 'exact phrases'],
  ])('%s says what is the matter', async (query, words) => {
    const { ask } = await siteWith(many(2));
    const { status, text } = await ask(`/search?q=${encodeURIComponent(query)}`);
    expect(status).toBe(200);
    expect(textIn(pageIn(text))).toContain(words);
    expect(text).not.toContain('<script');
  });
});

describe('below a path', () => {
  const options: SiteOptions = { publicUrl: 'https://example.org/n/' };

  test('all links have it, and requests may', async () => {
    const event = note('Salt #tide', 1);
    const { ask } = await siteWith([event, ...many(30)], options);
    for (const path of ['/n/', '/', '/n', `/n${pathOf(event)}`, pathOf(event), '/n/tag/tide']) {
      const { status, text } = await ask(path);
      expect([path, status]).toEqual([path, 200]);
      const page = pageIn(text);
      expect(linkTo(page, 'canonical')).toMatch(/^https:\/\/example\.org\/n\//u);
      const links = named(page, 'a').flatMap(({ attributes }) => attributes['href'] ?? []);
      expect(links.filter((link) => link.startsWith('/') && !link.startsWith('/n/'))).toEqual([]);
    }
    expect((await ask(`/n/post/${event.id}`)).headers['location']).toBe(`/n${pathOf(event)}`);
    expect((await ask('/n/feed.json')).text).toContain('https://example.org/n/feed.json');
  });
});

test('people and quoted notes are called by their names', async () => {
  const mallory = authorNamed('Mallory');
  const { ask } = await siteWith([note(`Thanks, nostr:${mallory.npub}!`, 1)], {
    knowledge: { name: () => '<b>Mallory</b>', note: () => undefined },
  });
  expect((await ask('/')).text).toContain('@<bdi>&lt;b&gt;Mallory&lt;/b&gt;</bdi>');
});
