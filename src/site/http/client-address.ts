import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { isPrivateAddress, networkOf } from '../../lib/private-addresses.ts';

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
  return networkOf(address);
}
