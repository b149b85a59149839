import { conflict } from '../http/refusal.ts';

/** Types that `getUpdates` returns only on request (Bot API, `getUpdates`). */
const ON_REQUEST_ONLY = new Set(['chat_member', 'message_reaction', 'message_reaction_count']);

interface Update {
  readonly update_id: number;
  readonly [kind: string]: unknown;
}

interface HeldRequest {
  readonly offset: number;
  readonly limit: number;
  settle(updates: readonly Update[]): void;
  fail(error: Error): void;
}

/** The pending updates, and the one request that may wait for them. */
export interface UpdateQueue {
  /** Dropped if the bot didn't request this type. */
  add(kind: string, content: unknown): void;
  /** Empty means the default types. */
  allow(kinds: readonly string[]): void;
  /**
   * Updates from `offset` on; those before are forgotten. Waits up to `timeoutS` seconds for the first. A second
   * waiting request ends the first with 409. `gone` tells that the client went away.
   */
  take(offset: number, limit: number, timeoutS: number, gone: AbortSignal): Promise<readonly Update[]>;
  /** Ends a waiting request with no updates, or with an error. */
  interrupt(error?: Error): void;
  clear(): void;
  readonly pending: number;
  readonly isPolling: boolean;
}

/** Calls `onWait` whenever a request starts to wait. */
export function createUpdateQueue(firstId: number, onWait: (offset: number) => void): UpdateQueue {
  let updates: Update[] = [];
  let lastId = firstId - 1;
  let allowed: ReadonlySet<string> | undefined;
  let held: HeldRequest | undefined;

  const page = (offset: number, limit: number): readonly Update[] => {
    if (offset < 0) updates = updates.slice(offset);
    else if (offset > 0) updates = updates.filter((update) => update.update_id >= offset);
    return updates.slice(0, limit);
  };

  const wake = (): void => {
    if (!held) return;
    const found = page(held.offset, held.limit);
    if (found.length > 0) held.settle(found);
  };

  return {
    add(kind, content) {
      if (allowed ? !allowed.has(kind) : ON_REQUEST_ONLY.has(kind)) return;
      lastId += 1;
      updates.push({ update_id: lastId, [kind]: content });
      setImmediate(wake);
    },
    allow(kinds) {
      allowed = kinds.length > 0 ? new Set(kinds) : undefined;
    },
    take(offset, limit, timeoutS, gone) {
      const found = page(offset, limit);
      if (found.length > 0 || timeoutS <= 0) return Promise.resolve(found);
      held?.fail(
        conflict('terminated by other getUpdates request; make sure that only one bot instance is running'),
      );
      return new Promise((resolve, reject) => {
        const end = (settle: () => void): void => {
          clearTimeout(timer);
          gone.removeEventListener('abort', leave);
          if (held === mine) held = undefined;
          settle();
        };
        const leave = (): void => end(() => resolve([]));
        const mine: HeldRequest = {
          offset: Math.max(offset, 0),
          limit,
          settle: (result) => end(() => resolve(result)),
          fail: (error) => end(() => reject(error)),
        };
        const timer = setTimeout(leave, timeoutS * 1000);
        gone.addEventListener('abort', leave);
        held = mine;
        onWait(offset);
      });
    },
    interrupt(error) {
      if (error) held?.fail(error);
      else held?.settle([]);
    },
    clear() {
      updates = [];
    },
    get pending() {
      return updates.length;
    },
    get isPolling() {
      return held !== undefined;
    },
  };
}
