import type { Config } from '../config/config.ts';
import { isPrivateUrl } from '../lib/private-addresses.ts';
import type { Note } from '../note/note.ts';
import type { ResolvedReferences } from '../note/references/references.ts';
import { botKeyFrom } from '../relays/bot-key.ts';
import { createReferenceLookup } from '../relays/lookup/reference-lookup.ts';
import { INDEXERS } from '../relays/public-relays.ts';
import { createRelayPool, type RelayPool } from '../relays/relay-pool.ts';
import type { RelayState } from '../relays/relay-stream.ts';
import { isConnected } from '../status/relay-health.ts';
import type { FollowedAuthor } from './author.ts';
import type { Context } from './context.ts';
import { openRelayProgressStore, type RelayProgressStore } from './relay-progress-store.ts';
import type { Storage } from './storage.ts';

export type FollowedRelays = RelayPool & Pick<RelayProgressStore, 'saveProgress'>;

/** Merges the operator's relays, those named in AUTHOR and the author's write relays (NIP-65) into one stream. */
export async function followRelays(
  config: Config,
  { identity, metadata, verifier }: FollowedAuthor,
  { store }: Storage,
  { metrics, log, clock, signal }: Context,
): Promise<FollowedRelays> {
  const records = await openRelayProgressStore(store.values, identity.pubkey);
  const relays = createRelayPool({
    author: identity.pubkey,
    urls: config.relays,
    key: config.botKey === undefined ? undefined : botKeyFrom(config.botKey),
    records,
    archive: store.archive,
    metrics: {
      rejected: (reason) => metrics.add('events_rejected_total', { reason }),
      refused: (reason) => metrics.add('events_refused_total', { reason }),
      saturated: () => metrics.add('seconds_overfilled_total'),
    },
    verifier,
    log,
    signal,
    now: clock.now,
  });
  await relays.setAuthorRelays(metadata.relays());
  relays.addHints(identity.relays);
  return { ...relays, saveProgress: records.saveProgress };
}

/** Finds out about the people and notes that a note mentions. */
export type ResolveReferences = (note: Note) => Promise<ResolvedReferences>;

/** If all relays are in a private network, nobody outside of it is asked. */
export function openLookup(
  config: Config,
  relays: RelayPool,
  { metadata, verifier }: FollowedAuthor,
  { store, readNote }: Storage,
  { log, clock, signal }: Context,
): ResolveReferences {
  const urls = (isWanted: (state: RelayState) => boolean): readonly string[] =>
    relays
      .states()
      .filter(isWanted)
      .map(({ url }) => url);
  return createReferenceLookup({
    verifier,
    readNote,
    log,
    clock,
    signal,
    author: metadata.author,
    archive: store.archive,
    relays: () => [...urls(isConnected), ...urls((state) => !isConnected(state))],
    trusted: config.relays,
    indexers: config.relays.every(isPrivateUrl) ? [] : INDEXERS,
    storage: <T>(namespace: string) => store.values.keyv<T>(namespace),
  }).resolve;
}
