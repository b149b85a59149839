import type { LookupFunction } from 'node:net';
import { isPublicUrl, publicLookup } from '../lib/private-addresses.ts';
import { normalizeRelayUrl } from './relay-url.ts';

/** Which relays may be connected to, and how, when it was not the operator who named them. Takes addresses as `relayUrl` writes them. */
export interface RelayAccess {
  isAllowed(url: string): boolean;
  /** How the names of the address are looked up, where not as usual. */
  lookupOf(url: string): LookupFunction | undefined;
}

/** Only over TLS and in the public internet; those that the operator trusts may be anywhere. */
export function createRelayAccess(trusted: readonly string[], allowPrivate = false): RelayAccess {
  const named = new Set(trusted.map(normalizeRelayUrl));
  const isFree = (url: string): boolean => allowPrivate || named.has(url);
  return {
    isAllowed: (url) => isFree(url) || (url.startsWith('wss:') && isPublicUrl(url)),
    lookupOf: (url) => (isFree(url) ? undefined : publicLookup),
  };
}
