import type { DatabaseSync } from 'node:sqlite';
import { change, transaction } from './sql.ts';
import { isBusy } from './sqlite-errors.ts';

/** Changes that share a commit, because a commit waits for the disk and most of them come in crowds. */
export interface GroupCommit {
  /**
   * Runs the change soon, in one transaction with all others that are asked for until then, in their order. Settles
   * when it is durable; rejects with what `run` threw, or the commit, and then nothing of it happened. `run` may be
   * called twice: it changes nothing but the database.
   */
  write<Result>(run: () => Result): Promise<Result>;
  /**
   * Runs the change now, in a transaction of its own, and calls `seen`: everybody sees it from then on. Settles when it
   * is durable, at the latest with the next `write`. Rejects where the disk fails in between, too: then it stays seen,
   * and who repeats it finds it done.
   */
  writeNow<Result>(run: () => Result, seen?: () => void): Promise<Result>;
  /** Does now what is waiting. */
  flush(): void;
}

interface Change {
  run(): unknown;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** So many are not made to wait for more. */
const MAX_GROUP = 256;

export function createGroupCommit(db: DatabaseSync): GroupCommit {
  let waiting: Change[] = [];
  // A commit that changes nothing syncs nothing.
  const touch = change(
    db,
    `INSERT INTO pulse (one, at_ms) VALUES (1, 0) ON CONFLICT (one) DO UPDATE SET at_ms = at_ms`,
  );

  /** The crowd is complete when a whole turn of the event loop has added nobody. */
  function gather(before: number): void {
    if (waiting.length > before && waiting.length < MAX_GROUP) setImmediate(gather, waiting.length);
    else flush();
  }

  function flush(): void {
    const changes = waiting;
    waiting = [];
    if (changes.length === 0) return;
    try {
      const results = transaction(db, () => changes.map(({ run }) => run()));
      for (const [index, { resolve }] of changes.entries()) resolve(results[index]);
    } catch (error) {
      // One that fails is not to fail its neighbours: each by itself, then. A lock fails all of them, each after a wait.
      if (changes.length > 1 && !isBusy(error)) changes.forEach(alone);
      else for (const { reject } of changes) reject(error);
    }
  }

  function alone({ run, resolve, reject }: Change): void {
    try {
      resolve(transaction(db, run));
    } catch (error) {
      reject(error);
    }
  }

  function write<Result>(run: () => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(gather, 0);
      waiting.push({ run, resolve, reject });
    });
  }

  /** Without waiting for the disk: a log is durable up to a point, so what follows can't be without it. */
  function unsynced<Result>(run: () => Result): Result {
    db.exec('PRAGMA synchronous = NORMAL');
    try {
      return transaction(db, run);
    } finally {
      db.exec('PRAGMA synchronous = FULL');
    }
  }

  return {
    write,
    async writeNow(run, seen) {
      const result = unsynced(run);
      seen?.();
      await write(touch);
      return result;
    },
    flush,
  };
}
