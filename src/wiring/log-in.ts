import type { Operators } from '../alerts/operators.ts';
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

/** A platform that this process serves from now on. */
interface Login {
  readonly platform: Pick<Platform, 'name' | 'start'>;
  readonly host: Host;
  /** Aborts when this process no longer serves it. */
  readonly signal: AbortSignal;
}

interface LoginParts {
  readonly stats: Pick<Stats, 'totals'>;
  readonly operators: Pick<Operators, 'checkReachable'>;
  /** The alerts, while this process raises them. */
  readonly alerts: { readonly current?: WiredAlerts | undefined };
}

/** Logs in to the platforms in the background. */
export interface Logins {
  add(login: Login): void;
  /** Begins with those added so far, all together, and says when the program is ready. Later ones begin at once. */
  begin(): void;
}

export function createLogins(parts: LoginParts, context: Context): Logins {
  const { log, clock, signal, lifetime } = context;
  let waiting: Login[] | undefined = [];

  async function connected(platform: PlatformName): Promise<void> {
    await parts.operators.checkReachable(platform);
    await parts.alerts.current?.check();
  }

  async function connect(logins: readonly Login[]): Promise<void> {
    try {
      await logIn(logins.map(starting), { log, clock, signal, connected });
    } catch (error) {
      // The program is about to end: on the other platform somebody can still be told why.
      await parts.alerts.current?.check();
      throw error;
    }
  }

  async function connectFirst(logins: readonly Login[]): Promise<void> {
    await connect(logins);
    if (!signal.aborted) log.info('program.ready', await readiness(parts.stats));
  }

  return {
    add(login) {
      if (waiting) waiting.push(login);
      else lifetime.watch(connect([login]));
    },
    begin() {
      const first = waiting ?? [];
      waiting = undefined;
      lifetime.watch(connectFirst(first));
    },
  };
}

const starting = ({ platform, host, signal }: Login): Starting => ({
  name: platform.name,
  start: () => platform.start(host),
  signal,
});

interface LoginTools {
  readonly log: Log;
  readonly clock: Pick<Clock, 'wait'>;
  readonly signal: AbortSignal;
  /** A platform is connected. Never rejects. */
  readonly connected?: ((platform: PlatformName) => Promise<void>) | undefined;
}

interface Starting {
  readonly name: PlatformName;
  start(): Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Logs in to every platform. Resolves when all are connected or the signal aborts, and keeps trying while one can't be
 * reached. Rejects with a single `ConfigError` for all refusals, so that two wrong tokens take one restart to fix.
 */
export async function logIn(
  platforms: readonly Starting[],
  { log, clock, signal, connected }: LoginTools,
): Promise<void> {
  const refusals: string[] = [];
  const { promise: refused, resolve: refuse } = Promise.withResolvers<void>();
  const settled = Promise.all(
    platforms.map(async ({ name: platform, start, signal: over }) => {
      try {
        await start();
        // `start` also resolves when the platform is stopped before it connected.
        if (over.aborted) return;
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
