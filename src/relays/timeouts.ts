/** Every duration the relay links go by, in milliseconds, in one place, so that tests can run them small. */
export const TIMEOUTS = {
  /** Connection, TLS and upgrade together. */
  connectMs: 8_000,
  pingMs: 25_000,
  /** Without any frame for this long, a connection is dead. */
  deadMs: 60_000,
  /** How long a closing handshake may take before the socket is destroyed. */
  closeMs: 1_000,
  /** A page of a catch-up without progress, and in all. Only waiting for the relay counts. */
  pageSilenceMs: 15_000,
  pageMs: 60_000,
  /** Between two catch-ups on one connection, ± 20 %: finds what a forgotten subscription kept back. */
  refreshMs: 600_000,
  /** Between two audits: they find what is dated long ago and came late, and what was kept back behind an EOSE. */
  auditMs: 21_600_000,
  /** Before an audit that failed is tried again. */
  auditRetryMs: 3_600_000,
  /** How far back an audit looks where it has to page. */
  recentMs: 1_209_600_000,
  /** Between two audits of the whole history, page by page. */
  wholeAuditMs: 604_800_000,
  /** How long it is remembered whether a relay takes part in NIP-77. */
  supportMs: 604_800_000,
  /** How far behind its cursor a catch-up begins: clock skew, slow propagation, notes published late. */
  overlapMs: 7_200_000,
  retryMs: 1_000,
  retryMaxMs: 300_000,
  rateLimitMs: 60_000,
  rateLimitMaxMs: 900_000,
  /** Three misdeeds within this time, and a relay is left alone. */
  strikesMs: 600_000,
  quarantineMs: 3_600_000,
  quarantineMaxMs: 86_400_000,
  /** How long a relay is followed after it has left the author's list, and how often that is looked at. */
  formerMs: 2_592_000_000,
  formerTickMs: 3_600_000,
  /** Letters are opened for so long at a time, and then everything else has as long: anybody can send some. */
  letterWorkMs: 8,
  letterPauseMs: 8,
  /** Between two catch-ups with letters on one connection, ± 20 %, and between two of all that still count. */
  letterRefreshMs: 3_600_000,
  letterAuditMs: 86_400_000,
  clockTickMs: 5_000,
  /** Wall and monotonic clock further apart than this since the last tick: sleep, or a clock that was set. */
  clockJumpMs: 30_000,
};

export type Timeouts = Readonly<typeof TIMEOUTS>;

/** `firstMs`, doubled with every attempt (from 0) up to `maxMs`. */
export function exponential(attempt: number, firstMs: number, maxMs: number): number {
  return Math.min(maxMs, firstMs * 2 ** Math.min(attempt, 30));
}

/** A wait that can be cut short. */
export interface Pause {
  readonly over: Promise<void>;
  end(): void;
}

/** A wait of `ms` milliseconds, over at once when the signal aborts or somebody ends it. */
export function pause(ms: number, signal: AbortSignal): Pause {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(end, ms);
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  function end(): void {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    resolve();
  }
  return { over: promise, end };
}
