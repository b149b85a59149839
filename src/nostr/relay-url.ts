import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { normalizeURL } from 'nostr-tools/utils';

/** The one way to write a relay's address, or `undefined` for what is not a `ws:` or `wss:` address. */
export function relayUrl(text: string): string | undefined {
  const url = URL.parse(text.trim());
  if (!url || !/^wss?:$/.test(url.protocol) || !url.hostname || url.username || url.password)
    return undefined;
  return text.length > 2_048 ? undefined : normalizeURL(url.href);
}

/** Whether a relay address points, by what is written in it, into this machine or a private network. */
export function isPrivateUrl(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (isIP(host)) return isPrivateAddress(host);
  // No dot: a name of the local network. `.onion` can't be reached from here.
  return !host.includes('.') || /\.(localhost|local|internal|lan|home\.arpa|onion)$/.test(host);
}

/** A name look-up that fails where any answer is private: for addresses that strangers wrote. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const first = addresses?.[0];
    if (error || !first) return callback(error ?? new Error(`Cannot find "${hostname}"`), '', 0);
    const found = addresses.find(({ address }) => isPrivateAddress(address));
    if (found) return callback(new Error(`Cannot connect to "${hostname}": private address`), '', 0);
    if (options.all) return callback(null, addresses);
    callback(null, first.address, first.family);
  });
};

// IANA's special-purpose address registries, without those that the public internet routes.
const PRIVATE_4 =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 ' +
  '192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3';
const PRIVATE_6 = '::/127 64:ff9b:1::/48 100::/64 2001:db8::/32 fc00::/7 fe80::/10 fec0::/10 ff00::/8';

const privateNetworks = new BlockList();
for (const [networks, family] of [
  [PRIVATE_4, 'ipv4'],
  [PRIVATE_6, 'ipv6'],
] as const)
  for (const network of networks.split(' ')) {
    const [address = '', prefix] = network.split('/');
    privateNetworks.addSubnet(address, Number(prefix), family);
  }

// BlockList looks through IPv4-mapped addresses (::ffff:a.b.c.d) by itself.
function isPrivateAddress(address: string): boolean {
  return privateNetworks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
