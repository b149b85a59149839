import { hash } from 'node:crypto';
import { batchesOf, type Side } from './side.ts';
import { type Cell, columnsOf, keyOf, type Row, type Table } from './tables.ts';

/** A table in brief, whatever the order of its rows: engines sort text that they store differently in different orders. */
export interface Digest {
  readonly rows: number;
  /** All hashes of rows, combined by exclusive or. No row is there twice. */
  readonly bits: Buffer;
}

const BYTES = 32;

/**
 * Reads a table as it is stored. `upTo`: only the rows up to this key, in the order of the side; none if it is empty. `visit` is
 * called with each row.
 */
export async function digestOf(
  side: Side,
  table: Table,
  upTo?: readonly Cell[],
  visit?: (row: Row) => void,
): Promise<Digest> {
  const bits = Buffer.alloc(BYTES);
  const columns = columnsOf(table);
  const last = upTo && JSON.stringify(upTo);
  let rows = 0;
  if (upTo?.length === 0) return { rows, bits };
  for await (const batch of batchesOf(side, table))
    for (const row of batch) {
      visit?.(row);
      const one = hash('sha256', JSON.stringify(columns.map((column) => comparable(row[column]))), 'buffer');
      for (let at = 0; at < BYTES; at += 1) bits[at] = (bits[at] ?? 0) ^ (one[at] ?? 0);
      rows += 1;
      if (last !== undefined && JSON.stringify(keyOf(table, row)) === last) return { rows, bits };
    }
  return { rows, bits };
}

/** SQLite can't store half a surrogate pair, and has U+FFFD instead. */
const comparable = (cell: Cell | undefined): Cell =>
  typeof cell === 'string' ? cell.toWellFormed() : (cell ?? null);

export const isSame = (a: Digest, b: Digest): boolean => a.rows === b.rows && a.bits.equals(b.bits);
