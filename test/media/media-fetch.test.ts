import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { describe, expect, test } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import { createMediaFetch, type MediaFetchParts, type MediaSource } from '../../src/media/media-fetch.ts';
import { mediaHost, png, testLookup } from './media-host.fixture.ts';

const MAX = { maxBytes: 1_000_000 };
const picture = png();
const sha256 = createHash('sha256').update(picture).digest('hex');

async function stage(answer: RequestListener, more: Partial<MediaFetchParts> = {}) {
  const host = await mediaHost(answer);
  const media = createMediaFetch({ log: silentLog, lookup: testLookup, ...more });
  return {
    ...host,
    media,
    download: (url: string, wanted: Partial<MediaSource> = {}, options: Partial<typeof MAX> = {}) =>
      media.download(
        { url, alternatives: [], ...wanted },
        { ...MAX, ...options, signal: new AbortController().signal },
      ),
  };
}

/** Serves paths from a table; a string is where a path redirects to. */
const serving =
  (files: Readonly<Record<string, Buffer | string>>, headers = {}): RequestListener =>
  (request, response) => {
    const file = files[request.url ?? ''];
    if (file === undefined) response.writeHead(404).end();
    else if (typeof file === 'string') response.writeHead(302, { location: file }).end();
    else response.writeHead(200, headers).end(file);
  };

test('a picture comes with its type, size and hash', async () => {
  const { url, download } = await stage(serving({ '/a': picture }, { 'content-type': 'image/jpeg' }));
  expect(await download(url('/a'))).toEqual({
    status: 'fetched',
    url: url('/a'),
    bytes: picture,
    mime: 'image/png',
    sha256,
    width: 64,
    height: 48,
  });
});

test('no cookies, credentials or compression are offered', async () => {
  const seen: unknown[] = [];
  const { url, download } = await stage(({ headers }, response) => {
    seen.push(headers);
    response.setHeader('set-cookie', 'a=b').end(picture);
  });
  await download(url('/a'));
  expect(Object.keys(seen[0] as object).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host']);
  expect(await download(url('/a').replace('//', '//me:secret@'))).toMatchObject({
    reason: 'an address with credentials',
  });
});

describe('what is inside is not reached', () => {
  test.each([
    'http://127.0.0.1/a',
    'http://0x7f.1/a',
    'http://[::1]/a',
    'http://[::ffff:10.0.0.1]/a',
    'http://[64:ff9b::10.0.0.1]/a',
    'http://169.254.169.254/latest/meta-data',
    'http://localhost/a',
    'http://printer.local/a',
    'http://inside.example/a',
    'http://metadata.example/a',
    'http://mapped.example/a',
    'http://many.example/a',
    'file:///etc/passwd',
    'ftp://media.example/a',
  ])('%s', async (address) => {
    const { download, asked } = await stage(serving({ '/a': picture }));
    const refused = await download(address);
    expect(refused).toMatchObject({ status: 'refused' });
    expect('reason' in refused && refused.reason).toMatch(
      /private address|not a public address|not a web address/,
    );
    expect(asked).toEqual([]);
  });

  test.each(['http://127.0.0.1:PORT/a', 'http://inside.example:PORT/a', '//[::1]:PORT/a', 'file:///a'])(
    'a redirect to %s',
    async (target) => {
      const host = await stage((request, response) =>
        serving({ '/a': picture, '/r': target.replace('PORT', String(host.port)) })(request, response),
      );
      expect(await host.download(host.url('/r'))).toMatchObject({ status: 'refused' });
      expect(host.asked).toEqual(['media.example/r']);
    },
  );
});

test('three redirects are followed, a fourth is not', async () => {
  const { url, download } = await stage(
    serving({ '/1': '/2', '/2': '/3', '/3': '/a', '/a': picture, '/0': '/1' }),
  );
  expect(await download(url('/1'))).toMatchObject({ status: 'fetched' });
  expect(await download(url('/0'))).toMatchObject({ status: 'refused', reason: 'too many redirects' });
});

test('what is announced as too large is not read', async () => {
  const { url, download } = await stage((_, response) =>
    response.setHeader('content-length', 2_000_000).end(),
  );
  expect(await download(url('/a'))).toMatchObject({ status: 'refused', reason: 'too large' });
});

test('a body without end is left as soon as it is too large', async () => {
  let written = 0;
  const { url, download } = await stage((_, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(picture)) written += picture.length;
    };
    response.on('drain', more);
    more();
  });
  expect(await download(url('/a'), {}, { maxBytes: 5_000 })).toMatchObject({ reason: 'too large' });
  expect(written).toBeLessThan(100_000_000);
});

