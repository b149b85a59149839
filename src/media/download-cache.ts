import type { Download } from './download.ts';

/** Long enough for a post to reach all destinations, short enough to retry a host that was down. */
const KEPT_MS = 5 * 60_000;
const MAX_BYTES = 64 * 1024 * 1024;
const MAX_ENTRIES = 500;

interface Entry {
  readonly at: number;
  readonly download: Promise<Download>;
  bytes: number;
}

/** Downloads by key, including those in progress, so that a note for many destinations is downloaded once. */
export interface DownloadCache {
  getOrFetch(key: string, fetch: () => Promise<Download>): Promise<Download>;
}

export function createDownloadCache(now: () => number): DownloadCache {
  const entries = new Map<string, Entry>();
  let cachedBytes = 0;

  function drop(key: string, entry: Entry): void {
    if (entries.get(key) !== entry) return;
    entries.delete(key);
    cachedBytes -= entry.bytes;
  }

  /** Drops the oldest entries as long as they are expired or there are too many. */
  function evict(): void {
    for (const [key, entry] of entries) {
      const fits = cachedBytes <= MAX_BYTES && entries.size <= MAX_ENTRIES;
      if (fits && entry.at + KEPT_MS > now()) return;
      drop(key, entry);
    }
  }

  return {
    getOrFetch(key, fetch) {
      evict();
      const known = entries.get(key);
      if (known) return known.download;
      const entry: Entry = { at: now(), download: fetch(), bytes: 0 };
      entries.set(key, entry);
      const hold = (download: Download): void => {
        if (download.status === 'refused' || entries.get(key) !== entry) return;
        entry.bytes = download.bytes.length;
        cachedBytes += entry.bytes;
        evict();
      };
      entry.download.then(hold, () => drop(key, entry));
      return entry.download;
    },
  };
}
