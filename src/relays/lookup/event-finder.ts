import type { Log } from '../../lib/log.ts';
import { createRelayAccess } from '../relay-access.ts';
import { normalizeRelayUrl } from '../relay-url.ts';
import { TIMEOUTS, type Timeouts } from '../timeouts.ts';
import type { Verifier } from '../verify.ts';
import { createRelayQueries, type EventQuery } from './one-shot-query.ts';
import { queryInTiers, type TieredResult } from './tiered-query.ts';

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
