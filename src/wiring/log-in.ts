import { ConfigError } from '../config/config.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { type Host, LoginRefusedError, type Platform } from '../platform/platform.ts';

interface Tools {
  readonly log: Log;
  readonly clock: Pick<Clock, 'wait'>;
  readonly signal: AbortSignal;
}

/** Where one platform refuses, how long the others have to say what they think of theirs, in milliseconds. */
const LAST_WORD_MS = 5_000;

/**
 * Logs in to every platform. Resolves when all are connected, or when the signal aborts; while one can't be reached, it
 * goes on trying. Rejects with one `ConfigError` that has every refusal, so that two wrong tokens are one restart.
 */
export async function logIn(
  platforms: readonly Pick<Platform, 'name' | 'start'>[],
  host: Host,
  { log, clock, signal }: Tools,
): Promise<void> {
  const refusals: string[] = [];
  const { promise: refused, resolve: refuse } = Promise.withResolvers<void>();
  const settled = Promise.all(
    platforms.map(async ({ name: platform, start }) => {
      try {
        await start(host);
        // Who is stopped before that is not connected either.
        if (!signal.aborted) log.info('platform.connected', { platform });
      } catch (error) {
        if (!(error instanceof LoginRefusedError)) throw error;
        log.error('platform.refused', { platform, reason: error.message });
        refusals.push(error.message);
        refuse();
      }
    }),
  );
  await Promise.race([settled, refused.then(() => clock.wait(LAST_WORD_MS, signal))]);
  if (refusals.length > 0) throw new ConfigError(refusals);
}
