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
import type { Store } from '../store/store.ts';
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

interface LookupParts {
  readonly storage: Storage;
  readonly author: FollowedAuthor;
  /** The relays that are followed, by whatever process. */
  readonly relays: () => readonly RelayState[];
  /** Where this process may write, if anywhere. */
  readonly writable: () => Store | undefined;
}

/** If all relays are in a private network, nobody outside of it is asked. */
export function openLookup(
  config: Config,
  { storage: { store, readNote }, author: { metadata, verifier }, relays, writable }: LookupParts,
  { log, clock, signal }: Context,
): ResolveReferences {
  function urls(): readonly string[] {
    const isUp = (state: RelayState): boolean => isConnected(state);
    const [up, down] = [relays().filter(isUp), relays().filter((state) => !isUp(state))];
    const known = [...up, ...down].map(({ url }) => url);
    // Until the process that follows them has reported.
    return known.length > 0 ? known : config.relays;
  }
  /** A process that may not write looks things up anew. */
  const caches = <T>(namespace: string) => ({
    get: (key: string) => store.values.keyv<T>(namespace).get(key),
    set: async (key: string, value: T, ttlMs?: number) =>
      writable()?.values.keyv<T>(namespace).set(key, value, ttlMs),
  });
  return createReferenceLookup({
    verifier,
    readNote,
    log,
    clock,
    signal,
    author: metadata.author,
    archive: store.archive,
    relays: urls,
    trusted: config.relays,
    indexers: config.relays.every(isPrivateUrl) ? [] : INDEXERS,
    storage: caches,
  }).resolve;
}
