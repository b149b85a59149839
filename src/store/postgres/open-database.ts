import type { Log } from '../../lib/log.ts';
import type { EventToNote } from '../../note/event-to-note.ts';
import type { Database, Lease, RoleHolder } from '../database.ts';
import type { NoteFrom } from '../event-parser.ts';
import type { Store } from '../store.ts';
import { connect, createReaders } from './connection.ts';
import { refuseWhileCopied } from './locks.ts';
import { MIGRATIONS, migrate } from './migrations/migrate.ts';
import { createStore } from './open-store.ts';
import { explainError } from './postgres-errors.ts';
import { findServer, type ServerAddress } from './server-address.ts';
import { openSession, type Session } from './session.ts';
import { change, select } from './sql.ts';
import { unfinishedCopyProblem } from './unfinished-copy.ts';
import { openWatcher } from './watcher.ts';
import type { WriteQueue } from './write-queue.ts';

export interface DatabaseOptions {
  /** `postgres://…`; see `findServer`. */
  readonly url: string;
  /** The same without a password, for people. */
  readonly name: string;
  /** This process, as others are told about it. */
  readonly me: { readonly pid: number; readonly host: string };
  readonly log: Log;
  /** Parses a stored event. */
  readonly noteFrom: NoteFrom;
  /** The same for long events; `noteFrom` by default. */
  readonly readNote?: EventToNote;
  /** Milliseconds since 1970, for expiry and daily counts; the system's clock by default. */
  readonly now?: () => number;
}

const holders = select<RoleHolder>(
  `SELECT name AS role, pid, host, since_ms AS "sinceMs", report,
     (extract(epoch FROM reported) * 1000)::bigint AS "reportedMs" FROM role ORDER BY name`,
);
const report = change(
  `INSERT INTO role (name, pid, host, since_ms, reported, report)
     VALUES (:role, :pid, :host, :sinceMs, clock_timestamp(), :report)
   ON CONFLICT (name) DO UPDATE SET pid = excluded.pid, host = excluded.host, since_ms = excluded.since_ms,
     reported = excluded.reported, report = excluded.report`,
);
const touch = change(
  'INSERT INTO pulse (one, at_ms) VALUES (1, 0) ON CONFLICT (one) DO UPDATE SET at_ms = pulse.at_ms',
);

/** Writes belong to roles; this is for reading. */
const NO_WRITES: WriteQueue = {
  write: () => Promise.reject(new Error('Only the process that has a role writes its data')),
  writeNow: () => Promise.reject(new Error('Only the process that has a role writes its data')),
  idle: async () => undefined,
};

/**
 * Opens a PostgreSQL database and migrates it. Rejects with an `Error` for the operator if the server can't be reached or is too
 * old, a pooler is in between, rights are missing, or the database belongs to another program or a newer version.
 */
export async function openDatabase({ url, name, ...options }: DatabaseOptions): Promise<Database> {
  const { log } = options;
  try {
    const address = await findServer(url);
    const previous = await prepare(address);
    log.info('store.opened', { path: name, schema: MIGRATIONS.length });
    if (previous > 0 && previous < MIGRATIONS.length) log.info('store.migrated', { from: previous });
    return await assemble(address, options);
  } catch (error) {
    throw new Error(`can't open "${name}": ${explainError(error)}`, { cause: error });
  }
}

/** Migrates and writes something, because a replica or a full disk can be connected to as well. Returns the schema found. */
async function prepare(address: ServerAddress): Promise<number> {
  const { client } = await connect(address);
  try {
    await refuseWhileCopied(client);
    const problem = await unfinishedCopyProblem(client);
    if (problem !== undefined) throw new Error(problem);
    const previous = await migrate(client);
    await touch(client);
    return previous;
  } finally {
    await client.end();
  }
}

async function assemble(
  address: ServerAddress,
  { me, ...parts }: Omit<DatabaseOptions, 'url' | 'name'>,
): Promise<Database> {
  const { now = Date.now } = parts;
  const readers = createReaders(address);
  const watcher = await openWatcher(address);
  const storeOn = (queue: WriteQueue): Store => createStore({ ...parts, readers, queue, now });
  /** Sessions of roles that other processes have: one asks for the lock every second. */
  const standbys = new Map<string, Session>();
  const leases = new Set<Lease>();

  function leaseOf(role: string, session: Session): Lease {
    const sinceMs = now();
    const lease: Lease = {
      store: storeOn(session.queue),
      lost: session.lost,
      isFresh: session.isFresh,
      report: async (text) =>
        void (await session.queue.write(
          (on) => report(on, { ...me, role, sinceMs, report: text }),
          `role ${role}`,
        )),
      async release() {
        leases.delete(lease);
        await session.close();
      },
    };
    leases.add(lease);
    return lease;
  }

  return {
    isShared: true,
    store: storeOn(NO_WRITES),
    async acquire(role) {
      let session = standbys.get(role);
      if (!session || session.lost.aborted) session = await openSession(address, role);
      standbys.set(role, session);
      if (!(await session.tryLock())) return undefined;
      standbys.delete(role);
      return leaseOf(role, session);
    },
    watch: watcher.watch,
    holders: () => holders.all(readers),
    async close() {
      if (readers.ending) return;
      await Promise.all([...leases].map((lease) => lease.release()));
      await Promise.all([...standbys.values()].map((session) => session.close()));
      await watcher.close();
      await readers.end();
    },
  };
}
