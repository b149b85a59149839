import { hostname } from 'node:os';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { type EventToNote, eventToNote } from '../note/event-to-note.ts';
import { createNoteParser } from '../note/worker/note-parser.ts';
import type { HealthErrors } from '../status/health.ts';
import type { Database, Lease } from '../store/database.ts';
import { databaseName } from '../store/database-address.ts';
import { type DatabaseOptions, openDatabase } from '../store/postgres/open-database.ts';
import { isPassing } from '../store/postgres/postgres-errors.ts';
import { soleDatabase } from '../store/sole-database.ts';
import { type DatabaseLock, type Holder, holderName, lockDatabase } from '../store/sqlite/database-lock.ts';
import { openStore, type StoreOptions } from '../store/sqlite/open-store.ts';
import type { Store } from '../store/store.ts';
import { createStoreRetry, type StoreRetry } from '../store/store-retry.ts';
import type { Context } from './context.ts';

export interface Storage {
  readonly store: Store;
  /** The same store for what must not get lost while it can't be written. */
  readonly retry: StoreRetry;
  /** Parses events; long ones in a worker thread. */
  readonly readNote: EventToNote;
}

/** The database that this process and perhaps others use. Its own store is for reading. */
export interface SharedStorage extends Storage {
  readonly database: Database;
}

/** How a database is opened; tests have one of their own. */
export type OpenDatabase = (config: Config, readNote: EventToNote, context: Context) => Promise<Database>;

/** Opens the database and starts the worker that parses long notes. */
export async function openStorage(
  config: Config,
  context: Context,
  openDatabase: OpenDatabase = openConfiguredDatabase,
): Promise<SharedStorage> {
  const { lifetime } = context;
  const parser = createNoteParser(context.log);
  lifetime.onShutdown(parser.close);
  const database = await openDatabase(config, parser.read, context);
  lifetime.onShutdown(database.close);
  const { store } = database;
  return { database, store, retry: createStoreRetry({ store, ...context }), readNote: parser.read };
}

export interface RoleStorage extends Storage {
  /** Why it can't be written, as a health check. */
  errors(): HealthErrors;
}

/** Where the holder of a lease writes. */
export function storageOf({ store }: Lease, shared: SharedStorage, context: Context): RoleStorage {
  // A store that nobody else uses is the same for all roles, and one retry makes one check and one log line.
  const retry = store === shared.store ? shared.retry : createStoreRetry({ store, ...context });
  function errors(): HealthErrors {
    const error = retry.error();
    return error === undefined ? {} : { store: error };
  }
  return { store, retry, readNote: shared.readNote, errors };
}

/** How long to wait for another Postrider to exit: rolling updates start the new process before they stop the old one. */
const LOCK_TIMEOUT_MS = 10_000;
const LOCK_POLL_MS = 250;

/** This process, as others are told about it. */
export const thisProcess = (nowMs: number): Holder => ({
  pid: process.pid,
  host: hostname(),
  since: new Date(nowMs).toISOString(),
});

/** Locks the database for this process and returns the unlock. Waits for another process that has it, and names it. */
async function acquireFile(path: string, { log, clock, signal }: Context): Promise<() => void> {
  if (path === ':memory:') return () => undefined;
  const me = thisProcess(clock.now());
  const tryLock = (): DatabaseLock => {
    try {
      return lockDatabase(path, me);
    } catch (error) {
      return asConfigError(error);
    }
  };
  const giveUpMs = clock.steady() + LOCK_TIMEOUT_MS;
  let hold = tryLock();
  if (hold.status === 'occupied')
    log.warn('store.occupied', { path, ...hold.by, waitingMs: LOCK_TIMEOUT_MS });
  while (hold.status === 'occupied' && clock.steady() < giveUpMs && !signal.aborted) {
    await clock.wait(LOCK_POLL_MS, signal);
    hold = tryLock();
  }
  if (hold.status === 'held') return hold.release;
  throw new ConfigError([
    `DATABASE_URL: "${path}" is in use by another Postrider${holderName(hold.by)}. Stop it or use another database`,
  ]);
}

/** The database named by the configuration. Throws `ConfigError` if it can't be used. */
export async function openConfiguredDatabase(
  { database }: Config,
  readNote: EventToNote,
  context: Context,
): Promise<Database> {
  const { log, clock } = context;
  const me = { pid: process.pid, host: hostname() };
  const options = { noteFrom: eventToNote, readNote, log, now: clock.now };
  if (database.engine === 'postgres')
    return openServer({ ...options, me, url: database.url, name: databaseName(database) }, context);
  const store = await openLockedStore({ ...options, path: database.path }, context);
  return soleDatabase(store, { ...me, now: clock.now });
}

/** How long to wait for a server that can't be reached: after a power cut all machines start at once. */
const SERVER_TIMEOUT_MS = 60_000;
const SERVER_POLL_MS = 1_000;

/** A PostgreSQL database. Rejects with a plain `Error` if the server can't be reached for a minute: a restart may help. */
async function openServer(options: DatabaseOptions, { log, clock, signal }: Context): Promise<Database> {
  const giveUpMs = clock.steady() + SERVER_TIMEOUT_MS;
  for (let tries = 1; ; tries += 1) {
    try {
      return await openDatabase(options);
    } catch (error) {
      if (!isPassing(error)) return asConfigError(error);
      if (clock.steady() >= giveUpMs || signal.aborted) throw error;
      if (tries === 1) log.warn('store.awaited', { path: options.name, error, waitingMs: SERVER_TIMEOUT_MS });
      await clock.wait(SERVER_POLL_MS, signal);
    }
  }
}

/** An SQLite store, locked for this process. */
async function openLockedStore(options: StoreOptions, context: Context): Promise<Store> {
  const release = await acquireFile(options.path, context);
  try {
    const store = openStore(options);
    return {
      ...store,
      async close() {
        await store.close();
        release();
      },
    };
  } catch (error) {
    release();
    return asConfigError(error);
  }
}

/** Whatever keeps a database from being opened is for the operator to fix. */
function asConfigError(error: unknown): never {
  throw new ConfigError([`DATABASE_URL: ${error instanceof Error ? error.message : String(error)}`]);
}
