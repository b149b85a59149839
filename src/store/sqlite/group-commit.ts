import type { DatabaseSync } from 'node:sqlite';
import { change, transaction } from './sql.ts';
import { isBusy } from './sqlite-errors.ts';

/** Groups changes into commits, because each commit waits for the disk and most changes arrive together. */
export interface GroupCommit {
  /**
   * Runs the change soon, in one transaction with all others requested by then, in order. Resolves when it is durable;
   * rejects with what `run` or the commit threw, and then none of it happened. `run` may be called twice, so it must
   * change nothing but the database.
   */
  write<Result>(run: () => Result): Promise<Result>;
  /**
   * Runs the change now, in a transaction of its own, and calls `onVisible`: from then on every reader sees it. Resolves when
   * it is durable, at the latest with the next `write`. Also rejects if the disk fails in between; then it stays visible,
   * and repeating it changes nothing.
   */
  writeNow<Result>(run: () => Result, onVisible?: () => void): Promise<Result>;
  /** Commits what is waiting now. */
  flush(): void;
}

interface Change {
  run(): unknown;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** A group of this size does not wait for more. */
const MAX_GROUP = 256;

export function createGroupCommit(db: DatabaseSync): GroupCommit {
  let waiting: Change[] = [];
  // A commit without changes would not sync.
  const touch = change(
    db,
    `INSERT INTO pulse (one, at_ms) VALUES (1, 0) ON CONFLICT (one) DO UPDATE SET at_ms = at_ms`,
  );

  /** A group is complete when nothing was added in a turn of the event loop. */
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
      // Run each alone, so that one failure does not fail the others. A lock would fail them all, each after a wait.
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

  /** Without waiting for the disk. The log is durable up to a point, so nothing that follows is durable without this. */
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
    async writeNow(run, onVisible) {
      const result = unsynced(run);
      onVisible?.();
      await write(touch);
      return result;
    },
    flush,
  };
}
