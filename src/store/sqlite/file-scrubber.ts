import type { DatabaseSync } from 'node:sqlite';
import type { Log } from '../../lib/log.ts';
import { select } from './sql.ts';

/** Files up to this size are rewritten in less than a second, in which nothing else runs. */
const MAX_VACUUM_BYTES = 64 * 2 ** 20;
/** Maximum share of time spent on it, however many users ask to be forgotten. */
const MAX_TIME_SHARE = 1 / 20;
/** Wait after a failure: a backup was reading the log, or the disk was full. */
const RETRY_MS = 2_000;

interface FileScrubber {
  /** Removes from the files what was deleted before the call. Resolves after the first attempt; failures are retried. */
  scrub(): Promise<void>;
  stop(): void;
}

/**
 * Removes what deleted rows leave in the files. `secure_delete` overwrites them, except for copies in the slack of pages that
 * were split (https://sqlite.org/pragma.html#pragma_secure_delete promises nothing about those): only a rewritten file is
 * free of them. The write-ahead log holds old pages until it is truncated.
 */
export function createFileScrubber(db: DatabaseSync, log: Log): FileScrubber {
  const size = select<{ bytes: number }>(
    db,
    'SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size',
  );
  let next: { readonly done: Promise<void> } | undefined;
  let notBeforeMs = 0;
  let retryTimer: NodeJS.Timeout | undefined;
  let isReported = false;

  /** False if something prevented it. */
  function cleared(): boolean {
    try {
      if ((size.get()?.bytes ?? 0) <= MAX_VACUUM_BYTES) db.exec('VACUUM');
      const { busy } = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { readonly busy: number };
      if (busy === 0) return true;
      if (!isReported) log.warn('store.residue', { reason: 'another program reads the database' });
    } catch (error) {
      if (!isReported) log.warn('store.residue', { error });
    }
    isReported = true;
    return false;
  }

  function clearNow(): void {
    next = undefined;
    if (!db.isOpen) return;
    clearTimeout(retryTimer);
    const beganMs = performance.now();
    if (cleared()) isReported = false;
    else retryTimer = setTimeout(() => void clear(), RETRY_MS).unref();
    const endedMs = performance.now();
    notBeforeMs = endedMs + (endedMs - beganMs) * (1 / MAX_TIME_SHARE - 1);
  }

  function clear(): Promise<void> {
    next ??= {
      done: new Promise((resolve) => {
        const waitMs = Math.max(0, notBeforeMs - performance.now());
        setTimeout(() => {
          clearNow();
          resolve();
        }, waitMs);
      }),
    };
    return next.done;
  }

  return { scrub: clear, stop: () => clearTimeout(retryTimer) };
}
