import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import type { Fields } from '../lib/log.ts';
import { quoteIfSafe } from '../lib/secret-patterns.ts';
import type { PlatformName } from '../platform/platforms.ts';
import type { Role } from '../roles/role-names.ts';
import type { DiskUse } from '../status/disk.ts';
import { checkName, type Fleet } from '../status/fleet.ts';
import type { HealthCheck } from '../status/health.ts';
import { watchHealth } from '../status/health-watch.ts';
import { createStatusPage, type StatusPage } from '../status/page/status-page.ts';
import { createStatusReport, type StatusReport } from '../status/report.ts';
import { type StatusServer, type StatusSource, startStatusServer } from '../status/server.ts';
import type { Stats } from '../store/stats.ts';
import type { Store } from '../store/store.ts';
import type { ActivityLog } from './activity.ts';
import type { FollowedAuthor } from './author.ts';
import type { Context } from './context.ts';
import type { SharedStorage } from './storage.ts';

interface ReportParts {
  readonly storage: SharedStorage;
  readonly fleet: Fleet;
  /** Of this process. */
  readonly roles: readonly Role[];
  /** Where this process may write; a standby only reads. */
  writable(): Store | undefined;
  readonly startedAtMs: number;
  /** Version and Node, as far as known. */
  readonly program: Fields;
  readonly diskUse: () => Promise<DiskUse | undefined>;
}

/** What `/healthz`, `/metrics` and the `status` command report. */
export function createReport(parts: ReportParts, { metrics, serverClock }: Context): StatusReport {
  const { version = 'unknown', node = process.versions.node } = parts.program;
  const { fleet } = parts;
  return createStatusReport({
    stats: parts.storage.store.stats,
    relays: fleet.relays,
    registry: metrics.registry,
    startedAtMs: parts.startedAtMs,
    checks: healthChecks(parts),
    errorsElsewhere: () => fleet.errors('elsewhere'),
    build: { version: String(version), node: String(node) },
    diskUse: parts.diskUse,
    clockOffsetsMs: serverClock.offsetsMs,
  });
}

function healthChecks({ storage, roles, fleet, writable }: ReportParts): readonly HealthCheck[] {
  return [
    {
      name: 'store',
      // What is waiting to be written knows first.
      error: async () => {
        const waiting = fleet.errors('here')['store'];
        if (waiting === undefined) await (writable()?.check() ?? storage.database.holders());
        return waiting;
      },
    },
    ...[...new Set(roles.map(({ name }) => checkName(name)))].map((name) => ({
      name,
      error: () => fleet.errors('here')[name],
    })),
  ];
}

interface PageParts extends Pick<ReportParts, 'storage' | 'fleet' | 'startedAtMs'> {
  readonly platforms: readonly PlatformName[];
  readonly author: FollowedAuthor;
  readonly activity: ActivityLog;
  readonly report: StatusReport;
}

/** The status page, with what it tells about the past. */
export function openStatusPage(parts: PageParts, context: Context): StatusPage {
  const { storage, platforms, author, activity, report, fleet, startedAtMs } = parts;
  const { clock } = context;
  const healthWatch = watchHealth(report.allErrors, clock.now, startedAtMs);
  activity.start(healthWatch, context);
  return createStatusPage({
    ...clock,
    store: storage.store,
    platforms,
    healthWatch,
    journeys: activity.journeys,
    saveActivity: activity.save,
    relays: fleet.relays,
    ...(storage.database.isShared && { processes: fleet.states }),
    authorName: () => author.metadata.author().name,
    startedAtMs,
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
}

/** Starts the status server. Throws `ConfigError` if it can't listen on the configured address. */
export async function serveStatus(
  { host, port, statusPassword: password }: Config,
  source: StatusSource,
  { log, lifetime, clock: { steady } }: Context,
): Promise<StatusServer> {
  try {
    const server = await startStatusServer(source, { host, port, password, steady });
    lifetime.onShutdown(server.stop);
    log.info('status.listening', { url: server.url });
    if (!server.hasPage) log.info('status_page.withheld', { host });
    return server;
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new ConfigError([
      `HOST, PORT: can't listen on ${quoteIfSafe(host) ?? 'that host'}, port ${port} (${code})`,
    ]);
  }
}

/** What the operator wants to know once every platform is connected, with a hint if nobody is subscribed. */
export async function readiness(stats: Pick<Stats, 'totals'>) {
  const { destinations, notes } = await stats.totals();
  const hint = 'nobody is subscribed yet: run /subscribe in the channel or chat that should get posts';
  return { destinations: destinations.active, notes, ...(destinations.active === 0 && { hint }) };
}
