import { randomUUID } from 'node:crypto';
import type { Clock } from '../lib/clock.ts';
import type { KeyValue } from '../lib/key-value.ts';
import type { Log } from '../lib/log.ts';
import { createWakeSignal } from '../lib/wake-signal.ts';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';
import type { RoleName } from './role-names.ts';

/** What one role asks of another, as stored until the answer has been read. */
type Errand =
  /** `begun`: somebody does it, or was about to when the process ended. */
  { readonly to: RoleName; readonly task: unknown; readonly begun?: true } | { readonly reply: Reply };

/** `unanswered`: nobody did it in time, or whoever began ended; it may have been done. */
export type Reply =
  | { readonly status: 'done'; readonly result: unknown }
  | { readonly status: 'failed'; readonly reason: string }
  | { readonly status: 'unanswered' };

const UNANSWERED: Reply = { status: 'unanswered' };

/** Whoever asked has given up long before. */
const ERRAND_TTL_MS = 10 * 60_000;
/** In case a change was missed. */
const LOOK_EVERY_MS = 5_000;

type Handler = (task: never) => Promise<unknown>;
type Writable = Pick<Store, 'values'>;

/**
 * What roles ask of each other, wherever they are: in this process by a call, otherwise by a row in the database, which
 * wakes the other process. Each is done at most once.
 */
export interface Errands {
  /** Does what the role is asked until the signal aborts, then finishes what has begun. Writes through the role's own lease. */
  serve(role: RoleName, store: Writable, handle: Handler, signal: AbortSignal): Promise<void>;
  /** Asks a role and waits that long, in milliseconds. Rejects if the store fails, or as the handler does in this process. */
  ask(role: RoleName, task: unknown, store: Writable, withinMs: number): Promise<Reply>;
}

interface ErrandsParts {
  readonly database: Pick<Database, 'watch' | 'isShared'>;
  readonly clock: Pick<Clock, 'wait'>;
  readonly log: Log;
  /** Ends with the process. */
  readonly signal: AbortSignal;
}

export function createErrands({ database, clock, log, signal: ended }: ErrandsParts): Errands {
  const here = new Map<RoleName, Handler>();
  const errandsIn = ({ values }: Writable): KeyValue<Errand> => values.keyv<Errand>('errand');

  /** Calls `look` now and whenever an errand may have changed, until the signal aborts. */
  async function whileWatching(look: () => Promise<void>, signal: AbortSignal): Promise<void> {
    const wakeSignal = createWakeSignal();
    const unwatch = database.watch('values errand', wakeSignal.notify);
    signal.addEventListener('abort', wakeSignal.notify);
    try {
      while (!signal.aborted) {
        await look();
        if (!signal.aborted) await wakeSignal.waitOr((over) => clock.wait(LOOK_EVERY_MS, over));
      }
    } finally {
      unwatch();
    }
  }

  async function perform(handle: Handler, task: unknown): Promise<Reply> {
    try {
      return { status: 'done', result: await handle(task as never) };
    } catch (error) {
      log.error('errand.failed', { error });
      return { status: 'failed', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  async function serveOthers(
    role: RoleName,
    store: Writable,
    handle: Handler,
    signal: AbortSignal,
  ): Promise<void> {
    const rows = errandsIn(store);
    const inProgress = new Map<string, Promise<void>>();
    /** A list may be older than what has been done since, so what this process took is remembered until its row is gone. */
    const taken = new Set<string>();

    async function run(id: string, errand: Extract<Errand, { readonly task: unknown }>): Promise<void> {
      // Whoever began it has ended since, or this process would know.
      if (errand.begun) return void (await rows.set(id, { reply: UNANSWERED }, ERRAND_TTL_MS));
      // Whoever asked may have given up.
      if (!(await rows.get(id))) return;
      await rows.set(id, { ...errand, begun: true }, ERRAND_TTL_MS);
      await rows.set(id, { reply: await perform(handle, errand.task) }, ERRAND_TTL_MS);
    }

    async function look(): Promise<void> {
      const seen = new Set<string>();
      try {
        for await (const [id, errand] of rows.iterator()) {
          seen.add(id);
          if (!('task' in errand) || errand.to !== role || taken.has(id)) continue;
          taken.add(id);
          const running = run(id, errand)
            .catch((error: unknown) => log.error('errand.failed', { error }))
            .finally(() => inProgress.delete(id));
          inProgress.set(id, running);
        }
        for (const id of taken) if (!seen.has(id) && !inProgress.has(id)) taken.delete(id);
      } catch (error) {
        log.error('errand.failed', { error });
      }
    }

    await whileWatching(look, signal);
    await Promise.all(inProgress.values());
  }

  async function askOthers(role: RoleName, task: unknown, store: Writable, withinMs: number): Promise<Reply> {
    const rows = errandsIn(store);
    const id = randomUUID();
    await rows.set(id, { to: role, task }, ERRAND_TTL_MS);
    const over = new AbortController();
    let reply = UNANSWERED;
    async function look(): Promise<void> {
      const now = await rows.get(id);
      if (now && !('reply' in now)) return;
      reply = now?.reply ?? UNANSWERED;
      over.abort();
    }
    void clock.wait(withinMs, AbortSignal.any([over.signal, ended])).then(() => over.abort());
    await whileWatching(look, over.signal);
    await rows.delete(id);
    return reply;
  }

  return {
    async serve(role, store, handle, signal) {
      here.set(role, handle);
      signal.addEventListener('abort', () => here.delete(role));
      if (signal.aborted) here.delete(role);
      if (database.isShared) await serveOthers(role, store, handle, signal);
    },
    async ask(role, task, store, withinMs) {
      const handle = here.get(role);
      if (handle) return { status: 'done', result: await handle(task as never) };
      return database.isShared ? askOthers(role, task, store, withinMs) : UNANSWERED;
    },
  };
}
