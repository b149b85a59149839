import { ConfigError } from '../config/config-error.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { type Host, LoginRefusedError, type Platform } from '../platform/platform.ts';
import type { PlatformName } from '../platform/platforms.ts';
import type { Stats } from '../store/stats.ts';
import type { WiredAlerts } from './alerts.ts';
import type { Context } from './context.ts';
import { readiness } from './status.ts';

/** Once one platform refuses its token, how long the others get to report theirs, in milliseconds. */
const OTHER_REFUSALS_MS = 5_000;

/** Logs in to the platforms in the background and says when the program is ready. */
export function connectPlatforms(
  platforms: readonly Platform[],
  host: Host,
  stats: Pick<Stats, 'totals'>,
  alerts: WiredAlerts | undefined,
  context: Context,
): void {
  const { log, signal, lifetime } = context;
  for (const platform of platforms) lifetime.onShutdown(platform.stop);
  const connect = async (): Promise<void> => {
    try {
      await logIn(platforms, host, { ...context, connected: alerts?.connected });
    } catch (error) {
      // The program is about to end: on the other platform somebody can still be told why.
      await alerts?.check();
      throw error;
    }
    if (!signal.aborted) log.info('program.ready', await readiness(stats));
  };
  lifetime.watch(connect());
}

interface LoginTools {
  readonly log: Log;
  readonly clock: Pick<Clock, 'wait'>;
  readonly signal: AbortSignal;
  /** A platform is connected. Never rejects. */
  readonly connected?: ((platform: PlatformName) => Promise<void>) | undefined;
}

/**
 * Logs in to every platform. Resolves when all are connected or the signal aborts, and keeps trying while one can't be
 * reached. Rejects with a single `ConfigError` for all refusals, so that two wrong tokens take one restart to fix.
 */
export async function logIn(
  platforms: readonly Pick<Platform, 'name' | 'start'>[],
  host: Host,
  { log, clock, signal, connected }: LoginTools,
): Promise<void> {
  const refusals: string[] = [];
  const { promise: refused, resolve: refuse } = Promise.withResolvers<void>();
  const settled = Promise.all(
    platforms.map(async ({ name: platform, start }) => {
      try {
        await start(host);
        // `start` also resolves when the platform is stopped before it connected.
        if (signal.aborted) return;
        log.info('platform.connected', { platform });
        await connected?.(platform);
      } catch (error) {
        if (!(error instanceof LoginRefusedError)) throw error;
        log.error('platform.refused', { platform, reason: error.message });
        refusals.push(error.message);
        refuse();
      }
    }),
  );
  await Promise.race([settled, refused.then(() => clock.wait(OTHER_REFUSALS_MS, signal))]);
  if (refusals.length > 0) throw new ConfigError(refusals);
}
