import { toPng } from './charts/png.ts';
import type { Command } from './command/command.ts';
import type { Config } from './config/config.ts';
import { type Clock, systemClock } from './lib/clock.ts';
import { createLifetime } from './lib/lifetime.ts';
import type { Fields, Log } from './lib/log.ts';
import { createMetrics } from './lib/metrics.ts';
import { createServerClock } from './lib/server-clock.ts';
import { createOwnPictures } from './media/own-pictures.ts';
import { createPresenter } from './note/present/finish.ts';
import { PLATFORM_NAMES } from './platform/platforms.ts';
import { type ReadDiskUse, readDiskUse } from './status/disk.ts';
import { createActivityLog } from './wiring/activity.ts';
import { openOperatorAlerts } from './wiring/alerts.ts';
import { openAuthor } from './wiring/author.ts';
import { createHost } from './wiring/commands.ts';
import type { Context } from './wiring/context.ts';
import { openDelivery, startScheduledJobs } from './wiring/delivery.ts';
import { openInbox } from './wiring/inbox.ts';
import { startIngest } from './wiring/ingest.ts';
import { connectPlatforms } from './wiring/log-in.ts';
import { createPlatforms } from './wiring/platforms.ts';
import { followRelays, openLookup } from './wiring/relays.ts';
import { serveSite } from './wiring/site.ts';
import { createReport, openStatusPage, serveStatus } from './wiring/status.ts';
import { newsDates, type OpenDatabase, openStorage } from './wiring/storage.ts';

export interface AppParts {
  /** Version, Node and platforms, for the first line of the log. */
  readonly program?: Fields;
  readonly commands: readonly Command[];
  readonly log: Log;
  /** How many old notes are in the archive so far, while the first start fills it. */
  onProgress?(archived: number): void;
  readonly fetch?: typeof fetch;
  /** Default: the system clock. */
  readonly clock?: Clock;
  /** Default: what the system says. */
  readonly readDiskUse?: ReadDiskUse;
  /** Default: the database named by the configuration. */
  readonly openDatabase?: OpenDatabase;
}

export interface App {
  /** Base address of the status page, `/healthz` and `/metrics`. */
  readonly statusUrl: string;
  /** Where the public site listens, for a reverse proxy; absent without `PUBLIC_URL`. */
  readonly siteUrl?: string;
  /** Rejects on an error that the program can't recover from, such as a refused token or a bug in the intake. */
  readonly failed: Promise<never>;
  /** Stops taking new work, finishes the work in hand and closes everything. May be called again. */
  stop(): Promise<void>;
}

/**
 * Builds the program and starts it. Resolves as soon as it works as far as it can: relays and platforms that can't be
 * reached are retried in the background. Throws `ConfigError` for anything only the operator can fix.
 */
export async function startApp(config: Config, parts: AppParts): Promise<App> {
  // If a step throws, everything opened before it is closed again.
  await using lifetime = createLifetime();
  const { log, clock = systemClock } = parts;
  const activity = createActivityLog(clock, log);
  const context: Context = {
    log,
    clock,
    serverClock: createServerClock(clock),
    metrics: createMetrics(
      clock,
      PLATFORM_NAMES.filter((name) => config[name]),
      activity.listener,
    ),
    lifetime,
    signal: lifetime.signal,
  };
  const startedAtMs = clock.now();

  const storage = await openStorage(config, context, parts.openDatabase);
  const { store } = storage;
  await activity.keepIn(store, context);
  const author = await openAuthor(config, store.values, context, parts.fetch);
  const { name, npub } = author.metadata.author();
  log.info('author.followed', { ...parts.program, name, npub });
  const relays = await followRelays(config, author, storage, context);
  const resolve = openLookup(config, relays, author, storage, context);
  const presenter = createPresenter({
    webClient: config.viewer,
    publicUrl: config.site?.url,
    ...author.metadata,
  });
  const pictures = createOwnPictures(toPng, log);
  const platforms = createPlatforms(config, store.values, pictures, context);
  const delivery = await openDelivery(config, { platforms, storage, presenter, resolve }, context);

  const { program = {}, readDiskUse: readDisk = readDiskUse } = parts;
  const diskUse = async () =>
    config.database.engine === 'sqlite' ? readDisk(config.database.path) : undefined;
  const report = createReport(
    { storage, relays, platforms, delivery, startedAtMs, program, diskUse },
    context,
  );
  const page = openStatusPage({ storage, relays, platforms, author, activity, report, startedAtMs }, context);
  const status = await serveStatus(config, { ...report, page }, context);
  const site = await serveSite(config, { author, storage, presenter, resolve }, context);
  const news = await newsDates(store.values, startedAtMs);
  const inbox = await openInbox(config, { author, store, platforms, presenter, news }, context);
  const alerts = await openOperatorAlerts(
    config,
    { store, platforms, delivery, report, presenter, diskUse },
    context,
  );
  const { commands } = parts;
  const host = await createHost(
    config,
    { commands, storage, author, platforms, delivery, report, inbox, alerts, presenter, pictures, resolve },
    context,
  );

  connectPlatforms(platforms, host, store.stats, alerts, context);
  alerts?.start();
  inbox?.start();
  delivery.start();
  const onProgress = (archived: number): void => parts.onProgress?.(archived);
  const { wake: wakeDelivery } = delivery;
  startIngest(config, { storage, author, relays, news, wakeDelivery, onProgress }, context);
  startScheduledJobs(storage, delivery, inbox?.jobs ?? [], context);
  return {
    statusUrl: status.url,
    ...(site && { siteUrl: site.url }),
    failed: lifetime.failed,
    stop: lifetime.keep(),
  };
}
