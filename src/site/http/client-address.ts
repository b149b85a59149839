import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { isPrivateAddress } from '../../lib/private-addresses.ts';

/**
 * The client's address, for rate limits: the peer, or, if that is a proxy on this machine or in the private network,
 * the last address in `X-Forwarded-For`, which is the one that the proxy itself saw. For IPv6 it is the /64 network,
 * since one subscriber has all its addresses.
 */
export function clientAddress({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): string {
  const peer = socket.remoteAddress ?? '';
  const forwarded = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim()
    .replace(/^\[|\](?::\d+)?$/gu, '');
  const isBehindProxy = isIP(peer) !== 0 && isPrivateAddress(peer);
  const address = isBehindProxy && forwarded && isIP(forwarded) ? forwarded : peer;
  return isIP(address) === 6 ? networkOf(address) : address;
}

function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/iu.exec(address)?.[1];
  if (mapped) return mapped;
  const [head = '', tail] = address.split('%', 1)[0]?.split('::') ?? [];
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups =
    tail === undefined
      ? before
      : [...before, ...Array(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after];
  return groups
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/u, ''))
    .join(':');
}
