import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { silentLog } from '../../lib/log.ts';
import type { NoteFrom } from '../event-parser.ts';
import { isRestorePending } from '../sqlite/backup/restored.ts';
import { type Holder, holderName, lockDatabase } from '../sqlite/database-lock.ts';
import { databaseKind, MIGRATIONS, pragma, schemaProblem } from '../sqlite/migrations/migrate.ts';
import { openMigrated } from '../sqlite/open-database.ts';
import { createSearch } from '../sqlite/search/search.ts';
import { createWordIndex } from '../sqlite/search/word-index.ts';
import { change, select, transaction } from '../sqlite/sql.ts';
import { explainError } from '../sqlite/sqlite-errors.ts';
import { isUnfinishedCopy, UNFINISHED_COPY, unfinishedCopyProblem } from '../sqlite/unfinished-copy.ts';
import {
  CopyError,
  type Counter,
  differenceIn,
  findingOf,
  notesOfRows,
  type Place,
  type Side,
  type Target,
} from './side.ts';
import { type Cell, columnsOf, NOTE, type Row, TABLES, type Table } from './tables.ts';

/** Opens a file to copy from, which is only read. Throws `CopyError`. */
export function openSqliteSource(path: string, me: Holder): Side {
  if (!existsSync(path)) throw new CopyError(`"${path}" doesn't exist`);
  return withLock(path, me, () => {
    const db = new DatabaseSync(path, { timeout: BUSY_MS });
    db.exec('PRAGMA query_only = ON');
    const problem = sourceProblem(db);
    if (problem === undefined) return { db, side: sideOn(db, path) };
    db.close();
    throw new CopyError(`"${path}" can't be copied: ${problem}`);
  });
}

/** Opens a file to copy to, and creates it if it's missing. Throws `CopyError`, also if it has data of its own. */
export function openSqliteTarget(path: string, noteFrom: NoteFrom, me: Holder): Target {
  return withLock(path, me, () => {
    const db = openMigrated(path, silentLog, () => undefined);
    if (isUnfinishedCopy(db) || TABLES.every(({ name }) => isEmpty(db, name)))
      return { db, side: targetOn(db, path, noteFrom) };
    db.close();
    throw new CopyError(`"${path}" has data of its own; name a file that doesn't exist yet`);
  });
}

const BUSY_MS = 5_000;

