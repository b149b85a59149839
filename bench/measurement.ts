/** How much is measured: for figures, or only to see that it works at all. */
export type Size = 'full' | 'quick';

export interface Run {
  readonly size: Size;
  /** A folder for what is dear to make and the same each time; it may be deleted between runs. */
  readonly data: string;
}

/** How a column's numbers are written. */
export type Format = 'count' | 'decimal' | 'times' | 'percent' | 'ms' | 'megabytes';

/** `percent` holds a fraction, `megabytes` bytes. Keys are the names in the JSON, heads those in the printed table. */
export interface Table<Key extends string = string> {
  /** What was measured, in a sentence. */
  readonly about: string;
  readonly columns: Readonly<Record<Key, { readonly head: string; readonly as?: Format }>>;
  readonly rows: readonly Readonly<Record<Key, string | number>>[];
}

/** One subject of the bench, by itself: it needs no other to have run, and leaves nothing running. */
export interface Measurement {
  readonly name: string;
  run(run: Run): Promise<readonly Table[]>;
}
