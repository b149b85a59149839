import type { Log } from '../../lib/log.ts';
import type { VerifiedEvent } from '../../note/note.ts';
import { createRelayAccess } from '../relay-access.ts';
import { normalizeRelayUrl } from '../relay-url.ts';
import { TIMEOUTS, type Timeouts } from '../timeouts.ts';
import type { Verifier } from '../verify.ts';
import { createRelayQueries, type EventQuery, type QueryResult } from './one-shot-query.ts';

export interface EventFinderOptions {
  readonly verifier: Pick<Verifier, 'screen' | 'prove'>;
  /** The relays that are followed, best first. */
  relays(): readonly string[];
  /** The operator's relays. They may be anywhere, even on this machine. */
  readonly trusted: readonly string[];
  /** Relays that keep everybody's profiles. Queried last. */
  readonly indexers: readonly string[];
  readonly clock: {
    now(): number;
    wait(ms: number, signal: AbortSignal): Promise<void>;
  };
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Whether hints may lead to this machine or into private networks. Only for loopback tests. */
  readonly allowPrivate?: boolean;
  readonly timeouts?: Timeouts;
}

/** `answered`: at least one relay has it, or says that it doesn't. */
export interface TieredResult {
  readonly event?: VerifiedEvent;
  readonly answered: boolean;
}

/**
 * Looks for one event: first on the hinted relays, then on those that are followed, then on the indexers. Settles when it
 * is found, when all have answered, or when time is up. `key` identifies the event, so that concurrent searches for it
 * are one. Never rejects.
 */
export type FindEvent = (key: string, hints: readonly string[], query: EventQuery) => Promise<TieredResult>;

/** Strangers' hints must not make us open any number of sockets. */
const MAX_HINTS = 2;
const MAX_RELAYS = 4;
const MAX_INDEXERS = 3;
/** How long to wait for one tier of relays before the next is queried too. */
const HEAD_START_MS = 600;

export function createEventFinder(options: EventFinderOptions): (until: AbortSignal) => FindEvent {
  const { verifier, clock, log, allowPrivate = false, timeouts = TIMEOUTS } = options;
  const { isAllowed, lookupOf } = createRelayAccess(options.trusted, allowPrivate);
  const indexers = options.indexers.flatMap((url) => normalizeRelayUrl(url) ?? []).slice(0, MAX_INDEXERS);
  const running = new Map<string, Promise<TieredResult>>();

  return (until) => {
    const query = createRelayQueries({ verifier, timeouts, log, lookupOf, signal: until });
    return (key, hints, eventQuery) => {
      const hinted = hints.flatMap((hint) => normalizeRelayUrl(hint) ?? []).filter(isAllowed);
      const tiers = [hinted.slice(0, MAX_HINTS), options.relays().slice(0, MAX_RELAYS), indexers];
      const result =
        running.get(key) ??
        queryInTiers(
          tiers,
          (url) => query(url, eventQuery),
          () => clock.wait(HEAD_START_MS, until),
        ).finally(() => running.delete(key));
      running.set(key, result);
      return result;
    };
  };
}

/**
 * Queries tier after tier of relays, each relay once, and takes the first event. A tier's turn comes when all relays before
 * it have said no, or have had their head start.
 */
async function queryInTiers(
  tiers: readonly (readonly string[])[],
  query: (url: string) => Promise<QueryResult>,
  headStart: () => Promise<void>,
): Promise<TieredResult> {
  const first = Promise.withResolvers<VerifiedEvent>();
  const queries = new Map<string, Promise<void>>();
  let found = false;
  let answered = false;

  async function queryOne(url: string): Promise<void> {
    const result = await query(url);
    if (result.status === 'none') answered = true;
    if (result.status !== 'found') return;
    found = true;
    first.resolve(result.event);
  }

  for (const tier of tiers) {
    const fresh = tier.filter((url) => !queries.has(url));
    for (const url of fresh) queries.set(url, queryOne(url));
    if (fresh.length > 0) await Promise.race([first.promise, Promise.all(queries.values()), headStart()]);
    if (found) break;
  }
  const event = await Promise.race([first.promise, Promise.all(queries.values()).then(() => undefined)]);
  return event ? { event, answered: true } : { answered };
}
