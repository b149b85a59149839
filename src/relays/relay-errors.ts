/** Why a relay isn't live, for people and metrics. What the relay said stands beside it. */
export type RelayError =
  /** No connection could be made. */
  | 'unreachable'
  /** There was one. */
  | 'lost'
  /** Connected, but there is no answer, or none that ends. */
  | 'silent'
  | 'rate-limited'
  /** It serves only known keys (NIP-42), and we have none to show. */
  | 'needs-key'
  | 'refuses-key'
  /** It won't serve us: `restricted:`, `blocked:`. */
  | 'refuses-us'
  | 'refuses-filter'
  /** It answers, but shows none of the author's notes, though other relays do. */
  | 'withholds'
  /** Forgeries, floods, endless pages. */
  | 'misbehaves'
  /** Our own fault. */
  | 'failing';

/** What to do about an error. */
export type Recovery = 'reconnect' | 'authenticate' | 'slow-down' | 'simplify' | 'quarantine' | 'strike';

/** Why a catch-up or a connection ended, and what to do about it. */
export interface Termination {
  /** In a few words. */
  readonly reason: string;
  readonly error: RelayError;
  readonly recovery: Recovery;
  /** The kinds in the refused request, if the relay named the request. */
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
  recovery: RECOVERIES[error],
});

export const isTermination = (result: object): result is Termination => 'recovery' in result;

/** A key is wanted. If there is none, whoever looks for it says what to do. */
export const NEEDS_KEY: Termination = { reason: 'needs key', error: 'needs-key', recovery: 'authenticate' };

// How relays spell the prefixes of NIP-01 and NIP-42.
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['auth', 'auth-required'],
  ['authentication-required', 'auth-required'],
  ['bad-req', 'invalid'],
  ['bad-request', 'invalid'],
  ['rate-limit', 'rate-limited'],
  ['ratelimited', 'rate-limited'],
]);

/**
 * The machine-readable prefix of a CLOSED or a negative OK, as NIP-01 and NIP-42 spell it; empty if there is none.
 * Relays vary it: strfry puts `ERROR: ` in front, others use capitals or leave out spaces.
 */
export function reasonPrefix(reason: string): string {
  const [, written = ''] = /^\s*(?:error\s*:\s*)*([a-z][a-z _-]*?)\s*(?::|$)/i.exec(reason) ?? [];
  const prefix = written.toLowerCase().replace(/[ _]+/g, '-');
  return SYNONYMS.get(prefix) ?? prefix;
}

/** What a relay may find too much about a request: its limit, its kinds, or the number of concurrent ones. */
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

/** What a refusal is about, judging by its words. */
export const refusalCause = (reason: string): RefusalCause | undefined =>
  CAUSE_PATTERNS.find(([, words]) => words.test(reason))?.[0];

// Any other prefix (`error:`, none) is classified by the words, or else treated like a lost connection.
const PREFIX_ERRORS: ReadonlyMap<string, RelayError> = new Map([
  ['rate-limited', 'rate-limited'],
  ['restricted', 'refuses-us'],
  ['blocked', 'refuses-us'],
  ['invalid', 'refuses-filter'],
  ['unsupported', 'refuses-filter'],
]);

/** Classifies the reason of a CLOSED, or a NOTICE if nothing else came. */
export function classifyReason(reason: string): Termination {
  const prefix = reasonPrefix(reason);
  const error = prefix === 'auth-required' ? 'needs-key' : errorFromPrefix(prefix, reason);
  return error === 'needs-key' ? NEEDS_KEY : terminationFor(error, reason || 'closed by the relay');
}

/** `restricted: please authenticate`, `blocked: slow down`: the words say what would help. */
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
