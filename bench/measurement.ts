/** How much to measure: for real figures, or just to see that it works. */
export type Size = 'full' | 'quick';

export interface Run {
  readonly size: Size;
  /** A cache folder for what is expensive to create; it may be deleted between runs. */
  readonly data: string;
  /** How many notes the largest archive has, instead of what the size says; only the measurement of Postgres asks. */
  readonly notes?: number;
  /** Telegram chats and Discord servers, likewise; only `scale` asks. */
  readonly chats?: number;
  readonly servers?: number;
}

/** Number format of a column. */
export type Format = 'count' | 'decimal' | 'times' | 'percent' | 'ms' | 'megabytes';

/** `percent` takes a fraction, `megabytes` bytes. Keys are used in the JSON, heads in the printed table. */
export interface Table<Key extends string = string> {
  /** What was measured, in a sentence. */
  readonly about: string;
  readonly columns: Readonly<Record<Key, { readonly head: string; readonly as?: Format }>>;
  readonly rows: readonly Readonly<Record<Key, string | number>>[];
}

/** One benchmark. It doesn't depend on the others and leaves nothing running. */
export interface Measurement {
  readonly name: string;
  run(run: Run): Promise<readonly Table[]>;
}
