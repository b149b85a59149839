import type { KeyValue } from '../lib/key-value.ts';

/** What survives a crash. */
interface Runs {
  /** The last run hasn't ended properly, or is still running. */
  readonly isRunning: boolean;
  /** When runs began after one that had ended unexpectedly, in milliseconds since 1970. */
  readonly crashes: readonly number[];
}

/** Knows how often the program ended without being stopped: crashed, killed, out of memory, out of power. */
export interface CrashWatch {
  /** Within the last hour. */
  crashes(): number;
  /** The program is being stopped. */
  stopped(): Promise<void>;
}

const KEY = 'runs';
const WINDOW_MS = 60 * 60_000;
const MAX_CRASHES = 100;

/** Counts from now on as running. Rejects if the store fails. */
export async function openCrashWatch(
  storage: Pick<KeyValue<Runs>, 'get' | 'set'>,
  now: () => number,
): Promise<CrashWatch> {
  const before = (await storage.get(KEY)) ?? { isRunning: false, crashes: [] };
  const startedAtMs = now();
  // A clock that was set back leaves times in the future.
  const recent = before.crashes.filter((at) => at <= startedAtMs && startedAtMs - at < WINDOW_MS);
  const crashes = before.isRunning ? [...recent, startedAtMs].slice(-MAX_CRASHES) : recent;
  await storage.set(KEY, { isRunning: true, crashes });
  return {
    crashes: () => crashes.filter((at) => now() - at < WINDOW_MS).length,
    stopped: async () => void (await storage.set(KEY, { isRunning: false, crashes })),
  };
}
