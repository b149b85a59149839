import { readDatabaseAddress } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { BackupError } from '../store/sqlite/backup/database-file.ts';
import { readEnvFile } from './env-file.ts';
import { SubcommandError, type Terminal } from './subcommand.ts';

/** The path of the configured database. Throws `ConfigError` if that is wrong, or no file. */
export function databasePath({ env }: Terminal): string {
  const address = readDatabaseAddress(env, readEnvFile(env));
  if (address.engine === 'postgres')
    throw new ConfigError([
      'DATABASE_URL: a PostgreSQL database is backed up with pg_dump and restored with pg_restore (docs/operating.md)',
    ]);
  const { path } = address;
  if (path === ':memory:') throw new ConfigError(['DATABASE_URL: a database in memory has no file']);
  return path;
}

/** Runs `work`; what prevents a backup or its return is for the operator. A signal leaves nothing half-done behind. */
export async function withBackupErrors<Result>(work: () => Promise<Result>): Promise<Result> {
  // By default nothing would be cleaned up.
  endOnSignal();
  try {
    return await work();
  } catch (error) {
    throw error instanceof BackupError ? new SubcommandError(error.message, { cause: error }) : error;
  }
}

const SIGNALS = { SIGINT: 2, SIGTERM: 15 } as const;

/** Ends the process at a signal, as shells report it, after `say`. */
export function endOnSignal(say: () => void = () => undefined): void {
  for (const [signal, code] of Object.entries(SIGNALS))
    process.once(signal, () => {
      say();
      process.exit(128 + code);
    });
}

/** A size for people, in the units of disks. */
export function sizeText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB'];
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  const size = bytes / 1000 ** power;
  return `${size.toFixed(power > 0 && size < 100 ? 1 : 0)} ${units[power]}`;
}
