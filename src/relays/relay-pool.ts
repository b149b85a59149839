import { createBoundedQueue } from '../lib/bounded-queue.ts';
import type { Log } from '../lib/log.ts';
import { isPublicUrl, publicLookup } from '../lib/private-addresses.ts';
import { NOTE_KINDS } from '../note/event-to-note.ts';
import type { BotKey } from './bot-key.ts';
import { watchForClockJumps } from './clock-watch.ts';
import { createRelayCandidates, type RetiredRelays } from './relay-candidates.ts';
import type { RelayState, RelayStreamItem, SyncProgress } from './relay-stream.ts';
import { normalizeRelayUrl } from './relay-url.ts';
import type { LocalIds } from './sync/negentropy-sync.ts';
import {
  createRelaySupervisor,
  type RelaySupervisor,
  type RelaySupervisorOptions,
} from './sync/relay-supervisor.ts';
import { createEventIntake } from './sync/verify-and-dedupe.ts';
import { TIMEOUTS, type Timeouts } from './timeouts.ts';
import type { Rejection, Verifier } from './verify.ts';

/** All the relays that are followed, as one stream. */
export interface RelayPool {
  /**
   * For one consumer; ends when the signal aborts. Yields each verified event once, however many relays send it. Events
   * of a catch-up come newest first.
   */
  readonly stream: AsyncIterable<RelayStreamItem>;
  /** Follows further relays, besides those it follows already. */
  addHints(urls: readonly string[]): void;
  /**
   * Follows the relays that the author lists now (NIP-65), and for another 30 days those listed before. Settles once that
   * is saved.
   */
  setAuthorRelays(urls: readonly string[]): Promise<void>;
  states(): readonly RelayState[];
}

/** What is stored about each relay, by normalized address. */
export interface RelayRecords {
  progress(url: string): Promise<SyncProgress>;
  /** Relays that have left the author's list. */
  readonly retired: RetiredRelays;
  saveRetired(retired: RetiredRelays): Promise<void>;
  negentropySupport(url: string): RelaySupervisorOptions['negentropySupport'];
  capabilities(url: string): RelaySupervisorOptions['capabilities'];
}

export interface RelayPoolOptions {
  /** Public key, 64 hex digits. */
  readonly author: string;
  /** The operator's relays. They may be anywhere, even on this machine. */
  readonly urls: readonly string[];
  /** Whether added relays may be on this machine or in private networks. Only for loopback tests. */
  readonly allowPrivate?: boolean;
  /** For relays that demand authentication (NIP-42). */
  readonly key?: BotKey | undefined;
  readonly records: RelayRecords;
  readonly archive: {
    /** Those of the ids that are archived or were deleted. They aren't verified again. */
    known(ids: readonly string[]): Promise<ReadonlySet<string>>;
    /** Every known id within these seconds: the newest `count`, and whatever shares a second with the last of them. */
    knownInRange(
      within: { readonly sinceS: number; readonly untilS: number },
      count: number,
    ): Promise<LocalIds>;
  };
  readonly metrics?: {
    /** Called for every event that isn't accepted. */
    rejected(reason: Rejection['reason']): void;
    /** Called once for each of them that is genuinely the author's. */
    refused(reason: Rejection['reason']): void;
    /** Called for each second that holds more events than can be fetched. */
    saturated(): void;
  };
  readonly verifier: Verifier;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly monotonic?: () => number;
  readonly random?: () => number;
  readonly timeouts?: Timeouts;
}

/** Whatever becomes a note; profile, deletions (NIP-09), relay lists (NIP-65, NIP-17), media servers (NIP-B7). */
const KINDS: readonly number[] = [...NOTE_KINDS, 0, 5, 10_002, 10_050, 10_063];

/** Strangers' relay lists must not make us open any number of sockets. */
export const MAX_UNTRUSTED_RELAYS = 8;
/** Items that wait for a slow consumer. When the queue is full, the sockets wait. */
const QUEUE_CAPACITY = 64;
/** Ids reconciled at once (NIP-77). Listing them takes 30 ms in an archive of a million. */
const NEGENTROPY_WINDOW = 5_000;

