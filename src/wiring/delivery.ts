import type { UserPreferences } from '../command/user-preferences.ts';
import { type CrosspostQueue, createCrosspostQueue } from '../delivery/crosspost-queue.ts';
import { createFailureNotices, type FailureNotices } from '../delivery/failure-notices.ts';
import { createRenderCache, type RenderCache, type RenderOptions } from '../delivery/render-cache.ts';
import type { Subscriptions } from '../delivery/subscriptions.ts';
import { type Texts, textsFor } from '../i18n/texts.ts';
import { type Job, startJobs } from '../jobs/scheduler.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { formatTimes } from '../note/dates/format-times.ts';
import type { Document } from '../note/document.ts';
import type { Note } from '../note/note.ts';
import { digestDocument } from '../note/present/digest.ts';
import { longNoteFallback } from '../note/present/long-note-fallback.ts';
import type { Platform } from '../platform/platform.ts';
import { languageOf } from '../preferences/preferences.ts';
import type { Store } from '../store/store.ts';

/** How deliveries look on a platform: in the language and the zone of each place. */
export function renderingFor(
  platform: Platform,
  presented: (note: Note, texts: Texts) => Promise<Document>,
): RenderCache {
  const textsOf = (view: RenderOptions): Texts => textsFor(languageOf(view) ?? 'en');
  const shown = (document: Document, view: RenderOptions): Document =>
    formatTimes(document, textsOf(view), view.timeZone);
  return createRenderCache({
    platform,
    presented: async (note, view) => shown(await presented(note, textsOf(view)), view),
    brief: (note, view) => longNoteFallback(note, textsOf(view)),
    digest: (digest, view) => shown(digestDocument(digest, textsOf(view), view), view),
  });
}

interface Tools {
  readonly store: Pick<Store, 'destinations' | 'values' | 'maintain'>;
  readonly log: Log;
  readonly clock: Clock;
}

/** What goes on beside a platform's deliveries: what is posted goes out further, and people hear of troubles. */
export function openSideQueues(
  platform: Platform,
  { store, log, clock }: Tools,
): { readonly publishing: CrosspostQueue; readonly notices: FailureNotices } {
  const readers = store.values.keyv<UserPreferences>('reader');
  return {
    publishing: createCrosspostQueue({ platform, storage: store.values.keyv('publish'), log, clock }),
    notices: createFailureNotices({
      platform,
      storage: store.values.keyv('notice'),
      owners: store.values.keyv('made'),
      exists: async (id) => (await store.destinations.get(id)) !== undefined,
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
