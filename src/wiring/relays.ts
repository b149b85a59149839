import type { Config } from '../config/config.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Counters } from '../lib/metrics.ts';
import { isPrivateUrl } from '../lib/private-addresses.ts';
import type { EventToNote } from '../note/event-to-note.ts';
import type { ResolvedAuthor } from '../relays/author/author-identifier.ts';
import type { AuthorMetadata } from '../relays/author/author-metadata.ts';
import { botKeyFrom } from '../relays/bot-key.ts';
import { createReferenceLookup, type ReferenceLookup } from '../relays/lookup/reference-lookup.ts';
import { INDEXERS } from '../relays/public-relays.ts';
import { createRelayPool, type RelayPool, type RelayState } from '../relays/relay-pool.ts';
import type { Verifier } from '../relays/verify.ts';
import { isConnected } from '../status/report.ts';
import type { Store } from '../store/store.ts';
import { openRelayProgressStore, type RelayProgressStore } from './relay-progress-store.ts';

export interface FollowParts {
  readonly author: ResolvedAuthor;
  readonly book: AuthorMetadata;
  readonly store: Pick<Store, 'archive' | 'values' | 'journal' | 'stats'>;
  readonly verifier: Verifier;
  readonly readNote: EventToNote;
  readonly counters: Counters;
  readonly log: Log;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** The operator's relays, those that came with AUTHOR, and those the author writes to (NIP-65), as one stream. */
export async function followRelays(
  config: Config,
  { author, book, store, verifier, counters, log, clock, signal }: FollowParts,
): Promise<RelayPool & Pick<RelayProgressStore, 'saveProgress'>> {
  const records = await openRelayProgressStore(store.values, author.pubkey);
  const relays = createRelayPool({
    author: author.pubkey,
    urls: config.relays,
    key: config.botKey === undefined ? undefined : botKeyFrom(config.botKey),
    records,
    archive: store.archive,
    counted: {
      rejected: (reason) => counters.add('events_rejected_total', { reason }),
      refused: (reason) => counters.add('events_refused_total', { reason }),
      overfilled: () => counters.add('seconds_overfilled_total'),
    },
    verifier,
    log,
    signal,
    now: clock.now,
  });
  await relays.setAuthorRelays(book.relays());
  relays.addHints(author.relays);
  return { ...relays, saveProgress: records.saveProgress };
}

/** Looks up those whom notes name. Where all relays are in a private network, nobody outside of it is asked. */
export function openLookup(
  config: Config,
  relays: RelayPool,
  parts: Omit<FollowParts, 'author' | 'counters'>,
): ReferenceLookup {
  const { book, store } = parts;
  const urls = (isWanted: (state: RelayState) => boolean): readonly string[] =>
    relays
      .states()
      .filter(isWanted)
      .map(({ url }) => url);
  return createReferenceLookup({
    ...parts,
    author: book.author,
    archive: store.archive,
    relays: () => [...urls(isConnected), ...urls((state) => !isConnected(state))],
    trusted: config.relays,
    indexers: config.relays.every(isPrivateUrl) ? [] : INDEXERS,
    storage: <T>(namespace: string) => store.values.keyv<T>(namespace),
  });
}
