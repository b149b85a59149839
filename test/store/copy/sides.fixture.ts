import { DatabaseSync } from 'node:sqlite';
import { silentLog } from '../../../src/lib/log.ts';
import { type CopyOptions, type CopyResult, copyDatabase } from '../../../src/store/copy/copy.ts';
import { openPostgresSource, openPostgresTarget } from '../../../src/store/copy/postgres-side.ts';
import type { Side, Target } from '../../../src/store/copy/side.ts';
import { openSqliteSource, openSqliteTarget } from '../../../src/store/copy/sqlite-side.ts';
import { columnsOf, TABLES } from '../../../src/store/copy/tables.ts';
import { openDatabase } from '../../../src/store/postgres/open-database.ts';
import { openStore } from '../../../src/store/sqlite/open-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { noteOf } from '../../contract/store-notes.fixture.ts';
import { NOW_MS } from './history.fixture.ts';

const ME = { pid: 7, host: 'here', since: '2026-01-01T00:00:00.000Z' };
const now = () => NOW_MS;

/** A place is the path of a file, or the URL of a server. */
const isServer = (place: string): boolean => place.startsWith('postgres:');

export const openSource = async (place: string): Promise<Side> =>
  isServer(place) ? openPostgresSource({ url: place, name: place }) : openSqliteSource(place, ME);

export const openTarget = async (place: string): Promise<Target> =>
  isServer(place)
    ? openPostgresTarget({ url: place, name: place }, noteOf)
    : openSqliteTarget(place, noteOf, ME);

interface Options extends Pick<CopyOptions, 'batch' | 'onProgress'> {
  /** Replaces parts of the target. */
  readonly broken?: (target: Target) => Partial<Target>;
}

/** Copies from one place to another, as the command does. */
export async function copy(
  from: string,
  to: string,
  { broken, ...options }: Options = {},
): Promise<CopyResult> {
  const source = await openSource(from);
  try {
    const target = await openTarget(to);
    try {
      const all = { ...target, ...broken?.(target) };
      return await copyDatabase({ from: source, to: all, noteFrom: noteOf, ...options });
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** Opens it as the program does, with the lease of a role. */
export async function openStoreAt(place: string): Promise<Store> {
  if (!isServer(place)) return openStore({ path: place, log: silentLog, noteFrom: noteOf, now });
  const database = await openDatabase({
    url: place,
    name: place,
    me: ME,
    log: silentLog,
    noteFrom: noteOf,
    now,
  });
  const lease = await database.acquire('relay');
  if (!lease) throw new Error('Nobody else has it');
  return { ...lease.store, close: database.close };
}

/** Every row of a file that is copied, as it is stored. */
export function rowsIn(path: string): Record<string, readonly unknown[]> {
  using db = new DatabaseSync(path);
  return Object.fromEntries(
    TABLES.map((table) => [
      table.name,
      db
        .prepare(`SELECT ${columnsOf(table).join(', ')} FROM ${table.name} ORDER BY ${table.key.join(', ')}`)
        .all(),
    ]),
  );
}