test('a body shorter than announced is no file', async () => {
  const { url, download } = await stage((request, response) => {
    response.writeHead(200, { 'content-length': 5_000 }).write(picture, () => request.socket.destroy());
  });
  expect(await download(url('/a'))).toMatchObject({ status: 'refused', reason: 'aborted' });
});

test('a slow drip is left when the time for one medium is over', async () => {
  const { url, download } = await stage((_, response) => void response.write(picture.subarray(0, 20)), {
    limits: { itemMs: 150 },
  });
  expect(await download(url('/a'))).toMatchObject({ status: 'refused', reason: 'took too long' });
});

test('who waits no longer is told at once', async () => {
  const waiting = Promise.withResolvers<void>();
  const { url, media } = await stage(() => waiting.resolve());
  const given = new AbortController();
  const asked = media.download({ url: url('/a'), alternatives: [] }, { ...MAX, signal: given.signal });
  await waiting.promise;
  given.abort();
  expect(await asked).toEqual({ status: 'refused', reason: 'took too long' });
});

test.each([
  ['a page', '<!doctype html><html><body>not found', undefined],
  ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg"/>', undefined],
  ['a picture that says it is a page', picture, 'text/html; charset=utf-8'],
  ['nothing', '', 'image/png'],
])('%s is refused', async (_, body, type) => {
  const { url, download } = await stage(
    serving({ '/a': Buffer.from(body) }, type ? { 'content-type': type } : {}),
  );
  expect(await download(url('/a'))).toMatchObject({ status: 'refused' });
});

test('another address is asked where one gives nothing, or other bytes than the note means', async () => {
  const { url, download, asked } = await stage(serving({ '/other': png(1, 1), '/a': picture }));
  const alternatives = [url('/other'), url('/a')];
  expect(await download(url('/gone'), { alternatives, sha256 })).toMatchObject({ status: 'fetched', sha256 });
  expect(asked).toEqual(['media.example/gone', 'media.example/other', 'media.example/a']);
});

test('an address made of a hash stands for those bytes only', async () => {
  const { url, download } = await stage(serving({ [`/${sha256}.png`]: png(1, 1) }));
  const alternatives = [url(`/${sha256}.png`)];
  expect(await download(url('/gone'), { alternatives })).toEqual({
    status: 'refused',
    reason: 'not the file that the note means',
  });
});

test('an address is fetched once for all who ask within minutes', async () => {
  let nowMs = 0;
  const { url, download, asked } = await stage(serving({ '/a': picture }), { now: () => nowMs });
  await Promise.all([download(url('/a')), download(url('/a')), download(url('/gone'))]);
  await download(url('/a'));
  await download(url('/gone'));
  expect(asked.sort()).toEqual(['media.example/a', 'media.example/gone']);
  nowMs = 10 * 60_000;
  await download(url('/a'));
  expect(asked).toHaveLength(3);
});

test('no more than a few downloads run at once', async () => {
  const held: (() => void)[] = [];
  const second = Promise.withResolvers<void>();
  const { url, download, asked } = await stage(
    (_, response) => {
      held.push(() => response.end(picture));
      if (held.length === 2) second.resolve();
      else if (held.length > 2) held.at(-1)?.();
    },
    { limits: { concurrency: 2 } },
  );
  const all = ['/1', '/2', '/3'].map((path) => download(url(path)));
  await second.promise;
  expect(asked).toHaveLength(2);
  held.forEach((release) => release());
  expect((await Promise.all(all)).map(({ status }) => status)).toEqual(['fetched', 'fetched', 'fetched']);
});