/** Opens a database for this process alone. Closing the side lets it go. */
function withLock<Opened extends Side>(
  path: string,
  me: Holder,
  open: () => { readonly db: DatabaseSync; readonly side: Opened },
): Opened {
  const lock = explained(path, () => lockDatabase(path, me));
  if (lock.status === 'occupied')
    throw new CopyError(`Postrider is running on "${path}"${holderName(lock.by)}. Stop it first, then copy`);
  try {
    const { db, side } = explained(path, open);
    return {
      ...side,
      async close() {
        if (db.isOpen) db.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Runs something, whose failures are for the operator. */
function explained<Result>(path: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof CopyError || error instanceof TypeError) throw error;
    throw new CopyError(`"${path}": ${explainError(error)}`, { cause: error });
  }
}

/** Why it can't be copied from, or not yet; completes "can't be copied:". */
function sourceProblem(db: DatabaseSync): string | undefined {
  if (databaseKind(db) === 'empty') return "it isn't a Postrider database";
  const schema = schemaProblem(db) ?? unfinishedCopyProblem(db);
  if (schema !== undefined) return schema;
  if (pragma(db, 'user_version') < MIGRATIONS.length)
    return 'an older version wrote it. Start this version on it once, then copy';
  if (!isEmpty(db, 'unsorted'))
    return "its archive hasn't been indexed for this version yet. Start Postrider on it until the log says so, then copy";
  if (isRestorePending(db)) return 'it was restored from a backup. Start Postrider on it once, then copy';
  return undefined;
}

const isEmpty = (db: DatabaseSync, table: string): boolean =>
  select(db, `SELECT 1 FROM ${table} LIMIT 1`).get() === undefined;

function sideOn(db: DatabaseSync, path: string): Side {
  const statements = new Map(TABLES.map((table) => [table, readersOf(db, table)]));
  return {
    name: `sqlite:${path}`,
    rowsAfter: async (table, key, limit) =>
      explained(path, () => statements.get(table)?.rowsAfter(key, limit) ?? []),
    count: async (table) => explained(path, () => statements.get(table)?.count() ?? 0),
    close: async () => db.close(),
  };
}

function readersOf(db: DatabaseSync, table: Table) {
  const { name, key } = table;
  const flags = columnsOf(table).filter((column) => table.columns[column] === 'flag');
  const rows = `SELECT ${columnsOf(table).join(', ')} FROM ${name}`;
  const order = `ORDER BY ${key.join(', ')} LIMIT :limit`;
  const first = select<Row>(db, `${rows} ${order}`);
  const next = select<Row>(
    db,
    `${rows} WHERE (${key.join(', ')}) > (${key.map((column) => `:${column}`).join(', ')}) ${order}`,
  );
  const count = select<{ count: number }>(db, `SELECT count(*) AS count FROM ${name}`);
  const withFlags = (row: Row): Row => ({
    ...row,
    ...Object.fromEntries(flags.map((column) => [column, row[column] === 1])),
  });
  return {
    rowsAfter(after: readonly Cell[] | undefined, limit: number): readonly Row[] {
      const found = after ? next.all({ ...keyValues(key, after), limit }) : first.all({ limit });
      return flags.length > 0 ? found.map(withFlags) : found;
    },
    count: (): number => count.get()?.count ?? 0,
  };
}

const keyValues = (key: readonly string[], cells: readonly Cell[]) =>
  Object.fromEntries(key.map((column, index) => [column, sqlValue(cells[index])]));

const sqlValue = (cell: Cell | undefined): string | number | null =>
  typeof cell === 'boolean' ? Number(cell) : (cell ?? null);

/** What is derived from the tables, besides the index of words. */
const DERIVED = ['vocabulary', 'spelling', 'unsorted', 'month'];

function targetOn(db: DatabaseSync, path: string, noteFrom: NoteFrom): Target {
  const index = createWordIndex(db);
  const search = createSearch(db);
  const inserts = new Map(TABLES.map((table) => [table, inserterOf(db, table)]));
  const recordPlace = (place: Place): void =>
    void change(db, `UPDATE ${UNFINISHED_COPY} SET place = :place`)({ place: JSON.stringify(place) });

  return {
    ...sideOn(db, path),
    async place() {
      if (!isUnfinishedCopy(db)) return undefined;
      const row = select<{ place: string }>(db, `SELECT place FROM ${UNFINISHED_COPY}`).get();
      return JSON.parse(row?.place ?? '{}') as Place;
    },
    begin: async (source) =>
      explained(path, () =>
        transaction(db, () => {
          for (const { name } of TABLES.toReversed()) db.exec(`DELETE FROM ${name}`);
          for (const name of DERIVED) db.exec(`DELETE FROM ${name}`);
          db.exec(`INSERT INTO words (words) VALUES ('delete-all');
            UPDATE tally SET count = 0, positions = 0;
            DROP TABLE IF EXISTS ${UNFINISHED_COPY};
            CREATE TABLE ${UNFINISHED_COPY} (source TEXT NOT NULL, place TEXT NOT NULL) STRICT`);
          change(
            db,
            `INSERT INTO ${UNFINISHED_COPY} VALUES (:source, :place)`,
          )({
            source,
            place: JSON.stringify({ table: NOTE.name } satisfies Place),
          });
        }),
      ),
    write: async (table, rows, next) =>
      explained(path, () => {
        const notes = table === NOTE ? notesOfRows(rows, noteFrom) : new Map();
        transaction(db, () => {
          for (const row of rows) inserts.get(table)?.(row);
          const batch = index.batch();
          for (const [moment, note] of notes) batch.add(moment, note);
          batch.write();
          recordPlace(next);
        });
      }),
    problems: async () => explained(path, () => problemsIn(db)),
    unindexed: async () =>
      explained(path, () =>
        select<Row>(
          db,
          'SELECT moment, post_type, event FROM note WHERE moment NOT IN (SELECT rowid FROM words)',
        ).all(),
      ),
    finds: async (query, moment) => explained(path, () => findingOf(search(query, undefined), moment)),
    finish: async () =>
      explained(path, () => {
        transaction(db, () => db.exec(`DROP TABLE ${UNFINISHED_COPY}`));
        db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      }),
  };
}

function inserterOf(db: DatabaseSync, table: Table): (row: Row) => void {
  const columns = columnsOf(table);
  const insert = change(
    db,
    `INSERT INTO ${table.name} (${columns.join(', ')}) VALUES (${columns.map((column) => `:${column}`).join(', ')})`,
  );
  return (row) => void insert(Object.fromEntries(columns.map((column) => [column, sqlValue(row[column])])));
}

/** Counters that triggers keep, and how to count what they count. */
const COUNTERS: readonly Counter[] = [
  {
    what: 'the number of posts',
    kept: "SELECT count FROM tally WHERE name = 'note'",
    counted: 'SELECT count(*) FROM note',
  },
  {
    what: 'the posts by month',
    kept: 'SELECT month, count FROM month WHERE count <> 0',
    counted: `SELECT strftime('%Y-%m', moment / 1048576, 'unixepoch') AS month, count(*) FROM note GROUP BY month`,
  },
  {
    what: 'the channels and chats by state',
    kept: "SELECT name, count, positions FROM tally WHERE name <> 'note' AND count <> 0",
    counted: `SELECT iif(state = 'active' AND held_ms IS NOT NULL, 'held', state) AS name, count(*), sum(position)
      FROM destination GROUP BY name`,
  },
];

const problemsIn = (db: DatabaseSync): readonly string[] =>
  COUNTERS.flatMap((counter) =>
    select(db, differenceIn(counter)).get() === undefined ? [] : `${counter.what} is counted wrong`,
  );
