import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { silentLog } from '../../src/lib/log.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import type { PostType } from '../../src/note/post-types.ts';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import { openDatabase } from '../../src/store/postgres/open-database.ts';
import { preferenceColumns } from '../../src/store/preference-columns.ts';
import { openStore } from '../../src/store/sqlite/open-store.ts';
import type { Store } from '../../src/store/store.ts';

/** What every second chat doesn't want; all want the rest. */
export const UNWANTED_BY_HALF: PostType = 'photo';

/** A database with Telegram chats, whose rows are written directly. */
export interface ChatDatabase {
  readonly engine: string;
  /** For `DATABASE_URL`. */
  readonly url: string;
  /** Creates the chats, up to date. */
  fill(chats: number): Promise<void>;
  /** As if everything had been delivered. */
  settle(): Promise<void>;
  use<T>(work: (store: Store) => Promise<T>): Promise<T>;
}

const COLUMNS = 'INSERT INTO destination (id, platform, source, choices, post_types, position)';
const some = DEFAULT_PREFERENCES.postTypes.filter((type) => type !== UNWANTED_BY_HALF);
const half = preferenceColumns({ ...DEFAULT_PREFERENCES, postTypes: some });
const all = preferenceColumns(DEFAULT_PREFERENCES);
/** Of the chat `n`. */
const VALUES = `'telegram:' || (300000000 + n), 'telegram', 'command',
  CASE n % 2 WHEN 0 THEN '${all.choices}' ELSE '${half.choices}' END,
  CASE n % 2 WHEN 0 THEN '${all.postTypes}' ELSE '${half.postTypes}' END, 0`;
const SETTLE = (head: string): readonly string[] => [
  'DELETE FROM in_flight',
  `UPDATE destination SET position = (${head}) WHERE position < (${head})`,
];

export function sqliteChats(folder: string): ChatDatabase {
  const path = join(folder, 'chats.db');
  const open = (): Store => openStore({ path, log: silentLog, noteFrom: eventToNote });
  const directly = (statements: readonly string[]): void => {
    const db = new DatabaseSync(path);
    for (const sql of ['BEGIN', ...statements, 'COMMIT']) db.exec(sql);
    db.close();
  };
  return {
    engine: 'SQLite',
    url: `sqlite:${path}`,
    async fill(chats) {
      await open().close();
      directly([
        `WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < ${chats})
         ${COLUMNS} SELECT ${VALUES} FROM number`,
      ]);
    },
    settle: async () => directly(SETTLE('SELECT coalesce(max(seq), 0) FROM journal')),
    async use(work) {
      const store = open();
      try {
        return await work(store);
      } finally {
        await store.close();
      }
    },
  };
}

export function postgresChats(url: string): ChatDatabase {
  const directly = async (statements: readonly string[]): Promise<void> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    for (const sql of [...statements, 'VACUUM ANALYZE', 'CHECKPOINT']) await client.query(sql);
    await client.end();
  };
  const use: ChatDatabase['use'] = async (work) => {
    const me = { pid: process.pid, host: 'bench' };
    const database = await openDatabase({ url, name: url, me, log: silentLog, noteFrom: eventToNote });
    try {
      const lease = await database.acquire('bench');
      if (!lease) throw new Error('The role is taken');
      return await work(lease.store);
    } finally {
      await database.close();
    }
  };
  return {
    engine: 'PostgreSQL',
    url,
    async fill(chats) {
      await use(async () => undefined);
      await directly([`${COLUMNS} SELECT ${VALUES} FROM generate_series(0, ${chats - 1}) AS number (n)`]);
    },
    settle: () => directly(SETTLE('SELECT seq FROM head')),
    use,
  };
}
