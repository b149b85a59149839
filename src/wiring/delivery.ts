import type { UserPreferences } from '../command/user-preferences.ts';
import type { Config } from '../config/config.ts';
import { createCrosspostQueue } from '../delivery/crosspost-queue.ts';
import { createDeliveryLoop, type DeliveryLoop } from '../delivery/delivery-loop.ts';
import { createFailureNotices } from '../delivery/failure-notices.ts';
import { createRenderCache, type RenderCache, type RenderOptions } from '../delivery/render-cache.ts';
import { createSubscriptions, type Subscriptions } from '../delivery/subscriptions.ts';
import { textsFor } from '../i18n/texts.ts';
import { type Job, startJobs } from '../jobs/scheduler.ts';
import { digestDocument } from '../note/present/digest.ts';
import type { Presenter, Reader } from '../note/present/finish.ts';
import type { Platform } from '../platform/platform.ts';
import { PLATFORM_NAMES } from '../platform/platforms.ts';
import { languageOf } from '../preferences/preferences.ts';
import type { Context } from './context.ts';
import type { ResolveReferences } from './relays.ts';
import type { Storage } from './storage.ts';

export interface WiredDelivery {
  /** One per platform, in the same order. */
  readonly loops: readonly DeliveryLoop[];
  readonly subscriptions: Subscriptions;
  /** There may be something to deliver. */
  wake(): void;
  /** Drops whatever is in memory about these destinations. */
  forget(destinations: readonly string[]): Promise<void>;
  /** Starts delivering; shutdown waits for the sends that are under way. */
  start(): void;
}

/** Builds what brings notes from the journal to each platform, and subscribes the destinations of the configuration. */
export async function openDelivery(
  config: Config,
  parts: {
    readonly platforms: readonly Platform[];
    readonly storage: Storage;
    readonly presenter: Presenter;
    readonly resolve: ResolveReferences;
  },
  context: Context,
): Promise<WiredDelivery> {
  const { log, clock, signal, lifetime } = context;
  const { retry } = parts.storage;
  const perPlatform = parts.platforms.map((platform) => {
    const queues = createSideQueues(platform, parts.storage, context);
    const loop = createDeliveryLoop({
      ...context,
      ...queues,
      store: retry.store,
      platform,
      catchUpAfter: config.catchUpAfter,
      renderCache: renderingFor(platform, parts.presenter, parts.resolve),
      random: Math.random,
    });
    return { ...queues, loop };
  });
  const loops = perPlatform.map(({ loop }) => loop);
  const wake = (): void => loops.forEach((loop) => loop.wake());
  const subscriptions = createSubscriptions({ store: retry.store, wake, log });
  await subscriptions.applyConfig(configuredDestinations(config));
  // What expired while the program was down is neither sent nor shown any more.
  await retry.store.journal.deleteExpired(clock.now());
  return {
    loops,
    subscriptions,
    wake,
    async forget(destinations) {
      for (const { failureNotices, crossposts } of perPlatform) {
        await failureNotices.forget(destinations);
        await crossposts.forget(destinations);
      }
    },
    start() {
      for (const { loop, crossposts } of perPlatform) {
        lifetime.run(loop.run(signal));
        lifetime.run(crossposts.run(signal));
      }
    },
  };
}

const configuredDestinations = (config: Config): readonly string[] =>
  PLATFORM_NAMES.flatMap((name) => (config[name]?.destinations ?? []).map((id) => `${name}:${id}`));

/** Crossposts and failure notices, which are sent beside the deliveries. */
function createSideQueues(platform: Platform, { store }: Storage, { log, clock }: Context) {
  const preferences = store.values.keyv<UserPreferences>('reader');
  return {
    crossposts: createCrosspostQueue({ platform, storage: store.values.keyv('publish'), log, clock }),
    failureNotices: createFailureNotices({
      platform,
      storage: store.values.keyv('notice'),
      owners: store.values.keyv('made'),
      exists: async (id) => (await store.destinations.get(id)) !== undefined,
      languageOf: async (person) => (await preferences.get(person))?.language,
      log: log.with({ platform: platform.name }),
    }),
  };
}

/** Renders posts and digests for a platform, in the language and time zone of each destination. */
export function renderingFor(
  platform: Platform,
  presenter: Presenter,
  resolve: ResolveReferences,
): RenderCache {
  const readerOf = (options: RenderOptions): Reader => ({
    language: languageOf(options),
    timeZone: options.timeZone,
  });
  return createRenderCache({
    platform,
    finishNote: async (note, options) => presenter.finishNote(note, readerOf(options), await resolve(note)),
    finishDigest: (digest, options) =>
      presenter.finish(
        digestDocument(digest, textsFor(languageOf(options) ?? 'en'), options),
        readerOf(options),
      ),
  });
}

/** Starts the scheduled jobs, `more` among them. */
export function startScheduledJobs(
  { store }: Storage,
  { subscriptions, wake }: WiredDelivery,
  more: readonly Job[],
  { log, clock, lifetime }: Context,
): void {
  const jobs: readonly Job[] = [
    { name: 'tidy', cron: '*/5 * * * *', run: () => store.maintain(clock.now()).then(wake) },
    { name: 'probe', cron: '7 * * * *', run: subscriptions.probe },
    ...more,
  ];
  lifetime.onShutdown(startJobs(jobs, { log, clock }));
}
