/** Every duration that relay connections go by, in milliseconds. In one place, so that tests can shorten them. */
export const TIMEOUTS = {
  /** TCP, TLS and the WebSocket handshake together. */
  connectMs: 8_000,
  pingMs: 25_000,
  /** A connection is dead after this long without any frame. */
  deadMs: 60_000,
  /** How long a closing handshake may take before the socket is destroyed. */
  closeMs: 1_000,
  /** A page without progress, and a page in all. Only waiting for the relay counts. */
  pageSilenceMs: 15_000,
  pageMs: 60_000,
  /** Between two catch-ups on one connection, ± 20 %: they find what a forgotten subscription missed. */
  refreshMs: 600_000,
  /** Between two resyncs: they find what came late and is dated long ago, and what was left out despite an EOSE. */
  resyncMs: 21_600_000,
  /** Before a failed resync is tried again. */
  resyncRetryMs: 3_600_000,
  /** How far back a resync goes if it has to page. */
  recentMs: 1_209_600_000,
  /** Between two resyncs of the whole history, page by page. */
  fullResyncMs: 604_800_000,
  /** How long it is remembered whether a relay supports NIP-77. */
  supportMs: 604_800_000,
  /** How far behind its cursor a catch-up begins, because of clock skew, slow propagation, and backdated notes. */
  overlapMs: 7_200_000,
  retryMs: 1_000,
  retryMaxMs: 300_000,
  rateLimitMs: 60_000,
  rateLimitMaxMs: 900_000,
  /** A relay is quarantined after three strikes within this time. */
  strikesMs: 600_000,
  quarantineMs: 3_600_000,
  quarantineMaxMs: 86_400_000,
  /** How long a relay is followed after it has left the author's list, and how often that is checked. */
  retiredMs: 2_592_000_000,
  retiredTickMs: 3_600_000,
  /** Opening direct messages alternates with rests, since anybody can send any number of them. */
  dmWorkMs: 8,
  dmRestMs: 8,
  /** Between two catch-ups with direct messages on one connection, ± 20 %, and between two that go back all the way. */
  dmRefreshMs: 3_600_000,
  dmResyncMs: 86_400_000,
  clockTickMs: 5_000,
  /** If wall clock and monotonic clock drift apart by more between two ticks, the machine slept or its clock was set. */
  clockJumpMs: 30_000,
};

export type Timeouts = Readonly<typeof TIMEOUTS>;
