import { backUp } from '../store/sqlite/backup/backup.ts';
import { databasePath, sizeText, withBackupErrors } from './database.ts';
import { EXIT, type ExitCode, type Invocation } from './subcommand.ts';

export async function backUpDatabase({
  operands: [file = ''],
  options,
  terminal,
}: Invocation): Promise<ExitCode> {
  const { stdout, version } = terminal;
  const path = databasePath(terminal);
  const note = { madeMs: Date.now(), version };
  const { bytes, schema } = await withBackupErrors(() =>
    backUp({ path, file, force: options.has('force'), note }),
  );
  stdout.write(`Backed up to "${file}": ${sizeText(bytes)}, schema ${schema}, checked\n`);
  return EXIT.ok;
}
