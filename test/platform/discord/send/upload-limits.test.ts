import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { silentLog } from '../../../../src/lib/log.ts';
import type { MediaFetch } from '../../../../src/media/media-fetch.ts';
import type { Failure } from '../../../../src/platform/discord/api/errors.ts';
import type { Gallery } from '../../../../src/platform/discord/render/render.ts';
import { createUpload } from '../../../../src/platform/discord/send/upload.ts';

const failed: { readonly failure: Failure } = {
  failure: { kind: 'form', uncertain: false, reason: 'Invalid Form Body' },
};
const MIB = 1024 * 1024;

/** Returns this many bytes for any URL, different for each. */
const fetchOf = (size: number): MediaFetch => ({
  download: ({ url }) =>
    Promise.resolve({
      status: 'fetched',
      url,
      bytes: Buffer.alloc(size),
      mime: 'image/png',
      sha256: createHash('sha256').update(url).digest('hex'),
    }),
  messageDeadline: () => new AbortController().signal,
});

function galleryOf(count: number) {
  const shown: ReadonlyMap<string, string>[] = [];
  const gallery: Gallery = {
    media: () =>
      Array.from({ length: count }, (_, n) => ({
        kind: 'image',
        url: `https://p.example/${n}`,
        alternatives: [],
      })),
    message(files) {
      shown.push(files);
      return { components: [], allowed_mentions: { parse: [] } };
    },
  };
  return { gallery, shown };
}

test('a message has at most ten files and 24 MiB', async () => {
  for (const [size, files] of [
    [10, 10],
    [9 * MIB, 2],
  ] as const) {
    const { gallery, shown } = galleryOf(12);
    const sent: number[] = [];
    await createUpload(fetchOf(size), silentLog)(gallery, failed, (_, carried) => {
      sent.push(carried.length);
      return Promise.resolve({ id: '1' });
    });
    expect([sent, shown.map((one) => one.size)]).toEqual([[files], [files]]);
  }
});

test('at most four uploads run at once', async () => {
  const upload = createUpload(fetchOf(10), silentLog);
  const under: ((outcome: { id: string }) => void)[] = [];
  const begun = Array.from({ length: 4 }, () => Promise.withResolvers<void>());
  const fifth = Promise.withResolvers<void>();
  const all = Array.from({ length: 5 }, () =>
    upload(galleryOf(1).gallery, failed, () => {
      const { promise, resolve } = Promise.withResolvers<{ id: string }>();
      (begun[under.length] ?? fifth).resolve();
      under.push(resolve);
      return promise;
    }),
  );
  await Promise.all(begun.map(({ promise }) => promise));
  await turn();
  expect(under).toHaveLength(4);
  under[0]?.({ id: '1' });
  await fifth.promise;
  for (const finish of under) finish({ id: '1' });
  expect(await Promise.all(all)).toHaveLength(5);
});

test('files become links after a 413', async () => {
  const tooLarge: Failure = {
    kind: 'transient',
    scope: 'platform',
    status: 413,
    uncertain: false,
    reason: 'Payload Too Large',
  };
  const upload = createUpload(fetchOf(10), silentLog);
  expect(await upload(galleryOf(1).gallery, failed, () => Promise.resolve({ failure: tooLarge }))).toBe(
    failed,
  );
});
