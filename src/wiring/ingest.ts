import type { Config } from '../config/config.ts';
import { ingest } from '../ingest/ingest.ts';
import { createExpiryTimer } from '../jobs/expiry.ts';
import type { FollowedAuthor } from './author.ts';
import type { Context } from './context.ts';
import type { NewsDates } from './news.ts';
import type { FollowedRelays } from './relays.ts';
import type { Storage } from './storage.ts';

interface IngestParts {
  readonly storage: Storage;
  readonly author: FollowedAuthor;
  readonly relays: FollowedRelays;
  readonly news: NewsDates;
  /** How many old notes are in the archive so far. */
  onProgress(archived: number): void;
}

/** Moves what the relays send into the archive and the journal, and deletes notes when they expire. */
export function startIngest(
  { relayProtected, breakingHashtag }: Config,
  { storage: { retry, readNote }, author: { metadata }, relays, news, onProgress }: IngestParts,
  { log, clock, metrics, lifetime, signal }: Context,
): void {
  const expiry = createExpiryTimer({ journal: retry.store.journal, clock });
  lifetime.run(expiry.run(signal));
  lifetime.run(
    ingest(relays.stream, {
      store: retry.store,
      readNote,
      log,
      clock,
      metrics,
      newsSince: news.since,
      settledUntil: news.settledUntil,
      relayProtected,
      breakingHashtag,
      awaitedRelays: relays.states().map(({ url }) => url),
      handleAuthorEvent: async (event) => {
        const { name } = metadata.author();
        if (!(await retry.retryUntilOk(() => metadata.update(event)))) return;
        if (metadata.author().name !== name) log.info('author.named', { name: metadata.author().name });
        await relays.setAuthorRelays(metadata.relays());
      },
      saveProgress: (caughtUp) => retry.retryUntilOk(() => relays.saveProgress(caughtUp)),
      rescheduleExpiry: expiry.reschedule,
      onProgress,
    }),
  );
}
