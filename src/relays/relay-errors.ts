/** What keeps a relay from being live, for people and metrics; what was said about it stands beside it. */
export type RelayError =
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
  /** It answers, and shows nothing of the author whom others show. */
  | 'withholds'
  /** Forgeries, floods, pages without end. */
  | 'misbehaves'
  /** It is our own fault. */
  | 'failing';

/** What helps against a trouble. */
export type Recovery = 'reconnect' | 'authenticate' | 'slow-down' | 'simplify' | 'quarantine' | 'strike';

/** Why a catch-up or a connection ended, in a few words, and what helps. */
export interface Termination {
  readonly reason: string;
  readonly error: RelayError;
  readonly remedy: Recovery;
  /** The kinds of the request that was refused, where it was said which one. */
  readonly kinds?: readonly number[];
}

const RECOVERIES: Readonly<Record<RelayError, Recovery>> = {
  unreachable: 'reconnect',
  lost: 'reconnect',
  silent: 'reconnect',
  failing: 'reconnect',
  'rate-limited': 'slow-down',
  'needs-key': 'quarantine',
  'refuses-key': 'quarantine',
  'refuses-us': 'quarantine',
  'refuses-filter': 'simplify',
  // It goes on being followed.
  withholds: 'reconnect',
  misbehaves: 'strike',
};

export const terminationFor = (error: RelayError, reason: string): Termination => ({
  reason,
  error,
  remedy: RECOVERIES[error],
});

// What relays write where NIP-01 and NIP-42 have another word.
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['auth', 'auth-required'],
  ['authentication-required', 'auth-required'],
  ['bad-req', 'invalid'],
  ['bad-request', 'invalid'],
  ['rate-limit', 'rate-limited'],
  ['ratelimited', 'rate-limited'],
]);

/**
 * The machine-readable prefix of a CLOSED, or of an OK that is false, as NIP-01 and NIP-42 spell it; empty where there is
 * none. Relays write it in their own ways: strfry begins with `ERROR: `, others use capitals or leave out spaces.
 */
export function reasonPrefix(reason: string): string {
  const [, written = ''] = /^\s*(?:error\s*:\s*)*([a-z][a-z _-]*?)\s*(?::|$)/i.exec(reason) ?? [];
  const prefix = written.toLowerCase().replace(/[ _]+/g, '-');
  return SYNONYMS.get(prefix) ?? prefix;
}

/** What a relay can find too much about a request: its limit, its kinds, how many there are at once. */
export type RefusalCause = 'limit' | 'kinds' | 'number';

const CAUSE_PATTERNS: readonly (readonly [RefusalCause, RegExp])[] = [
  ['kinds', /\bkinds?\b/i],
  ['number', /concurrent|simultaneous|parallel|at once|at the same time/i],
  ['number', /(?:too many|maximum|max) .{0,20}\b(?:sub(?:scription)?s|reqs)\b|subscription (?:limit|quota)/i],
  ['limit', /(?<!rate[ _-]?)\blimit\b/i],
];
const TOO_FAST =
  /too (?:fast|often|quickly|frequent)|slow(?:ing)?[ -]down|too many (?:requests|queries|messages)|rate.?limit|throttl/i;
const WANTS_KEY =
  /\bauth\w*[ _-](?:is )?(?:required|needed|first)|(?:requires?|needs?|please|must) (?:[\w-]+ )?(?:auth|log ?in)|\b(?:not |un)authenticated|\blog ?in (?:required|first)/i;

/** What a refusal without a prefix that is known says it is about. */
export const refusalCause = (reason: string): RefusalCause | undefined =>
  CAUSE_PATTERNS.find(([, words]) => words.test(reason))?.[0];

// Others (`error:`, none) mean what their words say, and else what a dropped connection means.
const PREFIX_ERRORS: ReadonlyMap<string, RelayError> = new Map([
  ['rate-limited', 'rate-limited'],
  ['restricted', 'refuses-us'],
  ['blocked', 'refuses-us'],
  ['invalid', 'refuses-filter'],
  ['unsupported', 'refuses-filter'],
]);

/** What a CLOSED with that reason asks for, or a NOTICE where nothing else comes. */
export function classifyReason(reason: string): Termination {
  const prefix = reasonPrefix(reason);
  const trouble = prefix === 'auth-required' ? 'needs-key' : errorFromPrefix(prefix, reason);
  return trouble === 'needs-key' ? NEEDS_KEY : terminationFor(trouble, reason || 'closed by the relay');
}

/** It is to be shown a key; what helps where there is none to show is told by whoever looks for one. */
export const NEEDS_KEY: Termination = { reason: 'needs key', error: 'needs-key', remedy: 'authenticate' };

/** `restricted: please authenticate`, `blocked: slow down`: what can be done about it is in the words. */
function errorFromPrefix(prefix: string, reason: string): RelayError {
  const prefixed = PREFIX_ERRORS.get(prefix);
  if (prefixed !== undefined && prefixed !== 'refuses-us') return prefixed;
  const worded = errorFromWords(reason);
  return worded === 'lost' ? (prefixed ?? worded) : worded;
}

function errorFromWords(reason: string): RelayError {
  if (WANTS_KEY.test(reason)) return 'needs-key';
  const cause = refusalCause(reason);
  // `too many requests: limit is 20 a minute`
  if ((cause === undefined || cause === 'limit') && TOO_FAST.test(reason)) return 'rate-limited';
  return cause ? 'refuses-filter' : 'lost';
}

/** Whether a refusal says nothing that can be acted on: it may be about anything. */
export const isUnexplained = (reason: string): boolean => classifyReason(reason).error === 'lost';
