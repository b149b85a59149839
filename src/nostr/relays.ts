import type { Log } from '../log.ts';
import { NOTE_KINDS } from '../note/note-from.ts';
import { isPublicUrl, publicLookup } from '../public-address.ts';
import { createChannel } from './channel.ts';
import { watchClock } from './clock.ts';
import type { FromRelay, RelayState } from './from-relay.ts';
import { createIntake } from './intake.ts';
import { createLink, type Link } from './link.ts';
import { relayUrl } from './relay-url.ts';
import { TIMERS, type Timers } from './timers.ts';
import type { Verifier } from './verify.ts';

export type { FromRelay, RelayState };

/** Every relay followed, as one stream. */
export interface Relays {
  /**
   * For one consumer. Ends when the signal given at creation aborts. Each verified event once, whatever the number of
   * relays. Events of one catch-up come newest first.
   */
  readonly stream: AsyncIterable<FromRelay>;
  /** Follows further relays from now on (NIP-65, hints); those followed already are left alone. */
  add(urls: readonly string[]): void;
  states(): readonly RelayState[];
}

export interface RelaysOptions {
  /** Public key, 64 hex digits. */
  readonly author: string;
  /** The operator's relays: they may be anywhere, on this machine too. */
  readonly urls: readonly string[];
  /** Whether relays that are added may be on this machine and in private networks. Only for loopback trials. */
  readonly allowPrivate?: boolean;
  /** The saved cursor of a relay, in milliseconds since 1970. */
  cursor(url: string): Promise<number | undefined>;
  /** Those of the ids that are in the archive or were taken back: they are not verified again. */
  known(ids: readonly string[]): Promise<ReadonlySet<string>>;
  readonly verifier: Verifier;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly monotonic?: () => number;
  readonly random?: () => number;
  readonly timers?: Timers;
}

/** Kinds asked for: profile, deletion (NIP-09), relay list (NIP-65), media servers (NIP-B7), and whatever becomes a note. */
const KINDS: readonly number[] = [0, 5, 10_002, 10_063, ...NOTE_KINDS];

/** A relay list is a stranger's wish: it may not make us open sockets without end. */
const MAX_ADDED = 8;
/** How many events wait for a consumer that lags; behind that the sockets wait. */
const LINE = 64;

/** Follows the author on the relays from now on, until the signal aborts. */
export function createRelays(options: RelaysOptions): Relays {
  const { author, log, signal, now, timers = TIMERS, random = Math.random } = options;
  const channel = createChannel<FromRelay>(LINE, signal);
  const intake = createIntake({
    verifier: options.verifier,
    wanted: { author, kinds: KINDS },
    known: (ids) => options.known(ids),
    channel,
  });
  const links = new Map<string, Link>();
  let added = 0;

  function followRelay(url: string, trusted: boolean): void {
    const link = createLink({
      url,
      author,
      kinds: KINDS,
      intake,
      report: (item) => channel.push(item),
      cursor: () => options.cursor(url),
      timers,
      now,
      random,
      log,
      signal,
      ...(!trusted && { lookup: publicLookup }),
    });
    links.set(url, link);
    link.run().catch((error: unknown) => log.error('relay.failed', { relay: url, error }));
  }

  for (const text of options.urls) {
    const url = relayUrl(text);
    if (url === undefined) throw new TypeError(`Cannot follow relay "${text}": not a ws or wss address`);
    if (!links.has(url)) followRelay(url, true);
  }
  const monotonic = options.monotonic ?? (() => performance.now());
  watchClock({
    timers,
    now,
    monotonic,
    signal,
    jumped(byMs) {
      log.warn('clock.jumped', { byMs: Math.round(byMs) });
      for (const link of links.values()) link.restart('clock jumped');
    },
  });

  return {
    stream: channel.items,
    add(urls) {
      for (const text of urls) {
        const url = relayUrl(text);
        if (url !== undefined && links.has(url)) continue;
        const allowed = url !== undefined && (options.allowPrivate === true || isPublicUrl(url));
        if (!allowed || added >= MAX_ADDED || signal.aborted) {
          log.debug('relay.refused', {
            relay: url,
            reason: allowed ? 'enough relays' : 'not a public address',
          });
          continue;
        }
        added += 1;
        followRelay(url, options.allowPrivate === true);
      }
    },
    states: () => [...links.values()].map((link) => link.state()),
  };
}
