import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { onTestFinished } from 'vitest';
import { createPublicLookup, type ResolveHost } from '../../src/lib/private-addresses.ts';

/** What each name leads to; the real guard judges it. `media.example` alone is let through to the loopback. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'inside.example': ['10.0.0.7'],
  'metadata.example': ['169.254.169.254'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'many.example': ['93.184.215.14', '127.0.0.1'],
};

const resolve: ResolveHost = (hostname, _options, callback) => {
  const addresses = NAMES[hostname];
  if (!addresses) return callback(new Error(`Cannot find "${hostname}"`), []);
  callback(
    null,
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  );
};

/** Lets names that end in `media.example` through to the loopback, as if they were public. */
export const testLookup: LookupFunction = (hostname, options, callback) => {
  if (!hostname.endsWith('media.example')) return createPublicLookup(resolve)(hostname, options, callback);
  const loopback = { address: '127.0.0.1', family: 4 };
  if (options.all) callback(null, [loopback]);
  else callback(null, loopback.address, loopback.family);
};

/** A host of media on the loopback, under public-looking names. */
export async function mediaHost(answer: RequestListener) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.headers.host?.split(':')[0]}${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    asked,
    port,
    url: (path: string, name = 'media.example') => `http://${name}:${port}${path}`,
  };
}

/** A PNG of that size whose pixels nobody looks at. */
export function png(width = 64, height = 48, bytes = 200): Buffer {
  const picture = Buffer.alloc(bytes);
  Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1').copy(picture);
  picture.writeUInt32BE(width, 16);
  picture.writeUInt32BE(height, 20);
  return picture;
}
