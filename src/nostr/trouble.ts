/** What keeps a relay from being live, for people and metrics; what was said about it stands beside it. */
export type Trouble =
  /** No connection came about. */
  | 'unreachable'
  /** There was one. */
  | 'lost'
  /** Connected, but no answer, or none that ends. */
  | 'silent'
  | 'rate-limited'
  /** It serves only whom it knows (NIP-42), and we have no key to show. */
  | 'needs-key'
  | 'refuses-key'
  /** It wants nothing to do with us: `restricted:`, `blocked:`. */
  | 'refuses-us'
  | 'refuses-filter'
  /** Forgeries, floods, pages without end. */
  | 'misbehaves'
  /** It is our own fault. */
  | 'failing';

/** What helps against a trouble. */
export type Remedy = 'reconnect' | 'authenticate' | 'slow-down' | 'simplify' | 'quarantine' | 'strike';

/** Why a catch-up or a connection ended, in a few words, and what helps. */
export interface Ending {
  readonly reason: string;
  readonly trouble: Trouble;
  readonly remedy: Remedy;
}

const REMEDIES: Readonly<Record<Trouble, Remedy>> = {
  unreachable: 'reconnect',
  lost: 'reconnect',
  silent: 'reconnect',
  failing: 'reconnect',
  'rate-limited': 'slow-down',
  'needs-key': 'quarantine',
  'refuses-key': 'quarantine',
  'refuses-us': 'quarantine',
  'refuses-filter': 'simplify',
  misbehaves: 'strike',
};

export const endingWith = (trouble: Trouble, reason: string): Ending => ({
  reason,
  trouble,
  remedy: REMEDIES[trouble],
});

// What relays write where NIP-01 and NIP-42 have another word.
const SYNONYMS: Readonly<Record<string, string>> = {
  auth: 'auth-required',
  'authentication-required': 'auth-required',
  'bad-req': 'invalid',
  'bad-request': 'invalid',
  'rate-limit': 'rate-limited',
  ratelimited: 'rate-limited',
};

/**
 * The machine-readable prefix of a CLOSED, or of an OK that is false, as NIP-01 and NIP-42 spell it; empty where there is
 * none. Relays write it in their own ways: strfry begins with `ERROR: `, others use capitals or leave out spaces.
 */
export function prefixOf(reason: string): string {
  const [, written = ''] = /^\s*(?:error\s*:\s*)*([a-z][a-z _-]*?)\s*(?::|$)/i.exec(reason) ?? [];
  const prefix = written.toLowerCase().replace(/[ _]+/g, '-');
  return Object.hasOwn(SYNONYMS, prefix) ? (SYNONYMS[prefix] ?? prefix) : prefix;
}

// Others (`error:`, none) mean what a dropped connection means.
const TROUBLES: ReadonlyMap<string, Trouble> = new Map([
  ['rate-limited', 'rate-limited'],
  ['restricted', 'refuses-us'],
  ['blocked', 'refuses-us'],
  ['invalid', 'refuses-filter'],
  ['unsupported', 'refuses-filter'],
]);

/** What a CLOSED with that reason asks for. */
export function endingOf(reason: string): Ending {
  const prefix = prefixOf(reason);
  if (prefix === 'auth-required')
    return { reason: 'needs key', trouble: 'needs-key', remedy: 'authenticate' };
  return endingWith(TROUBLES.get(prefix) ?? 'lost', reason || 'closed by the relay');
}
