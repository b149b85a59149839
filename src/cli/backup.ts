import { backUp } from '../store/sqlite/backup/backup.ts';
import { databasePath, reporting, sizeText } from './database.ts';
import { type Call, EXIT, type ExitCode } from './subcommand.ts';

export async function backUpDatabase({ operands: [file = ''], options, terminal }: Call): Promise<ExitCode> {
  const { stdout, version } = terminal;
  const path = databasePath(terminal);
  const note = { madeMs: Date.now(), version };
  const { bytes, schema } = await reporting(() => backUp({ path, file, force: options.has('force'), note }));
  stdout.write(`Backed up to "${file}": ${sizeText(bytes)}, schema ${schema}, checked\n`);
  return EXIT.ok;
}
