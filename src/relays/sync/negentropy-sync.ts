import type { Filter } from 'nostr-tools/filter';
import type { DatedId } from '../recent-ids.ts';
import type { Termination } from '../relay-errors.ts';
import type { Timeouts } from '../timeouts.ts';
import { type NegentropyUnavailable, reconcile } from './negentropy-reconcile.ts';
import { readPage } from './page-reader.ts';
import type { VerifiedStream } from './verified-stream.ts';

/** What we have of the seconds from `sinceS` on: all of it. */
export interface LocalIds {
  readonly sinceS: number;
  readonly events: readonly DatedId[];
}

export interface NegentropySyncOptions {
  /** Whose events, of which kinds. */
  readonly filter: Filter;
  /** Seconds since 1970, both included. */
  readonly sinceS: number;
  readonly untilS: number;
  /** What we have, the newest of it where it is more than can be compared at once. */
  readonly ours: (sinceS: number, untilS: number) => Promise<LocalIds>;
  readonly unknown: (ids: readonly string[]) => Promise<readonly string[]>;
  readonly slowDown: (ending: Termination) => Promise<Termination | undefined>;
  readonly timeouts: Timeouts;
}

export type NegentropySyncResult =
  | { readonly status: 'complete' }
  | NegentropyUnavailable
  | { readonly status: 'ended'; readonly ending: Termination };

const BATCH = 200;

/**
 * Compares with the relay what both have, window by window back in time (NIP-77), and fetches what is missing here.
 * `complete` only where each window was compared to its end and each request for events ended with EOSE.
 */
export async function syncByNegentropy(
  source: VerifiedStream,
  options: NegentropySyncOptions,
): Promise<NegentropySyncResult> {
  const { sinceS, unknown, timeouts } = options;
  let { untilS } = options;
  while (untilS >= sinceS) {
    const ours = await options.ours(sinceS, untilS);
    const window: Filter = {
      ...options.filter,
      ...(ours.sinceS > 0 && { since: ours.sinceS }),
      until: untilS,
    };
    const compared = await reconcile(source, { filter: window, ours: ours.events, unknown, timeouts });
    if (compared.status !== 'compared') return compared;
    const fetched = await fetchAll(source, compared.missing, options);
    if (typeof fetched !== 'number' && rejectsIdFilters(fetched))
      return { status: 'unsupported', reason: fetched.reason };
    if (typeof fetched !== 'number') return { status: 'ended', ending: fetched };
    if (compared.complete) untilS = ours.sinceS - 1;
    // More than was to be held at once. What came of it is known when the window is compared again.
    else if (fetched === 0) return { status: 'unsupported', reason: "lists events it doesn't have" };
  }
  return { status: 'complete' };
}

/** It does not take requests for many ids: pages name none. */
const rejectsIdFilters = ({ error, kinds }: Termination): boolean => error === 'refuses-filter' && !kinds;

/** How many of them came, each in as many requests as the relay's cap makes necessary. */
async function fetchAll(
  source: VerifiedStream,
  ids: readonly string[],
  { slowDown, timeouts }: NegentropySyncOptions,
): Promise<number | Termination> {
  let missing = [...ids];
  let fetched = 0;
  while (missing.length > 0) {
    const batch = missing.slice(0, BATCH);
    const page = await readPage(source, { ids: batch }, timeouts);
    if ('remedy' in page) {
      const worse = page.remedy === 'slow-down' ? await slowDown(page) : page;
      if (worse) return worse;
      continue;
    }
    const came = batch.filter((id) => page.ids.has(id));
    fetched += came.length;
    // What it names and does not send it may have lost or withhold; asking again would bring no more.
    const rest = came.length > 0 ? batch.filter((id) => !page.ids.has(id)) : [];
    missing = [...rest, ...missing.slice(BATCH)];
  }
  return fetched;
}
