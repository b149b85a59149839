import type { LookupFunction } from 'node:net';
import { isPublicUrl, publicLookup } from '../lib/private-addresses.ts';
import { normalizeRelayUrl } from './relay-url.ts';

/** Which relays may be connected to, and how, depending on who named them. Takes normalized addresses. */
export interface RelayAccess {
  isAllowed(url: string): boolean;
  /** The name look-up to use, unless it is the usual one. */
  lookupOf(url: string): LookupFunction | undefined;
}

/** Relays must use TLS and be on the public internet, except for the operator's, which may be anywhere. */
export function createRelayAccess(trusted: readonly string[], allowPrivate = false): RelayAccess {
  const named = new Set(trusted.map(normalizeRelayUrl));
  const isFree = (url: string): boolean => allowPrivate || named.has(url);
  return {
    isAllowed: (url) => isFree(url) || (url.startsWith('wss:') && isPublicUrl(url)),
    lookupOf: (url) => (isFree(url) ? undefined : publicLookup),
  };
}
