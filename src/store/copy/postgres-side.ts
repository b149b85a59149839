import type { Client, Pool } from 'pg';
import type { NoteFrom } from '../event-parser.ts';
import { createHashtagTable } from '../postgres/archive/hashtag-table.ts';
import { connect, createReaders } from '../postgres/connection.ts';
import { useAlone, usersOf } from '../postgres/locks.ts';
import { inspectSchema, MIGRATIONS, migrate } from '../postgres/migrations/migrate.ts';
import { explainError } from '../postgres/postgres-errors.ts';
import { createSearch } from '../postgres/search/search.ts';
import { createWordIndex } from '../postgres/search/word-index.ts';
import { findServer, type ServerAddress } from '../postgres/server-address.ts';
import { change, select, together } from '../postgres/sql.ts';
import { isUnfinishedCopy, UNFINISHED_COPY, unfinishedCopyProblem } from '../postgres/unfinished-copy.ts';
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

/** A database as the operator named it; `name` is without a password. */
interface Server {
  readonly url: string;
  readonly name: string;
}

/** Opens a database to copy from, which is only read. Rejects with `CopyError`. */
export const openPostgresSource = (server: Server): Promise<Side> =>
  withLock(server, async (client) => {
    const problem = await sourceProblem(client);
    if (problem !== undefined) throw new CopyError(`"${server.name}" can't be copied: ${problem}`);
    await client.query('SET default_transaction_read_only = on');
    return sideOn(client, server.name);
  });

/** Opens a database to copy to, and creates its tables. Rejects with `CopyError`, also if it has data of its own. */
export const openPostgresTarget = (server: Server, noteFrom: NoteFrom): Promise<Target> =>
  withLock(server, async (client, address) => {
    await migrate(client);
    if (!(await isUnfinishedCopy(client)) && !(await isEmpty(client)))
      throw new CopyError(`"${server.name}" has data of its own; create an empty database for the copy`);
    // Whatever a crash of the server takes back, it takes back as a whole; the last transaction waits for the disk.
    await client.query('SET synchronous_commit = off');
    return targetOn(client, createReaders(address), server.name, noteFrom);
  });

/** So that a lost network is noticed, on either end. */
const SETTINGS: ReadonlyMap<string, string> = new Map([
  ['tcp_keepalives_idle', '10'],
  ['tcp_keepalives_interval', '5'],
  ['tcp_keepalives_count', '3'],
]);

/** Connects and keeps every program from using the database, until the side is closed. */
async function withLock<Opened extends Side>(
  { url, name }: Server,
  open: (client: Client, address: ServerAddress) => Promise<Opened>,
): Promise<Opened> {
  return explained(name, async () => {
    const address = await findServer(url);
    const { client } = await connect(address, SETTINGS);
    // Whatever runs next fails with it.
    client.on('error', () => undefined);
    try {
      if (!(await useAlone(client)))
        throw new CopyError(
          `Postrider is running on "${name}"${await usersOf(client)}. Stop all its processes first, then copy`,
        );
      return await open(client, address);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  });
}

/** Runs something, whose failures are for the operator. */
async function explained<Result>(name: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof CopyError || error instanceof TypeError) throw error;
    throw new CopyError(`"${name}": ${explainError(error)}`, { cause: error });
  }
}

/** Why it can't be copied from, or not yet; completes "can't be copied:". */
async function sourceProblem(on: Client): Promise<string | undefined> {
  const schema = await inspectSchema(on);
  if (schema === 0) return 'it is empty';
  if (schema < MIGRATIONS.length)
    return 'an older version wrote it. Start this version on it once, then copy';
  return unfinishedCopyProblem(on);
}

const isEmptyQuery = select<{ empty: boolean }>(
  `SELECT ${TABLES.map(({ name }) => `NOT EXISTS (SELECT FROM ${name})`).join(' AND ')} AS empty`,
);
const isEmpty = async (on: Client): Promise<boolean> => (await isEmptyQuery.get(on))?.empty ?? false;

function sideOn(client: Client, name: string): Side {
  return {
    name,
    rowsAfter: (table, key, limit) =>
      explained(name, async () => (await READERS.get(table)?.rowsAfter(client, key, limit)) ?? []),
    count: (table) => explained(name, async () => (await READERS.get(table)?.count(client)) ?? 0),
    close: async () => {
      await client.end().catch(() => undefined);
    },
  };
}

const SQL_TYPES = { text: 'text', int: 'bigint', flag: 'boolean' } as const;
const sqlType = ({ columns }: Table, column: string): string => SQL_TYPES[columns[column] ?? 'text'];

function readersOf(table: Table) {
  const { name, key } = table;
  const rows = `SELECT ${columnsOf(table).join(', ')} FROM ${name}`;
  const order = `ORDER BY ${key.join(', ')} LIMIT :limit`;
  const first = select<Row>(`${rows} ${order}`);
  const given = key.map((column) => `:${column}::${sqlType(table, column)}`).join(', ');
  const next = select<Row>(`${rows} WHERE (${key.join(', ')}) > (${given}) ${order}`);
  const count = select<{ count: number }>(`SELECT count(*) AS count FROM ${name}`);
  return {
    rowsAfter: (on: Client, after: readonly Cell[] | undefined, limit: number): Promise<readonly Row[]> =>
      after
        ? next.all(on, {
            ...Object.fromEntries(key.map((column, index) => [column, after[index] ?? null])),
            limit,
          })
        : first.all(on, { limit }),
    count: async (on: Client): Promise<number> => (await count.get(on))?.count ?? 0,
  };
}

const READERS = new Map(TABLES.map((table) => [table, readersOf(table)]));

