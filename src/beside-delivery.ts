import type { Reader } from './command/reader.ts';
import type { Log } from './log.ts';
import { createNotices, type Notices } from './pipeline/notices.ts';
import { createPublishing, type Publishing } from './pipeline/publishing.ts';
import { type Errand, startSchedule } from './pipeline/schedule.ts';
import type { Subscriptions } from './pipeline/subscriptions.ts';
import type { Clock } from './pipeline/timing.ts';
import type { Platform } from './platform/platform.ts';
import type { Store } from './store/store.ts';

interface Tools {
  readonly store: Store;
  readonly log: Log;
  readonly clock: Clock;
}

/** What goes on beside a platform's deliveries: what is posted goes out further, and people hear of troubles. */
export function openBeside(
  platform: Platform,
  { store, log, clock }: Tools,
): { readonly publishing: Publishing; readonly notices: Notices } {
  const readers = store.keyv<Reader>('reader');
  return {
    publishing: createPublishing({ platform, shelf: store.keyv('publish'), log, clock }),
    notices: createNotices({
      platform,
      shelf: store.keyv('notice'),
      made: store.keyv('made'),
      isThere: async (id) => (await store.destination(id)) !== undefined,
      languageOf: async (person) => (await readers.get(person))?.language,
      log: log.with({ platform: platform.name }),
    }),
  };
}

/** What is done by the hour, whatever happens; returns what ends it. */
export function startErrands(
  { store, log, clock }: Tools,
  subscriptions: Pick<Subscriptions, 'probe'>,
  wake: () => void,
  more: readonly Errand[] = [],
): () => unknown {
  return startSchedule(
    [
      { name: 'tidy', when: '*/5 * * * *', run: () => store.tidy(clock.now()).then(wake) },
      { name: 'probe', when: '7 * * * *', run: subscriptions.probe },
      ...more,
    ],
    { log, clock },
  );
}
