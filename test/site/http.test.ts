import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { article, many, note, pageIn } from './pages.fixture.ts';
import { textIn } from './parse-xml.fixture.ts';
import { siteWith } from './site.fixture.ts';

describe('over HTTP', () => {
  test('pages are compressed as the reader likes it', async () => {
    const { ask } = await siteWith(many(20));
    const plain = await ask('/');
    const zipped = await ask('/', { 'accept-encoding': 'gzip, deflate' });
    const brotli = await ask('/', { 'accept-encoding': 'gzip, br;q=0.5' });
    expect(gunzipSync(zipped.body).toString()).toBe(plain.text);
    expect(brotliDecompressSync(brotli.body).toString()).toBe(plain.text);
    for (const accepted of ['br;q=0, gzip;q=0.0', 'identity', ''])
      expect((await ask('/', { 'accept-encoding': accepted })).headers['content-encoding']).toBeUndefined();
    expect(new Set([plain, zipped, brotli].map(({ headers }) => headers['etag'])).size).toBe(1);
  });

  test('HEAD has the headers of GET and no body', async () => {
    const { ask } = await siteWith(many(20));
    const [get, head] = [await ask('/'), await ask('/', {}, 'HEAD')];
    expect(head.body).toHaveLength(0);
    const { date: _, ...expected } = get.headers;
    expect(head.headers).toMatchObject(expected);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH'])('%s is refused', async (method) => {
    const { ask } = await siteWith([]);
    expect(await ask('/', {}, method)).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  test('a copy is the newest by its tag, or else by its date', async () => {
    const site = await siteWith(many(3));
    const { headers } = await site.ask('/');
    const [etag, date] = [String(headers['etag']), String(headers['last-modified'])];
    const status = async (sent: Readonly<Record<string, string>>) => (await site.ask('/', sent)).status;
    expect(await status({ 'if-none-match': etag })).toBe(304);
    expect(await status({ 'if-none-match': `"x", ${etag.slice(2)}` })).toBe(304);
    expect(await status({ 'if-none-match': '*' })).toBe(304);
    expect(await status({ 'if-modified-since': date })).toBe(304);
    expect(await status({ 'if-none-match': '"x"', 'if-modified-since': date })).toBe(200);
    expect(await status({ 'if-modified-since': 'yesterday' })).toBe(200);
    // In the same second.
    await site.archive([note('New', 900)]);
    expect(await status({ 'if-none-match': etag })).toBe(200);
    expect(await status({ 'if-modified-since': date })).toBe(200);
  });

  test('whatever is asked is answered, and leads nowhere else', async () => {
    const { ask } = await siteWith([...many(3), article('tides', 'Sea')]);
    const piece = fc.oneof(
      fc.constantFrom(
        'post',
        'tag',
        'series',
        'type',
        'month',
        'search',
        'feed.atom',
        '..',
        '.',
        '',
        '%2e%2e',
        '%00',
        '%',
        '%ff',
        '2026-03',
        'note1',
        '\\',
        '@evil.example',
        ';',
        '*',
      ),
      fc.string({ maxLength: 10 }).map(encodeURIComponent),
      fc.string({ unit: 'binary', maxLength: 10 }).map((words) => encodeURIComponent(words.toWellFormed())),
    );
    const query = fc.oneof(
      fc.constantFrom(
        '',
        '?q=',
        '?q=%ff',
        '?before=',
        '?after=0',
        '?before=zzzzzzzzzzz&after=1',
        '?page=-1&q=a',
        '?q=a&page=99999999999',
        '?q=a&until=0',
        '??',
      ),
      fc.string({ maxLength: 20 }).map((words) => `?q=${encodeURIComponent(words)}`),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 5 }), query, async (names, search) => {
        const { status, headers } = await ask(
          `/${names.join('/')}${search}`.replaceAll(/[^\x21-\x7e]/gu, ''),
        );
        expect([200, 301, 400, 404, 410]).toContain(status);
        const leadsTo = new URL(String(headers['location'] ?? '/'), 'https://notes.example');
        expect(leadsTo.host).toBe('notes.example');
      }),
      { numRuns: 300 },
    );
  });

  test('the archive may fail, and come back', async () => {
    let isBroken = false;
    const site = await siteWith(many(3), {
      archive: ({ archive }) => ({
        ...archive,
        browse: async (...asked) => {
          if (isBroken) throw new Error('disk I/O error');
          return archive.browse(...asked);
        },
      }),
    });
    isBroken = true;
    for (const path of ['/', '/feed.atom', '/month/2026-03']) {
      const { status, headers, text } = await site.ask(path);
      expect([status, headers['retry-after']]).toEqual([503, '60']);
      expect(textIn(pageIn(text))).toContain('Temporarily unavailable');
      expect(text).not.toContain('disk');
    }
    isBroken = false;
    expect((await site.ask('/')).status).toBe(200);
  });

  test('each address has so many requests, and searches fewer', async () => {
    const limits = { each: { count: 5, perMs: 60_000 }, expensive: { count: 2, perMs: 60_000 } };
    const site = await siteWith(many(3), { limits });
    const from = (address: string) => ({ 'x-forwarded-for': `6.6.6.6, ${address}` });
    const statuses = async (path: string, address: string, count: number) => {
      const all: number[] = [];
      for (let n = 0; n < count; n += 1) all.push((await site.ask(path, from(address))).status);
      return all;
    };
    expect(await statuses('/search?q=a', '192.0.2.1', 3)).toEqual([200, 200, 429]);
    expect(await statuses('/', '192.0.2.1', 3)).toEqual([200, 200, 429]);
    expect(await statuses('/', '192.0.2.2', 1)).toEqual([200]);
    // One subscriber has a whole network of IPv6.
    expect(await statuses('/', '2001:db8::1', 5)).toEqual([200, 200, 200, 200, 200]);
    expect(await statuses('/', '2001:db8:0:0:ffff::2', 1)).toEqual([429]);
    expect(await statuses('/', '2001:db8:0:1::2', 1)).toEqual([200]);
    const refused = await site.ask('/', from('192.0.2.1'));
    expect(refused).toMatchObject({
      status: 429,
      headers: { 'retry-after': '60', 'cache-control': 'no-store' },
    });
    site.clock.nowMs += 61_000;
    expect(await statuses('/search?q=a', '192.0.2.1', 1)).toEqual([200]);
  });

  test('what is too much at once is told to come again', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const site = await siteWith(many(3), {
      limits: { atOnce: 2 },
      archive: ({ archive }) => ({
        ...archive,
        months: async () => {
          await promise;
          return archive.months();
        },
      }),
    });
    const waiting = [site.ask('/month'), site.ask('/month')];
    await expect.poll(async () => (await site.ask('/')).status).toBe(503);
    resolve();
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await site.ask('/')).status).toBe(200);
  });

  test('a request that is too large is refused', async () => {
    const { ask } = await siteWith([]);
    expect((await ask(`/${'a'.repeat(20_000)}`)).status).toBe(431);
    expect((await ask('/', { cookie: 'a'.repeat(20_000) })).status).toBe(431);
  });

  test('requests are counted by status', async () => {
    const { ask, metrics } = await siteWith([]);
    await ask('/');
    await ask('/nowhere');
    const text = await metrics.registry.metrics();
    expect(text).toContain('postrider_site_requests_total{status="200"} 1');
    expect(text).toContain('postrider_site_requests_total{status="404"} 1');
  });
});