function inserterOf(table: Table): (on: Client, rows: readonly Row[]) => Promise<number> {
  const columns = columnsOf(table);
  const lists = columns.map((column) => `:${column}::${sqlType(table, column)}[]`).join(', ');
  const insert = change(`INSERT INTO ${table.name} (${columns.join(', ')}) SELECT * FROM unnest(${lists})`);
  return (on, rows) =>
    insert(on, Object.fromEntries(columns.map((column) => [column, rows.map((row) => row[column] ?? null)])));
}

const INSERTERS = new Map(TABLES.map((table) => [table, inserterOf(table)]));

/** What is derived from the tables. */
const DERIVED = ['note_hashtag', 'word', 'vocabulary', 'spelling', 'hashtag', 'month', 'tally'];
const readPlace = select<{ place: string }>(`SELECT place FROM ${UNFINISHED_COPY}`);
const recordPlace = change(`UPDATE ${UNFINISHED_COPY} SET place = :place`);
const createPlace = change(`INSERT INTO ${UNFINISHED_COPY} VALUES (:source, :place)`);
const protect = change('UPDATE note SET is_protected = true WHERE moment = ANY (:moments::bigint[])');
const moveHead = change('UPDATE head SET seq = :seq');
const continueRefs = select(
  `SELECT setval(pg_get_serial_sequence('destination', 'ref'), max(ref)) FROM destination HAVING count(*) > 0`,
);
const unindexed = select<Row>(
  'SELECT n.moment, n.post_type, n.event FROM note AS n WHERE NOT EXISTS (SELECT FROM word AS w WHERE w.moment = n.moment)',
);

function targetOn(client: Client, readers: Pool, name: string, noteFrom: NoteFrom): Target {
  const index = createWordIndex();
  const hashtags = createHashtagTable();
  const search = createSearch(readers);

  async function writeNotes(rows: readonly Row[]): Promise<void> {
    const notes = notesOfRows(rows, noteFrom);
    const moments = [...notes].flatMap(([moment, note]) => (note.protected === true ? moment : []));
    const batch = index.batch();
    for (const [moment, note] of notes) batch.add(moment, note);
    await together([
      moments.length > 0 && protect(client, { moments }),
      hashtags.add(client, notes),
      batch.write(client),
    ]);
  }

  async function transaction(run: () => Promise<unknown>): Promise<void> {
    await client.query('BEGIN');
    try {
      await run();
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  const side = sideOn(client, name);
  return {
    ...side,
    place: () =>
      explained(name, async () =>
        (await isUnfinishedCopy(client))
          ? (JSON.parse((await readPlace.get(client))?.place ?? '{}') as Place)
          : undefined,
      ),
    begin: (source) =>
      explained(name, () =>
        transaction(async () => {
          const tables = [...TABLES.map((table) => table.name), ...DERIVED].join(', ');
          await client.query(`TRUNCATE ${tables} RESTART IDENTITY;
            UPDATE head SET seq = 0; UPDATE note_count SET count = 0;
            DROP TABLE IF EXISTS ${UNFINISHED_COPY};
            CREATE TABLE ${UNFINISHED_COPY} (source text NOT NULL, place text NOT NULL)`);
          await createPlace(client, { source, place: JSON.stringify({ table: NOTE.name } satisfies Place) });
        }),
      ),
    write: (table, rows, next) =>
      explained(name, () =>
        transaction(async () => {
          const last = rows.at(-1);
          await together([
            last && INSERTERS.get(table)?.(client, rows),
            table === NOTE && writeNotes(rows),
            table.name === 'journal' && last && moveHead(client, { seq: last['seq'] ?? null }),
            recordPlace(client, { place: JSON.stringify(next) }),
          ]);
        }),
      ),
    problems: () =>
      explained(name, async () => {
        const found = await Promise.all(
          COUNTERS.map(({ what, wrong }) => wrong.get(client).then((row) => row && what)),
        );
        return found.flatMap((what) => (what === undefined ? [] : `${what} is counted wrong`));
      }),
    unindexed: () => explained(name, () => unindexed.all(client)),
    finds: (query, moment) => explained(name, async () => findingOf(await search(query, undefined), moment)),
    finish: () =>
      explained(name, async () => {
        await client.query("SELECT gin_clean_pending_list('word_by_words')");
        await transaction(async () => {
          await client.query('SET LOCAL synchronous_commit = on');
          await continueRefs.get(client);
          await client.query(`DROP TABLE ${UNFINISHED_COPY}`);
        });
        // Otherwise the planner would know nothing of what was just written for a while.
        await client.query('ANALYZE');
      }),
    async close() {
      await readers.end();
      await side.close();
    },
  };
}

/** Counters that triggers keep, and how to count what they count. */
const COUNTERS = (
  [
    {
      what: 'the number of posts',
      kept: 'SELECT count FROM note_count',
      counted: 'SELECT count(*) FROM note',
    },
    {
      what: 'the posts by month',
      kept: 'SELECT month, count FROM month WHERE count <> 0',
      counted: `SELECT to_char(to_timestamp(moment >> 20) AT TIME ZONE 'UTC', 'YYYY-MM') AS name, count(*) FROM note GROUP BY name`,
    },
    {
      what: 'the channels and chats by state',
      kept: 'SELECT platform, state, count FROM tally WHERE count <> 0',
      counted:
        'SELECT platform, tally_state(state, held_ms) AS state, count(*) FROM destination GROUP BY 1, 2',
    },
    {
      what: 'the journal',
      kept: 'SELECT seq FROM head',
      counted: 'SELECT coalesce(max(seq), 0) FROM journal',
    },
  ] satisfies readonly Counter[]
).map((counter) => ({ what: counter.what, wrong: select(differenceIn(counter)) }));
