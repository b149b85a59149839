import { createBoundedQueue } from '../lib/bounded-queue.ts';
import type { Log } from '../lib/log.ts';
import { isPublicUrl, publicLookup } from '../lib/private-addresses.ts';
import { NOTE_KINDS } from '../note/event-to-note.ts';
import type { BotKey } from './bot-key.ts';
import { watchForClockJumps } from './clock-watch.ts';
import { createRelayCandidates, type RetiredRelays } from './relay-candidates.ts';
import type { CaughtUp, RelayState, RelayStreamItem, SyncProgress } from './relay-stream.ts';
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

export type {
  CaughtUp,
  RelayState,
  RelayStreamItem as FromRelay,
  RetiredRelays as Former,
  SyncProgress as Progress,
};

/** Every relay followed, as one stream. */
export interface RelayPool {
  /**
   * For one consumer. Ends when the signal given at creation aborts. Each verified event once, whatever the number of
   * relays. Events of one catch-up come newest first.
   */
  readonly stream: AsyncIterable<RelayStreamItem>;
  /** Follows further relays from now on (hints); those followed already are left alone. */
  addHints(urls: readonly string[]): void;
  /** Follows the relays that the author lists now (NIP-65), and those that were listed before for 30 days more. Settles
   * when it is saved which these are. */
  setAuthorRelays(urls: readonly string[]): Promise<void>;
  states(): readonly RelayState[];
}

/** What is kept of each relay. The names of the methods' arguments are addresses as `relayUrl` writes them. */
export interface RelayRecords {
  progress(url: string): Promise<SyncProgress>;
  /** Relays that left the author's list before. */
  readonly retired: RetiredRelays;
  saveRetired(former: RetiredRelays): Promise<void>;
  support(url: string): RelaySupervisorOptions['support'];
  terms(url: string): RelaySupervisorOptions['terms'];
}

export interface RelayPoolOptions {
  /** Public key, 64 hex digits. */
  readonly author: string;
  /** The operator's relays: they may be anywhere, on this machine too. */
  readonly urls: readonly string[];
  /** Whether relays that are added may be on this machine and in private networks. Only for loopback trials. */
  readonly allowPrivate?: boolean;
  /** What relays that ask who we are (NIP-42) are shown. */
  readonly key?: BotKey | undefined;
  readonly records: RelayRecords;
  readonly archive: {
    /** Those of the ids that are in the archive or were taken back: they are not verified again. */
    known(ids: readonly string[]): Promise<ReadonlySet<string>>;
    /** All that is known within these seconds: the newest `count`, and the rest of their last second. */
    knownInRange(
      within: { readonly sinceS: number; readonly untilS: number },
      count: number,
    ): Promise<LocalIds>;
  };
  /** Told of each event that is not taken in, and of seconds that hold more than can be had. */
  readonly counted?: {
    rejected(reason: Rejection['reason']): void;
    /** Once of each that is the author's. */
    refused(reason: Rejection['reason']): void;
    overfilled(): void;
  };
  readonly verifier: Verifier;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly monotonic?: () => number;
  readonly random?: () => number;
  readonly timeouts?: Timeouts;
}

/** Kinds asked for: whatever becomes a note, profile, deletion (NIP-09), relay lists (NIP-65, NIP-17), media servers (NIP-B7). */
const KINDS: readonly number[] = [...NOTE_KINDS, 0, 5, 10_002, 10_050, 10_063];

/** A relay list is a stranger's wish: it may not make us open sockets without end. */
const MAX_UNTRUSTED_RELAYS = 8;
/** How many events wait for a consumer that lags; behind that the sockets wait. */
const QUEUE_CAPACITY = 64;
/** How many events are compared with a relay at once (NIP-77): in an archive of a million, listing them takes 30 ms. */
const NEGENTROPY_WINDOW = 5_000;

