import type { Filter } from 'nostr-tools/filter';
import type { NostrEvent } from '../../src/note/note.ts';
import type { ClientAuth } from './nip42.ts';
import type { RelayRules, Wording } from './rules.ts';

/** A gift wrap (NIP-59). */
const GIFT_WRAP = 1_059;

/** Words a refusal like a particular relay. `reason` begins with a prefix of NIP-01 or NIP-42. */
export function worded(reason: string, wording: Wording | undefined): string {
  if (typeof wording === 'object') return wording.words;
  if (wording === 'vague') return 'error: could not process your request';
  if (wording === 'capitals') return reason.toUpperCase().replace(': ', ':');
  if (wording !== 'strfry') return reason;
  return `ERROR: ${reason.replace(/^error: /, '').replace(/^invalid: /, 'bad req: ')}`;
}

/** Checks one client's requests against the rules. */
export interface Refusals {
  /** Why these filters aren't served; undefined if they are. `open` is the number of other subscriptions. */
  of(filters: readonly Filter[], open: number): string | undefined;
  /** Whether the client may see the event. */
  mayRead(event: NostrEvent): boolean;
  /** Why, if it is only because the kinds require authentication. Sent together with a challenge. */
  restriction(filters: readonly Filter[]): string | undefined;
}

export function createRefusals(rules: RelayRules, auth: ClientAuth, now: () => number): Refusals {
  const { rate, directMessages, restricted } = rules;
  const asked: number[] = [];

  /** A sliding window. Refused requests count too. */
  function isTooFast(): boolean {
    if (!rate) return false;
    asked.push(now());
    while ((asked[0] ?? 0) <= now() - rate.perMs) asked.shift();
    return asked.length > rate.requests;
  }

  function wrongIn({ kinds = [], limit = 0 }: Filter): string | undefined {
    const { maxKinds = Number.POSITIVE_INFINITY, maxAsked = Number.POSITIVE_INFINITY, allowedKinds } = rules;
    if (kinds.length > maxKinds) return `invalid: too many kinds in filter: ${kinds.length}`;
    const foreign = allowedKinds && kinds.find((kind) => !allowedKinds.includes(kind));
    if (foreign !== undefined) return `invalid: kind not allowed: ${foreign}`;
    return limit > maxAsked ? `invalid: limit too large: ${limit}` : undefined;
  }

  function restriction(filters: readonly Filter[]): string | undefined {
    const isRestricted = filters.every(({ kinds }) =>
      kinds?.every((kind) => restricted?.kinds.includes(kind)),
    );
    return isRestricted && !auth.isAuthenticated()
      ? 'auth-required: these kinds are for those who show their key'
      : undefined;
  }

  function isForClient({ kind, pubkey, tags }: NostrEvent): boolean {
    const addressed = (): boolean =>
      tags.some(([name, other = '']) => name === 'p' && auth.isAuthenticated(other));
    // NIP-17: only recipients may read direct messages.
    if (kind === GIFT_WRAP && directMessages) return addressed();
    if (!restricted?.kinds.includes(kind)) return true;
    return restricted.involved ? auth.isAuthenticated(pubkey) || addressed() : auth.isAuthenticated();
  }

  return {
    of(filters, open) {
      const closed = auth.refusal();
      if (closed !== undefined) return closed;
      if (isTooFast()) return 'rate-limited: slow down';
      const restrictedTo = restriction(filters);
      if (restrictedTo !== undefined) return restrictedTo;
      if (
        directMessages === 'refused' &&
        !auth.isAuthenticated() &&
        filters.some(({ kinds }) => kinds?.includes(GIFT_WRAP))
      )
        return 'auth-required: letters are for those they are addressed to';
      if (open >= (rules.maxSubscriptions ?? Number.POSITIVE_INFINITY))
        return 'error: too many concurrent REQs';
      return filters.map(wrongIn).find((reason) => reason !== undefined);
    },
    mayRead: isForClient,
    restriction,
  };
}
