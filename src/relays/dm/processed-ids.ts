import { LRUCache } from 'lru-cache';
import type { KeyValue } from '../../lib/key-value.ts';

export type ProcessedIdsStorage = Pick<KeyValue<StoredPage>, 'set' | 'iterator'>;

/** Stored as JSON: abbreviated ids in order of arrival, concatenated; `number` counts the pages. */
interface StoredPage {
  readonly number: number;
  readonly ids: string;
}

/** Ids of events that needn't be processed again, even after a restart: the latest 50,000. */
export interface ProcessedIds {
  has(id: string): boolean;
  /** Settles once the next may be added. */
  add(id: string): Promise<void>;
  /** Stores whatever isn't stored yet. */
  save(): Promise<void>;
}

const PAGE_IDS = 500;
const PAGES = 100;
/** 96 bits of an id: nobody can find two events that share them. */
const BYTES = 12;
const CHARACTERS = 16;

/** They are kept for `keptMs`; without a storage, until the program ends. */
export async function openProcessedIds(keptMs: number, storage?: ProcessedIdsStorage): Promise<ProcessedIds> {
  const stored: StoredPage[] = [];
  if (storage) for await (const [, page] of storage.iterator()) stored.push(page);
  stored.sort((a, b) => a.number - b.number);
  // Never touched by `has`, so the oldest goes first, as in the stored ring.
  const known = new LRUCache<string, true>({ max: PAGE_IDS * PAGES });
  for (const { ids } of stored) for (const id of ids.match(/.{16}/g) ?? []) known.set(id, true);
  let number = (stored.at(-1)?.number ?? -1) + 1;
  let page: string[] = [];
  let written = 0;

  const abbreviate = (id: string): string =>
    Buffer.from(id.slice(0, 2 * BYTES), 'hex')
      .toString('base64url')
      .padEnd(CHARACTERS);

  async function save(): Promise<void> {
    const [first] = page;
    if (first === undefined || page.length === written) return;
    written = page.length;
    // A ring: it replaces the oldest page.
    await storage?.set(String(number % PAGES), { number, ids: page.join('') }, keptMs);
  }

  return {
    has: (id) => known.has(abbreviate(id)),
    async add(id) {
      const short = abbreviate(id);
      if (known.has(short)) return;
      known.set(short, true);
      page.push(short);
      if (page.length < PAGE_IDS) return;
      await save();
      number += 1;
      page = [];
      written = 0;
    },
    save,
  };
}
