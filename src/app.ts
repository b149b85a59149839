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
import { createErrands } from './roles/errands.ts';
import { type ReadDiskUse, readDiskUse } from './status/disk.ts';
import { createFleet } from './status/fleet.ts';
import { createActivityLog } from './wiring/activity.ts';
import { createConfiguredOperators } from './wiring/alerts.ts';
import type { Context } from './wiring/context.ts';
import { createLogins } from './wiring/log-in.ts';
import { createOutlets } from './wiring/outlets.ts';
import { openLookup } from './wiring/relays.ts';
import { createRoles } from './wiring/roles.ts';
import { setUp } from './wiring/set-up.ts';
import type { SharedParts } from './wiring/shared-parts.ts';
import { serveSite } from './wiring/site.ts';
import { createReport, openStatusPage, serveStatus } from './wiring/status.ts';
import { type OpenDatabase, openStorage } from './wiring/storage.ts';

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
  const platforms = PLATFORM_NAMES.filter((name) => config[name]);
  const context: Context = {
    log,
    clock,
    serverClock: createServerClock(clock),
    metrics: createMetrics(clock, platforms, activity.listener),
    lifetime,
    signal: lifetime.signal,
  };
  const startedAtMs = clock.now();

  const storage = await openStorage(config, context, parts.openDatabase);
  const { database, store } = storage;
  const roles = createRoles({ roles: config.roles, database }, context);
  const { writable } = roles;
  await activity.keepIn(store, writable);
  const basics = await setUp(config, storage, startedAtMs, context, parts.fetch);
  const { author } = basics;
  const { name, npub } = author.metadata.author();
  log.info('author.followed', { ...parts.program, name, npub });
  const fleet = createFleet({ database, expected: ['relay', ...platforms], clock, log });
  const { relays } = fleet;
  const resolve = openLookup(config, { storage, author, relays, writable }, context);
  const presenter = createPresenter({
    webClient: config.viewer,
    publicUrl: config.site?.url,
    ...author.metadata,
  });
  const pictures = createOwnPictures(toPng, log);
  const errands = createErrands({ database, ...context });
  const outlets = createOutlets(platforms, errands, writable);

  const { program = {}, readDiskUse: readDisk = readDiskUse } = parts;
  const diskUse = async () =>
    config.database.engine === 'sqlite' ? readDisk(config.database.path) : undefined;
  const reporting = {
    storage,
    fleet,
    roles: config.roles,
    writable,
    startedAtMs,
    program,
    diskUse,
  };
  const report = createReport(reporting, context);
  const page = openStatusPage({ storage, fleet, platforms, author, activity, report, startedAtMs }, context);
  const status = await serveStatus(
    config,
    { ...report, page, ...(database.isShared && { roles: roles.states }) },
    context,
  );
  const site = await serveSite(config, { author, storage, presenter, resolve }, context);
  const operators = createConfiguredOperators(config, { store, outlets: outlets.all, presenter }, context);
  const alerts: SharedParts['alerts'] = {};
  const logins = createLogins({ stats: store.stats, operators, alerts }, context);

  const onProgress = (archived: number): void => parts.onProgress?.(archived);
  const { commands } = parts;
  const shared = {
    config,
    commands,
    platforms,
    storage,
    presenter,
    pictures,
    resolve,
    fleet,
    errands,
    outlets,
  };
  await roles.take({
    ...shared,
    ...basics,
    operators,
    alerts,
    logins,
    activity,
    report,
    diskUse,
    onProgress,
  });
  lifetime.run(fleet.run(lifetime.signal));
  roles.start();
  logins.begin();
  return {
    statusUrl: status.url,
    ...(site && { siteUrl: site.url }),
    failed: lifetime.failed,
    stop: lifetime.keep(),
  };
}
