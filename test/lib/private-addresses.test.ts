import { describe, expect, test } from 'vitest';
import {
  createPublicLookup,
  isPrivateUrl,
  isPublicUrl,
  networkOf,
  publicLookup,
} from '../../src/lib/private-addresses.ts';

/** Hosts as strangers may write them; addresses of the public internet beside those of every special network. */
const PRIVATE = [
  'localhost',
  'localhost.',
  'LOCALHOST',
  'x.localhost',
  'relay',
  'relay.',
  'nas.local',
  'x.internal',
  'router.lan',
  'x.home.arpa',
  'relay.onion',
  '127.0.0.1',
  '127.0.0.1.',
  '127.1',
  '0177.0.0.1',
  '0x7f.1',
  '0x7F000001',
  '2130706433',
  '017700000001',
  '０x7f.1',
  '①27.0.0.1',
  '127。0。0。1',
  '%31%32%37.0.0.1',
  '0',
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '100.64.1.1',
  '100.127.255.255',
  '127.255.255.254',
  '169.254.169.254',
  '169.254.170.2',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '[::]',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::127.0.0.1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::ffff:169.254.169.254]',
  '[::ffff:0:10.0.0.1]',
  '[64:ff9b::10.0.0.1]',
  '[64:ff9b::a9fe:a9fe]',
  '[64:ff9b:1::1]',
  '[100::1]',
  '[200::1]',
  '[400::1]',
  '[1000::1]',
  '[2001::1]',
  '[2001:2::1]',
  '[2001:10::1]',
  '[2001:db8::1]',
  '[2002:7f00:1::]',
  '[3fff::1]',
  '[4000::1]',
  '[5f00::1]',
  '[8000::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[fe80::1]',
  '[fec0::1]',
  '[ff02::1]',
];
const PUBLIC = [
  'relay.example.com',
  'relay.example.com.',
  '1.1.1.1',
  '100.63.0.1',
  '100.128.0.1',
  '169.253.0.1',
  '172.15.0.1',
  '172.32.0.1',
  '192.0.1.1',
  '223.255.255.255',
  '[2606:4700::1111]',
  '[2a00::1]',
  '[2001:4860:4860::8888]',
  '[64:ff9b::1.1.1.1]',
  '[::ffff:1.1.1.1]',
];

describe('by what is written in it', () => {
  test.each(PRIVATE)('%s is private', (host) => {
    for (const scheme of ['https', 'wss']) expect(isPrivateUrl(`${scheme}://${host}/`)).toBe(true);
  });

  test.each(PUBLIC)('%s is public', (host) => {
    for (const scheme of ['https', 'wss']) expect(isPublicUrl(`${scheme}://${host}/`)).toBe(true);
  });

  test.each([
    ['https://a.example:443/', true],
    ['http://a.example:80/', true],
    ['https://a.example:80/', true],
    ['wss://a.example:8443/', true],
    ['http://a.example:1024/', true],
    ['http://a.example:22/', false],
    ['http://a.example:25/', false],
    ['https://a.example:465/', false],
    ['http://a.example:1023/', false],
    ['http://a.example:0/', false],
  ])('%s is at a port for strangers: %s', (url, expected) => {
    expect(isPublicUrl(url)).toBe(expected);
  });
});

describe('a look-up for strangers', () => {
  const found = (addresses: readonly string[], all: boolean) => {
    const lookup = createPublicLookup((_hostname, _options, callback) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      ),
    );
    const { promise, resolve } = Promise.withResolvers<unknown>();
    lookup('a.example', { all }, (error, address) => resolve(error?.message ?? address));
    return promise;
  };
  const refusal = 'Cannot connect to "a.example": private address';

  test.each(PRIVATE.filter((host) => /^(?:[\d.]+\d|\[.*\])$/u.test(host) && URL.canParse(`http://${host}/`)))(
    'does not lead to %s',
    async (host) => {
      const address = new URL(`http://${host}/`).hostname.replace(/[[\]]/gu, '');
      for (const all of [true, false]) {
        expect(await found([address], all)).toBe(refusal);
        expect(await found(['1.1.1.1', address], all)).toBe(refusal);
      }
    },
  );

  test('gives public addresses as they are', async () => {
    expect(await found(['1.1.1.1', '2606:4700::1111'], true)).toEqual([
      { address: '1.1.1.1', family: 4 },
      { address: '2606:4700::1111', family: 6 },
    ]);
    expect(await found(['1.1.1.1', '2606:4700::1111'], false)).toBe('1.1.1.1');
    expect(await found([], true)).toBe('Cannot find "a.example"');
  });

  test('that goes through the system refuses the loopback too', async () => {
    const { promise, resolve } = Promise.withResolvers<Error | null>();
    publicLookup('localhost', { all: true }, (error) => resolve(error));
    expect((await promise)?.message).toBe('Cannot connect to "localhost": private address');
  });
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
  ['', ''],
  ['nobody', 'nobody'],
])('requests from %j are counted as %j', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
