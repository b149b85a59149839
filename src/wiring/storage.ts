import { hostname } from 'node:os';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { type EventToNote, eventToNote } from '../note/event-to-note.ts';
import { createNoteParser } from '../note/worker/note-parser.ts';
import { type DatabaseLock, type Holder, lockDatabase } from '../store/sqlite/database-lock.ts';
import { openStore } from '../store/sqlite/open-store.ts';
import type { Store } from '../store/store.ts';
import { createStoreRetry, type StoreRetry } from '../store/store-retry.ts';
import type { Values } from '../store/values.ts';
import type { Context } from './context.ts';

export interface Storage {
  readonly store: Store;
  /** The same store for what must not get lost while it can't be written. */
  readonly retry: StoreRetry;
  /** Parses events; long ones in a worker thread. */
  readonly readNote: EventToNote;
}

/** How a database is opened; tests have one of their own. */
export type OpenDatabase = (config: Config, readNote: EventToNote, context: Context) => Promise<Store>;

/** Opens the database and starts the worker that parses long notes. */
export async function openStorage(
  config: Config,
  context: Context,
  openDatabase: OpenDatabase = openConfiguredStore,
): Promise<Storage> {
  const { lifetime } = context;
  const parser = createNoteParser(context.log);
  lifetime.onShutdown(parser.close);
  const store = await openDatabase(config, parser.read, context);
  lifetime.onShutdown(store.close);
  return { store, retry: createStoreRetry({ store, ...context }), readNote: parser.read };
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

/** Another process, as people are told about it; empty if it isn't known. */
export const holderName = (by: Holder | undefined): string =>
  by ? ` (pid ${by.pid} on ${by.host}, since ${by.since})` : '';

/** Locks the database for this process and returns the unlock. Waits for another process that has it, and names it. */
async function acquireDatabase(path: string, { log, clock, signal }: Context) {
  if (path === ':memory:') return () => undefined;
  const me = thisProcess(clock.now());
  const tryLock = (): DatabaseLock => asConfigError(() => lockDatabase(path, me));
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

/** The database named by the configuration, locked for this process. Throws `ConfigError` if it can't be used. */
export async function openConfiguredStore(
  config: Config,
  readNote: EventToNote,
  context: Context,
): Promise<Store> {
  const { database } = config;
  if (database.engine === 'postgres') throw new ConfigError(['DATABASE_URL: PostgreSQL is not ready yet']);
  const { path } = database;
  const release = await acquireDatabase(path, context);
  try {
    const { log, clock } = context;
    const options = { path, noteFrom: eventToNote, readNote, log, now: clock.now };
    const store = asConfigError(() => openStore(options));
    return {
      ...store,
      async close() {
        await store.close();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

/** Whatever keeps the database from being opened is for the operator to fix. */
function asConfigError<T>(open: () => T): T {
  try {
    return open();
  } catch (error) {
    throw new ConfigError([`DATABASE_URL: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

/** Which notes are news, by their date in seconds since 1970. All others only go into the archive. */
export interface NewsDates {
  /** Later ones are news. */
  readonly since: number;
  /** Up to then nothing is news, even if it arrives live: it went out before a backup was restored. */
  readonly settledUntil: number;
}

/** From the first start, which is recorded, or the last time a backup was restored (`store/sqlite/backup/restored.ts`). */
export async function newsDates(values: Values, nowMs: number): Promise<NewsDates> {
  const settings = values.keyv<number>('setting');
  const settledUntil = Math.floor(((await settings.get('restored-at')) ?? 0) / 1000);
  const began = (await settings.get('began-at')) ?? Math.floor(nowMs / 1000);
  await settings.set('began-at', began);
  return { since: Math.max(began, settledUntil), settledUntil };
}