/** Follows the author on the relays from now on, until the signal aborts. */
export function createRelayPool(options: RelayPoolOptions): RelayPool {
  const { author, archive, records, log, signal, now, timeouts = TIMEOUTS, random = Math.random } = options;
  const channel = createBoundedQueue<RelayStreamItem>(QUEUE_CAPACITY, signal);
  const intake = createEventIntake({
    verifier: options.verifier,
    wanted: { author, kinds: KINDS },
    known: (ids) => archive.known(ids),
    channel,
    refused: (reason) => options.counted?.refused(reason),
    log,
  });
  const list = createRelayCandidates({
    retired: records.retired,
    save: (former) => records.saveRetired(former),
    keptMs: timeouts.formerMs,
    now,
  });
  const links = new Map<string, RelaySupervisor & { end(): void }>();
  const trusted = new Set<string>();

  /** What is archived, and what is on its way there. */
  async function ours(sinceS: number, untilS: number): Promise<LocalIds> {
    const taken = await archive.knownInRange({ sinceS, untilS }, NEGENTROPY_WINDOW);
    const dates = new Map(
      [...taken.events, ...intake.recent(taken.sinceS, untilS)].map(({ id, createdAt }) => [id, createdAt]),
    );
    return { ...taken, events: [...dates].map(([id, createdAt]) => ({ id, createdAt })) };
  }

  function followRelay(url: string): void {
    const ending = new AbortController();
    const isPublic = !trusted.has(url) && options.allowPrivate !== true;
    const link = createRelaySupervisor({
      url,
      author,
      kinds: KINDS,
      key: options.key,
      intake,
      report: (item) => channel.push(item),
      progress: () => records.progress(url),
      support: records.support(url),
      terms: records.terms(url),
      learned() {
        for (const one of links.values()) one.recheckWithholding();
      },
      ours,
      rejected: (reason) => options.counted?.rejected(reason),
      overfilled: () => options.counted?.overfilled(),
      timeouts,
      now,
      random,
      log,
      signal: AbortSignal.any([signal, ending.signal]),
      ...(isPublic && { lookup: publicLookup }),
    });
    links.set(url, { ...link, end: () => ending.abort() });
    link
      .run()
      // Nobody is to wait for what it would have brought.
      .then(() => channel.push({ type: 'interrupted', relay: url, reason: 'no longer followed' }))
      .catch((error: unknown) => log.error('relay.failed', { relay: url, error }));
  }

  /** Begins and ends links, so that they are the operator's and the best of those that strangers name. */
  function update(): void {
    if (signal.aborted) return;
    const others = list.ranked().filter((url) => !trusted.has(url));
    const wanted = new Set([...trusted, ...others.slice(0, MAX_UNTRUSTED_RELAYS)]);
    for (const url of others.slice(MAX_UNTRUSTED_RELAYS))
      log.debug('relay.refused', { relay: url, reason: 'enough relays' });
    for (const [url, link] of links) {
      if (wanted.has(url)) continue;
      log.info('relay.dropped', { relay: url });
      link.end();
      links.delete(url);
    }
    for (const url of wanted) if (!links.has(url)) followRelay(url);
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
  const tick = setInterval(update, timeouts.formerTickMs);
  const stopTicking = (): void => clearInterval(tick);
  signal.addEventListener('abort', stopTicking);
  if (signal.aborted) stopTicking();
  watchForClockJumps({
    timeouts,
    now,
    monotonic: options.monotonic ?? (() => performance.now()),
    signal,
    jumped(byMs) {
      log.warn('clock.jumped', { byMs: Math.round(byMs) });
      for (const link of links.values()) link.restart('clock jumped');
    },
  });

  return {
    stream: channel.items,
    addHints(urls) {
      list.addHints(allowed(urls));
      update();
    },
    setAuthorRelays(urls) {
      const saved = list.setListed(allowed(urls));
      update();
      return saved;
    },
    states: () => [...links.values()].map((link) => link.state()),
  };
}
