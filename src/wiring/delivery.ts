import type { UserPreferences } from '../command/user-preferences.ts';
import { type CrosspostQueue, createCrosspostQueue } from '../delivery/crosspost-queue.ts';
import { createFailureNotices, type FailureNotices } from '../delivery/failure-notices.ts';
import { createRenderCache, type RenderCache, type RenderOptions } from '../delivery/render-cache.ts';
import type { Subscriptions } from '../delivery/subscriptions.ts';
import { textsFor } from '../i18n/texts.ts';
import { type Job, startJobs } from '../jobs/scheduler.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Note } from '../note/note.ts';
import { digestDocument } from '../note/present/digest.ts';
import type { Presenter, Reader } from '../note/present/finish.ts';
import type { ResolvedReferences } from '../note/references/references.ts';
import type { Platform } from '../platform/platform.ts';
import { languageOf } from '../preferences/preferences.ts';
import type { Store } from '../store/store.ts';

/** Renders posts and digests for a platform, in the language and time zone of each destination. */
export function renderingFor(
  platform: Platform,
  presenter: Presenter,
  resolve: (note: Note) => Promise<ResolvedReferences>,
): RenderCache {
  const readerOf = (view: RenderOptions): Reader => ({
    language: languageOf(view),
    timeZone: view.timeZone,
  });
  return createRenderCache({
    platform,
    finishNote: async (note, view) => presenter.finishNote(note, readerOf(view), await resolve(note)),
    finishDigest: (digest, view) =>
      presenter.finish(digestDocument(digest, textsFor(languageOf(view) ?? 'en'), view), readerOf(view)),
  });
}

interface Tools {
  readonly store: Store;
  readonly log: Log;
  readonly clock: Clock;
}

/** What goes on beside a platform's deliveries: what is posted goes out further, and people hear of troubles. */
export function openSideQueues(
  platform: Platform,
  { store, log, clock }: Tools,
): { readonly publishing: CrosspostQueue; readonly notices: FailureNotices } {
  const readers = store.keyv<UserPreferences>('reader');
  return {
    publishing: createCrosspostQueue({ platform, storage: store.keyv('publish'), log, clock }),
    notices: createFailureNotices({
      platform,
      storage: store.keyv('notice'),
      owners: store.keyv('made'),
      exists: async (id) => (await store.destination(id)) !== undefined,
      languageOf: async (person) => (await readers.get(person))?.language,
      log: log.with({ platform: platform.name }),
    }),
  };
}

/** What is done by the hour, whatever happens; returns what ends it. */
export function startDeliveryJobs(
  { store, log, clock }: Tools,
  subscriptions: Pick<Subscriptions, 'probe'>,
  wake: () => void,
  more: readonly Job[] = [],
): () => unknown {
  return startJobs(
    [
      { name: 'tidy', cron: '*/5 * * * *', run: () => store.maintain(clock.now()).then(wake) },
      { name: 'probe', cron: '7 * * * *', run: subscriptions.probe },
      ...more,
    ],
    { log, clock },
  );
}
