import { restore } from '../store/sqlite/backup/restore.ts';
import { type DatabaseLock, holderName, lockDatabase } from '../store/sqlite/database-lock.ts';
import { thisProcess } from '../wiring/storage.ts';
import { databasePath, sizeText, withBackupErrors } from './database.ts';
import { EXIT, type ExitCode, type Invocation, SubcommandError } from './subcommand.ts';

export async function restoreDatabase({
  operands: [file = ''],
  options,
  terminal,
}: Invocation): Promise<ExitCode> {
  const path = databasePath(terminal);
  const nowMs = Date.now();
  const lock = tryLock(path, nowMs);
  if (lock.status === 'occupied')
    throw new SubcommandError(
      `Postrider is running on "${path}"${holderName(lock.by)}. Stop it first, then restore`,
    );
  const continueDelivery = options.has('continue');
  try {
    const { bytes, schema, note, kept } = await withBackupErrors(() =>
      restore({ path, file, nowMs, continueDelivery }),
    );
    const made = note ? `, made ${new Date(note.madeMs).toISOString()} by Postrider ${note.version}` : '';
    const lines = [
      `Restored "${path}" from "${file}": ${sizeText(bytes)}, schema ${schema}${made}`,
      kept !== undefined && `What was there is kept as "${kept}"`,
      continueDelivery
        ? 'Posts since the backup go out at the next start'
        : "Posts published until now count as posted: they get into the archive, and don't go out again",
    ];
    terminal.stdout.write(`${lines.filter((line) => line !== false).join('\n')}\n`);
    return EXIT.ok;
  } finally {
    lock.release();
  }
}

function tryLock(path: string, nowMs: number): DatabaseLock {
  try {
    return lockDatabase(path, thisProcess(nowMs));
  } catch (error) {
    throw new SubcommandError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
