import type { Filter } from 'nostr-tools/filter';
import { isTermination, type Termination } from '../relay-errors.ts';
import type { Timeouts } from '../timeouts.ts';
import { type NegentropyUnavailable, reconcile } from './negentropy-reconcile.ts';
import { readPage } from './page-reader.ts';
import type { VerifiedStream } from './verified-stream.ts';
import type { DatedId } from './verify-and-dedupe.ts';

/** All the events we have from the second `sinceS` on. */
export interface LocalIds {
  readonly sinceS: number;
  readonly events: readonly DatedId[];
}

export interface NegentropySyncOptions {
  /** Authors and kinds. */
  readonly filter: Filter;
  /** Seconds since 1970, both included. */
  readonly sinceS: number;
  readonly untilS: number;
  /** What we have within these seconds; only the newest of it if that is more than can be reconciled at once. */
  readonly localIds: (sinceS: number, untilS: number) => Promise<LocalIds>;
  readonly unknown: (ids: readonly string[]) => Promise<readonly string[]>;
  readonly slowDown: (termination: Termination) => Promise<Termination | undefined>;
  readonly timeouts: Timeouts;
}

export type NegentropySyncResult =
  | { readonly status: 'complete' }
  | NegentropyUnavailable
  | { readonly status: 'terminated'; readonly termination: Termination };

/** Ids per request. */
const BATCH = 200;

/**
 * Reconciles our events with the relay's (NIP-77), window by window back in time, and fetches what is missing here.
 * `complete` only if every window was reconciled to its end and every request for events ended with EOSE.
 */
export async function syncByNegentropy(
  stream: VerifiedStream,
  options: NegentropySyncOptions,
): Promise<NegentropySyncResult> {
  const { sinceS, unknown, timeouts } = options;
  let { untilS } = options;
  while (untilS >= sinceS) {
    const local = await options.localIds(sinceS, untilS);
    const filter = { ...options.filter, ...(local.sinceS > 0 && { since: local.sinceS }), until: untilS };
    const result = await reconcile(stream, { filter, localIds: local.events, unknown, timeouts });
    if (result.status !== 'reconciled') return result;
    const fetched = await fetchAll(stream, result.missing, options);
    if (typeof fetched !== 'number')
      return rejectsIdFilters(fetched)
        ? { status: 'unsupported', reason: fetched.reason }
        : { status: 'terminated', termination: fetched };
    if (result.complete) untilS = local.sinceS - 1;
    // There was more than could be held at once; what was fetched is known when the window is reconciled again.
    else if (fetched === 0) return { status: 'unsupported', reason: "lists events it doesn't have" };
  }
  return { status: 'complete' };
}

/** It won't take requests for many ids. Pages name none. */
const rejectsIdFilters = ({ error, kinds }: Termination): boolean => error === 'refuses-filter' && !kinds;

/** How many of the events came, in as many requests as the relay's cap requires. */
async function fetchAll(
  stream: VerifiedStream,
  ids: readonly string[],
  { slowDown, timeouts }: NegentropySyncOptions,
): Promise<number | Termination> {
  let missing = [...ids];
  let fetched = 0;
  while (missing.length > 0) {
    const batch = missing.slice(0, BATCH);
    const page = await readPage(stream, { ids: batch }, timeouts);
    if (isTermination(page)) {
      const worse = page.recovery === 'slow-down' ? await slowDown(page) : page;
      if (worse) return worse;
      continue;
    }
    const came = batch.filter((id) => page.ids.has(id));
    fetched += came.length;
    // If nothing came, the relay has lost these or withholds them; asking again would change nothing.
    const rest = came.length > 0 ? batch.filter((id) => !page.ids.has(id)) : [];
    missing = [...rest, ...missing.slice(BATCH)];
  }
  return fetched;
}
