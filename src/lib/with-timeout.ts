import { setTimeout as sleep } from 'node:timers/promises';

/** What the promise gives within that time; `undefined` where it takes longer. */
export async function withTimeout<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  const over = new AbortController();
  const timeout = sleep(ms, undefined, { signal: over.signal }).catch(() => undefined);
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    over.abort();
  }
}
