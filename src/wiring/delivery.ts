import type { UserPreferences } from '../command/user-preferences.ts';
import type { Config } from '../config/config.ts';
import { createCrosspostQueue } from '../delivery/crosspost-queue.ts';
import { createDeliveryLoop } from '../delivery/delivery-loop.ts';
import { createFailureNotices } from '../delivery/failure-notices.ts';
import { createRenderCache, type RenderCache, type RenderOptions } from '../delivery/render-cache.ts';
import { createSubscriptions, type Subscriptions } from '../delivery/subscriptions.ts';
import { textsFor } from '../i18n/texts.ts';
import { digestDocument } from '../note/present/digest.ts';
import type { Presenter, Reader } from '../note/present/finish.ts';
import type { Platform } from '../platform/platform.ts';
import { languageOf } from '../preferences/preferences.ts';
import type { Database, Lease } from '../store/database.ts';
import type { Context } from './context.ts';
import type { ResolveReferences } from './relays.ts';
import type { Storage } from './storage.ts';

export interface WiredDelivery {
  /** Why the platform isn't served at the moment. */
  error(): string | undefined;
  /** The token was rejected: nothing more is delivered. */
  isHalted(): boolean;
  readonly subscriptions: Subscriptions;
  /** Drops whatever is in memory about these destinations. */
  forget(destinations: readonly string[]): Promise<void>;
  /** Starts delivering; shutdown waits for the sends that are under way. */
  start(): void;
}

interface DeliveryParts {
  readonly platform: Platform;
  readonly storage: Storage;
  readonly database: Database;
  readonly lease: Lease;
  readonly presenter: Presenter;
  readonly resolve: ResolveReferences;
}

/** Builds what brings notes from the journal to a platform, and subscribes the destinations of the configuration. */
export async function openDelivery(
  config: Config,
  parts: DeliveryParts,
  context: Context,
): Promise<WiredDelivery> {
  const { log, clock, signal, lifetime } = context;
  const { platform } = parts;
  const { store } = parts.storage.retry;
  const queues = createSideQueues(platform, parts.storage, context);
  const loop = createDeliveryLoop({
    ...context,
    ...queues,
    store,
    platform,
    maySend: parts.lease.isFresh,
    catchUpAfter: config.catchUpAfter,
    renderCache: renderingFor(platform, parts.presenter, parts.resolve),
    random: Math.random,
  });
  const subscriptions = createSubscriptions({ store, wake: loop.wake, log });
  await subscriptions.applyConfig(platform.name, config[platform.name]?.destinations ?? []);
  // What expired while the program was down is neither sent nor shown any more.
  await store.journal.deleteExpired(clock.now());
  return {
    error: loop.error,
    isHalted: loop.isHalted,
    subscriptions,
    async forget(destinations) {
      await queues.failureNotices.forget(destinations);
      await queues.crossposts.forget(destinations);
    },
    start() {
      lifetime.onShutdown(parts.database.watch('journal', loop.wake));
      lifetime.run(loop.run(signal));
      lifetime.run(queues.crossposts.run(signal));
    },
  };
}

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
