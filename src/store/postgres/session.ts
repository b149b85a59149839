import { DatabaseError } from 'pg';
import { connect } from './connection.ts';
import { lockKey, useDatabase } from './locks.ts';
import { LOCK_NAMESPACE } from './migrations/migrate.ts';
import { notify } from './notify.ts';
import { explainError } from './postgres-errors.ts';
import type { ServerAddress } from './server-address.ts';
import { change, select } from './sql.ts';
import { createWriteQueue, type WriteQueue } from './write-queue.ts';

/** How often the holder of a lock asks the server for a sign of life, in milliseconds. */
const HEARTBEAT_MS = 1_000;
/** Without an answer for so long the lock counts as lost. */
const FRESH_MS = 3_000;
/** How often that is looked at. */
const WATCH_MS = 250;

/**
 * The server ends a session it hasn't heard from for longer than `FRESH_MS`, and lets go of its lock. Keepalives alone don't do
 * that: the kernel of a frozen process still answers them.
 */
const SESSION_SETTINGS: ReadonlyMap<string, string> = new Map([
  ['idle_session_timeout', '3500ms'],
  ['idle_in_transaction_session_timeout', '3500ms'],
  ['tcp_keepalives_idle', '2'],
  ['tcp_keepalives_interval', '1'],
  ['tcp_keepalives_count', '2'],
  ['tcp_user_timeout', '4000'],
]);

/**
 * A connection of its own to the server, for the work of one role. While it holds the role's lock nobody else does, and the
 * lock ends with it: so a process that was overtaken can't write.
 */
export interface Session {
  readonly queue: WriteQueue;
  /** Aborts with the reason once the session is over, for whatever reason but `close`. */
  readonly lost: AbortSignal;
  /** Takes the lock of the role, unless another session has it. */
  tryLock(): Promise<boolean>;
  /** Whether the server answered a question of the last 3 seconds. */
  isFresh(): boolean;
  /** Finishes the changes that were requested, and ends. May be called again. */
  close(): Promise<void>;
}

const tryLock = select<{ got: boolean }>('SELECT pg_try_advisory_lock(:namespace::int, :key::int) AS got');
const unlock = change('SELECT pg_advisory_unlock(:namespace::int, :key::int)');
const beat = change('SELECT 1');

interface Times {
  readonly steadyMs: number;
  readonly wallMs: number;
}

const timesNow = (): Times => ({ steadyMs: performance.now(), wallMs: Date.now() });

/** The longer of both: the steady clock stops while the machine sleeps, and the other one may be set back. */
const msSince = ({ steadyMs, wallMs }: Times): number =>
  Math.max(performance.now() - steadyMs, Date.now() - wallMs);

/** Opens a session for a role. Rejects if the server can't be reached (see `explainError`), or is being copied. */
export async function openSession(address: ServerAddress, role: string): Promise<Session> {
  const { client, destroy } = await connect(address, SESSION_SETTINGS);
  const lock = { namespace: LOCK_NAMESPACE, key: lockKey(role) };
  const lost = new AbortController();
  const queue = createWriteQueue(client);
  let isClosing = false;
  let isHeld = false;
  /** When the last question was asked that the server has answered. Not when: an old answer may be read late. */
  let asked = timesNow();

  const isFresh = (): boolean => !lost.signal.aborted && msSince(asked) < FRESH_MS;

  function endHeartbeat(): void {
    clearInterval(heartbeat);
    clearInterval(watch);
  }

  function lose(reason: string): void {
    endHeartbeat();
    if (!isClosing && !lost.signal.aborted) lost.abort(new Error(reason));
    destroy();
  }

  async function ask(): Promise<void> {
    const now = timesNow();
    try {
      await beat(client);
    } catch (error) {
      // In a transaction that has failed the server answers with an error; of others the client tells by `error`.
      if (!(error instanceof DatabaseError)) return;
    }
    if (now.steadyMs > asked.steadyMs) asked = now;
  }

  const heartbeat = setInterval(() => void ask(), HEARTBEAT_MS);
  const watch = setInterval(() => {
    if (!isFresh()) lose("the database hasn't answered for 3 seconds");
  }, WATCH_MS);
  client.on('error', (error) => lose(explainError(error)));
  client.on('end', () => lose('the connection to the database ended'));
  try {
    // With the heartbeat, without which a network that has gone silent would never be noticed.
    await useDatabase(client);
  } catch (error) {
    lose('the session was refused');
    throw error;
  }

  return {
    queue,
    lost: lost.signal,
    isFresh,
    async tryLock() {
      isHeld = (await tryLock.get(client, lock))?.got ?? false;
      return isHeld;
    },
    async close() {
      if (isClosing) return;
      isClosing = true;
      try {
        // The lock is held until then, and the heartbeat goes on, so that this ends where nobody answers.
        await queue.idle();
        if (isHeld && !lost.signal.aborted) {
          await unlock(client, lock);
          // Whoever waits for it hears that at once.
          await notify(client, 'roles');
        }
        if (!lost.signal.aborted) await client.end();
      } catch {
        // The lock ends with the connection, however that ends.
        destroy();
      } finally {
        endHeartbeat();
      }
    },
  };
}
