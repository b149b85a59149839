import type { Download } from './download.ts';

/** A burst reaches all destinations within minutes; a host that was down may be up again after them. */
const KEPT_MS = 5 * 60_000;
const MAX_BYTES = 64 * 1024 * 1024;
const MAX_ENTRIES = 500;

interface Entry {
  readonly at: number;
  readonly download: Promise<Download>;
  bytes: number;
}

/** Downloads by name, those under way too, so that a note for many destinations is fetched once. */
export interface DownloadCache {
  getOrFetch(key: string, fetch: () => Promise<Download>): Promise<Download>;
}

export function createDownloadCache(now: () => number): DownloadCache {
  const entries = new Map<string, Entry>();
  let held = 0;

  function drop(key: string, entry: Entry): void {
    if (entries.get(key) !== entry) return;
    entries.delete(key);
    held -= entry.bytes;
  }

  /** Oldest first: what is too old, and what is too much. */
  function tidy(): void {
    for (const [key, entry] of entries) {
      const fits = held <= MAX_BYTES && entries.size <= MAX_ENTRIES;
      if (fits && entry.at + KEPT_MS > now()) return;
      drop(key, entry);
    }
  }

  return {
    getOrFetch(key, fetch) {
      tidy();
      const known = entries.get(key);
      if (known) return known.download;
      const entry: Entry = { at: now(), download: fetch(), bytes: 0 };
      entries.set(key, entry);
      const hold = (download: Download): void => {
        if (download.status === 'refused' || entries.get(key) !== entry) return;
        entry.bytes = download.bytes.length;
        held += entry.bytes;
        tidy();
      };
      entry.download.then(hold, () => drop(key, entry));
      return entry.download;
    },
  };
}
