import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Finds all addresses of a name, as `dns.lookup` does. */
export type ResolveHost = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Whether an address points, by what is written in it, into this machine or a private network. */
export function isPrivateUrl(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (isIP(host)) return isPrivateAddress(host);
  // No dot: a name of the local network. `.onion` can't be reached from here.
  return !host.includes('.') || /\.(localhost|local|internal|lan|home\.arpa|onion)$/.test(host);
}

/**
 * Whether an address that a stranger wrote may be connected to, as far as is written in it: outside of this machine and
 * of private networks, and at a port of the web or one that anybody may use. Below 1024 others are mail, shells, files.
 */
export function isPublicUrl(url: string): boolean {
  const { port } = new URL(url);
  return !isPrivateUrl(url) && (port === '' || port === '80' || port === '443' || Number(port) >= 1024);
}

/**
 * A name look-up that fails where any answer is private: for addresses that strangers wrote. A connection made with it
 * goes to what was checked, so that a name which changes its address meanwhile (DNS rebinding) gains nothing.
 */
export function createPublicLookup(resolve: ResolveHost = lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const first = addresses?.[0];
      if (error || !first) return callback(error ?? new Error(`Cannot find "${hostname}"`), '', 0);
      const found = addresses.find(({ address }) => isPrivateAddress(address));
      if (found) return callback(new Error(`Cannot connect to "${hostname}": private address`), '', 0);
      if (options.all) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };
}

export const publicLookup: LookupFunction = createPublicLookup();

// IANA's special-purpose address registries, without those that the public internet routes.
const PRIVATE_4 = [
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24',
  '192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3',
]
  .join(' ')
  .split(' ');
// Of IPv6 only 2000::/3 is public (RFC 4291), and not all of it: tunnels, benchmarks, examples. NAT64 is looked at below.
const PRIVATE_6 = [
  '::/96 ::ffff:0:0:0/96 64:ff9b:1::/48 100::/8 200::/7 400::/6 800::/5 1000::/4 4000::/2 8000::/1',
  '2001::/32 2001:2::/48 2001:10::/28 2001:db8::/32 2002::/16 3fff::/20',
]
  .join(' ')
  .split(' ');

const privateNetworks = new BlockList();
for (const network of PRIVATE_4) {
  const [address = '', prefix] = network.split('/');
  privateNetworks.addSubnet(address, Number(prefix), 'ipv4');
  // The same network as NAT64 names it (RFC 6052): behind such a gateway it leads there too.
  privateNetworks.addSubnet(`64:ff9b::${address}`, 96 + Number(prefix), 'ipv6');
}
for (const network of PRIVATE_6) {
  const [address = '', prefix] = network.split('/');
  privateNetworks.addSubnet(address, Number(prefix), 'ipv6');
}

// BlockList looks through IPv4-mapped addresses (::ffff:a.b.c.d) by itself.
function isPrivateAddress(address: string): boolean {
  return privateNetworks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