/** Follows the author on the relays until the signal aborts. */
export function createRelayPool(options: RelayPoolOptions): RelayPool {
  const { author, archive, records, metrics, log, signal, now } = options;
  const { timeouts = TIMEOUTS, random = Math.random, monotonic = () => performance.now() } = options;
  const queue = createBoundedQueue<RelayStreamItem>(QUEUE_CAPACITY, signal);
  const intake = createEventIntake({
    verifier: options.verifier,
    wanted: { author, kinds: KINDS },
    archive,
    queue,
    refused: (reason) => metrics?.refused(reason),
    log,
  });
  const candidates = createRelayCandidates({
    retired: records.retired,
    save: (retired) => records.saveRetired(retired),
    keptMs: timeouts.retiredMs,
    now,
  });
  const supervisors = new Map<string, RelaySupervisor & { end(): void }>();
  const trusted = new Set<string>();

  /** What is archived, and what is on its way there. */
  async function localIds(sinceS: number, untilS: number): Promise<LocalIds> {
    const archived = await archive.knownInRange({ sinceS, untilS }, NEGENTROPY_WINDOW);
    const recent = intake.recent(archived.sinceS, untilS);
    const dates = new Map([...archived.events, ...recent].map(({ id, createdAt }) => [id, createdAt]));
    return { ...archived, events: [...dates].map(([id, createdAt]) => ({ id, createdAt })) };
  }

  function follow(url: string): void {
    const ending = new AbortController();
    const isUntrusted = !trusted.has(url) && options.allowPrivate !== true;
    const supervisor = createRelaySupervisor({
      url,
      author,
      kinds: KINDS,
      key: options.key,
      intake,
      report: queue.push,
      progress: () => records.progress(url),
      negentropySupport: records.negentropySupport(url),
      capabilities: records.capabilities(url),
      onNewKind() {
        for (const one of supervisors.values()) one.recheckWithholding();
      },
      localIds,
      onRejected: (reason) => metrics?.rejected(reason),
      saturated: () => metrics?.saturated(),
      timeouts,
      now,
      random,
      log,
      signal: AbortSignal.any([signal, ending.signal]),
      ...(isUntrusted && { lookup: publicLookup }),
    });
    supervisors.set(url, { ...supervisor, end: () => ending.abort() });
    supervisor
      .run()
      // Nobody should wait for its catch-up any longer.
      .then(() => queue.push({ type: 'interrupted', relay: url, reason: 'no longer followed' }))
      .catch((error: unknown) => log.error('relay.failed', { relay: url, error }));
  }

  /** Starts and stops supervisors, so that the operator's relays and the best of the candidates are followed. */
  function update(): void {
    if (signal.aborted) return;
    const others = candidates.ranked().filter((url) => !trusted.has(url));
    const wanted = new Set([...trusted, ...others.slice(0, MAX_UNTRUSTED_RELAYS)]);
    for (const url of others.slice(MAX_UNTRUSTED_RELAYS))
      log.debug('relay.refused', { relay: url, reason: 'enough relays' });
    for (const [url, supervisor] of supervisors) {
      if (wanted.has(url)) continue;
      log.info('relay.dropped', { relay: url });
      supervisor.end();
      supervisors.delete(url);
    }
    for (const url of wanted) if (!supervisors.has(url)) follow(url);
  }

  function allowed(texts: readonly string[]): readonly string[] {
    return texts.flatMap((text) => {
      const url = normalizeRelayUrl(text);
      if (url !== undefined && (options.allowPrivate === true || isPublicUrl(url))) return [url];
      log.debug('relay.refused', { relay: url, reason: 'not a public address' });
      return [];
    });
  }

  for (const text of options.urls) {
    const url = normalizeRelayUrl(text);
    if (url === undefined) throw new TypeError(`Cannot follow relay "${text}": not a ws or wss address`);
    trusted.add(url);
  }
  update();
  const tick = setInterval(update, timeouts.retiredTickMs);
  const stopTicking = (): void => clearInterval(tick);
  signal.addEventListener('abort', stopTicking);
  if (signal.aborted) stopTicking();
  watchForClockJumps({
    timeouts,
    now,
    monotonic,
    signal,
    jumped(byMs) {
      log.warn('clock.jumped', { byMs: Math.round(byMs) });
      for (const supervisor of supervisors.values()) supervisor.restart('clock jumped');
    },
  });

  return {
    stream: queue.items,
    addHints(urls) {
      candidates.addHints(allowed(urls));
      update();
    },
    setAuthorRelays(urls) {
      const saved = candidates.setListed(allowed(urls));
      update();
      return saved;
    },
    states: () => [...supervisors.values()].map((supervisor) => supervisor.state()),
  };
}
