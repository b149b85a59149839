/** Small values that survive restarts, as `Store.keyv` keeps them. */
export interface ProcessedIdsStorage {
  set(key: string, value: StoredPage, ttlMs: number): Promise<unknown>;
  iterator(): AsyncIterable<readonly [key: string, value: StoredPage]>;
}

/** Ids in the order in which they came, one after the other; `number` counts the pages. */
interface StoredPage {
  readonly number: number;
  readonly ids: string;
}

/** Ids of events that need not be looked at again, over restarts too: the newest 50,000 of them. */
export interface ProcessedIds {
  has(id: string): boolean;
  /** Settles when there is room for the next. */
  add(id: string): Promise<void>;
  /** Writes down those that are not yet. */
  save(): Promise<void>;
}

const PAGE_IDS = 500;
const PAGES = 100;
/** 96 bits of the id: nobody finds an event that has the same ones as another. */
const BYTES = 12;
const CHARACTERS = 16;

/** `keptMs`: after that they may be forgotten. Without a shelf they are known until the program ends. */
export async function openProcessedIds(keptMs: number, shelf?: ProcessedIdsStorage): Promise<ProcessedIds> {
  const kept: StoredPage[] = [];
  if (shelf) for await (const [, page] of shelf.iterator()) kept.push(page);
  kept.sort((a, b) => a.number - b.number);
  const known = new Set(kept.flatMap(({ ids }) => ids.match(/.{16}/g) ?? []));
  let number = (kept.at(-1)?.number ?? -1) + 1;
  let page: string[] = [];
  let written = 0;

  const brief = (id: string): string =>
    Buffer.from(id.slice(0, 2 * BYTES), 'hex')
      .toString('base64url')
      .padEnd(CHARACTERS);

  async function save(): Promise<void> {
    const [first] = page;
    if (first === undefined || page.length === written) return;
    written = page.length;
    // A ring: the oldest page makes room.
    await shelf?.set(String(number % PAGES), { number, ids: page.join('') }, keptMs);
  }

  return {
    has: (id) => known.has(brief(id)),
    async add(id) {
      const one = brief(id);
      if (known.has(one)) return;
      known.add(one);
      page.push(one);
      for (const oldest of known) {
        if (known.size <= PAGE_IDS * PAGES) break;
        known.delete(oldest);
      }
      if (page.length < PAGE_IDS) return;
      await save();
      number += 1;
      page = [];
      written = 0;
    },
    save,
  };
}
