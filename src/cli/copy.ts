import { ConfigError } from '../config/config-error.ts';
import { eventToNote } from '../note/event-to-note.ts';
import { type CopyResult, copyDatabase, type Progress } from '../store/copy/copy.ts';
import { openPostgresSource, openPostgresTarget } from '../store/copy/postgres-side.ts';
import { CopyError, type Side, type Target } from '../store/copy/side.ts';
import { openSqliteSource, openSqliteTarget } from '../store/copy/sqlite-side.ts';
import { type DatabaseAddress, databaseName, parseDatabaseAddress } from '../store/database-address.ts';
import { thisProcess } from '../wiring/storage.ts';
import { endOnSignal } from './database.ts';
import {
  CLEAR_LINE,
  EXIT,
  type ExitCode,
  type Invocation,
  SubcommandError,
  type Terminal,
} from './subcommand.ts';

export async function copyBetween({
  operands: [given = '', wanted = ''],
  terminal,
}: Invocation): Promise<ExitCode> {
  const [from, to] = [addressIn('FROM', given), addressIn('TO', wanted)];
  if (from.engine === to.engine) throw new ConfigError([SAME_ENGINE[from.engine]]);
  const clear = (): boolean => terminal.stderr.isTTY && terminal.stderr.write(CLEAR_LINE);
  endOnSignal(() => {
    clear();
    terminal.stderr.write('Interrupted. Run the same command again to go on\n');
  });
  try {
    const result = await copyAll(from, to, terminal);
    clear();
    terminal.stdout.write(resultText(result, databaseName(from), databaseName(to)));
    return EXIT.ok;
  } catch (error) {
    clear();
    throw error instanceof CopyError ? new SubcommandError(error.message, { cause: error }) : error;
  }
}

const SAME_ENGINE = {
  sqlite: 'FROM and TO are both SQLite: use `backup` and `restore`',
  postgres: 'FROM and TO are both PostgreSQL: use pg_dump and pg_restore (docs/operating.md)',
} as const;

function addressIn(operand: string, text: string): DatabaseAddress {
  const address = parseDatabaseAddress(text);
  if (!address) throw new ConfigError([`${operand}: expected sqlite:<path> or postgres://…`]);
  if (address.engine === 'sqlite' && address.path === ':memory:')
    throw new ConfigError([`${operand}: a database in memory has no file`]);
  return address;
}

async function copyAll(from: DatabaseAddress, to: DatabaseAddress, terminal: Terminal): Promise<CopyResult> {
  const source = await openSource(from);
  try {
    const target = await openTarget(to);
    try {
      return await copyDatabase({
        from: source,
        to: target,
        noteFrom: eventToNote,
        onProgress: (progress) => report(progress, databaseName(from), terminal),
      });
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

const openSource = async (address: DatabaseAddress): Promise<Side> =>
  address.engine === 'sqlite'
    ? openSqliteSource(address.path, thisProcess(Date.now()))
    : openPostgresSource({ url: address.url, name: databaseName(address) });

const openTarget = async (address: DatabaseAddress): Promise<Target> =>
  address.engine === 'sqlite'
    ? openSqliteTarget(address.path, eventToNote, thisProcess(Date.now()))
    : openPostgresTarget({ url: address.url, name: databaseName(address) }, eventToNote);

function report({ doing, table, rows }: Progress, from: string, { stderr }: Terminal): void {
  if (doing === 'starting-over')
    stderr.write(`${from} has changed since the copy was interrupted; starting over\n`);
  else if (stderr.isTTY)
    stderr.write(
      doing === 'copying'
        ? `${CLEAR_LINE}Copying… ${table}: ${rows.toLocaleString('en')} `
        : `${CLEAR_LINE}Comparing both sides… ${table} `,
    );
}

function resultText({ rows, searches }: CopyResult, from: string, to: string): string {
  const width = Math.max(...[...rows.keys()].map((name) => name.length));
  const tables = [...rows].map(([name, count]) => `  ${name.padEnd(width)}  ${count.toLocaleString('en')}`);
  return `\
Copied ${from} to ${to}. Compared by reading both: every row is the same
${tables.join('\n')}
Counters are right, and searching found ${searches} of ${searches} posts by their words
Next: set DATABASE_URL to the new database and start Postrider. Don't start it on ${from} again: it would post everything twice
`;
}
