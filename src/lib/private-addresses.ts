import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Resolves a name to all its addresses, like `dns.lookup`. */
export type ResolveHost = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Whether a URL, going by its text alone, points at this machine or into a private network. */
export function isPrivateUrl(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (isIP(host)) return isPrivateAddress(host);
  // Names without a dot are local. `.onion` can't be reached from here.
  return !host.includes('.') || /\.(localhost|local|internal|lan|home\.arpa|onion)$/.test(host);
}

/**
 * Whether a stranger's URL may be connected to, going by its text: outside of this machine and private networks, and on a
 * web port or one that needs no privileges. Other ports below 1024 are for mail, shells, files.
 */
export function isPublicUrl(url: string): boolean {
  const { port } = new URL(url);
  return !isPrivateUrl(url) && (port === '' || port === '80' || port === '443' || Number(port) >= 1024);
}

/**
 * A name look-up for strangers' addresses: it fails if any answer is private. A connection made with it goes to the address
 * that was checked, so a name that changes its address meanwhile (DNS rebinding) gains nothing.
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

/** IPv6 that the public internet routes (RFC 4291); special-purpose ranges inside it are excluded by name. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];
/** NAT64 (RFC 6052): behind such a gateway the last 32 bits are an IPv4 address. */
const NAT64 = ipaddr.parseCIDR('64:ff9b::/96') as [ipaddr.IPv6, number];

/** Anything but ordinary unicast by IANA's special-purpose registries. IPv4 is recognized inside of mapped and NAT64 addresses. */
export function isPrivateAddress(address: string): boolean {
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.range() !== 'unicast';
  if (parsed.match(NAT64)) return new ipaddr.IPv4(parsed.toByteArray().slice(-4)).range() !== 'unicast';
  return !parsed.match(GLOBAL_UNICAST) || parsed.range() !== 'unicast';
}

/**
 * What to count requests by: an IPv4 address, also one written as IPv6; of IPv6 the network (/64), since one subscriber has
 * all addresses in it. Text that isn't an address stays as it is.
 */
export function networkOf(address: string): string {
  const [withoutZone = ''] = address.split('%', 1);
  if (!ipaddr.isValid(withoutZone)) return address;
  const parsed = ipaddr.process(withoutZone);
  return parsed instanceof ipaddr.IPv6
    ? parsed.parts
        .slice(0, 4)
        .map((part) => part.toString(16))
        .join(':')
    : parsed.toString();
}
