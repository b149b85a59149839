import { createHash } from 'node:crypto';
import { type Bound, type Content, decoded, END, encoded, type Range, varint } from './negentropy-message.ts';

/** An event, as far as reconciliation is concerned. */
export interface Item {
  readonly createdAt: number;
  /** 64 hex digits. */
  readonly id: string;
}

/** A range with fewer than twice this many items is listed id by id; a larger one is split into this many. */
const BUCKETS = 16;
/** Bytes reserved for the range that remains. */
const ROOM_FOR_REST = 100;

/**
 * The answering side of NIP-77, over a fixed set: turns a message into the answer, both in hex. An answer has at most
 * `frameLimit` bytes. Throws if the message is malformed.
 */
export function createResponder(
  items: readonly Item[],
  frameLimit = Number.POSITIVE_INFINITY,
): (message: string) => string {
  const sorted = items.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  const sizeOf = (ranges: readonly Range[]): number => encoded(ranges).length;

  /** The index of the first item at or after the bound, starting at `from`. */
  function indexOf(bound: Bound, from: number): number {
    let [low, high] = [from, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const item = sorted[middle];
      if (item && isBelow(item, bound)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  const idsIn = (lower: number, upper: number): readonly string[] =>
    sorted.slice(lower, upper).map(({ id }) => id);
  const summary = (lower: number, upper: number): Content => ({
    mode: 'fingerprint',
    fingerprint: fingerprintOf(idsIn(lower, upper)),
  });

  function described(lower: number, upper: number, upTo: Bound): readonly Range[] {
    const count = upper - lower;
    if (count < 2 * BUCKETS) return [{ upTo, mode: 'ids', ids: idsIn(lower, upper) }];
    const edges = Array.from({ length: BUCKETS + 1 }, (_, n) => lower + Math.floor((count * n) / BUCKETS));
    return edges.slice(1).map((edge, n) => ({
      upTo: edge === upper ? upTo : boundBetween(sorted[edge - 1], sorted[edge]),
      ...summary(edges[n] ?? lower, edge),
    }));
  }

  /** The answer to a range, and how far it reaches. */
  function answerTo(range: Range, lower: number, upper: number, room: number) {
    const { upTo } = range;
    if (range.mode === 'ids') {
      const end = Math.min(upper, lower + Math.max(0, Math.floor(room / 32) - 2));
      const next = sorted[end];
      const bound = end < upper && next ? { at: next.createdAt, id: next.id } : upTo;
      return { said: [{ upTo: bound, mode: 'ids', ids: idsIn(lower, end) } satisfies Range], end };
    }
    const isKnown = range.mode === 'skip' || range.fingerprint === fingerprintOf(idsIn(lower, upper));
    return {
      said: isKnown ? [{ upTo, mode: 'skip' } satisfies Range] : described(lower, upper, upTo),
      end: upper,
    };
  }

  return (message) => {
    const answers: Range[] = [];
    let lower = 0;
    for (const range of decoded(Buffer.from(message, 'hex'))) {
      const upper = indexOf(range.upTo, lower);
      const room = frameLimit - ROOM_FOR_REST - sizeOf(answers);
      const { said, end } = answerTo(range, lower, upper, room);
      if (sizeOf(said) <= room) {
        answers.push(...said);
        lower = end;
      }
      if (sizeOf(said) > room || end < upper) {
        answers.push({ upTo: END, ...summary(lower, sorted.length) });
        break;
      }
    }
    return encoded(answers).toString('hex');
  };
}

const isBelow = (item: Item, { at, id }: Bound): boolean =>
  item.createdAt < at || (item.createdAt === at && item.id.slice(0, id.length) < id);

/** The shortest bound that separates two items. */
function boundBetween(before: Item | undefined, after: Item | undefined): Bound {
  if (!before || !after) return END;
  if (before.createdAt !== after.createdAt) return { at: after.createdAt, id: '' };
  let bytes = 1;
  while (before.id.slice(0, 2 * bytes) === after.id.slice(0, 2 * bytes)) bytes += 1;
  return { at: after.createdAt, id: after.id.slice(0, 2 * bytes) };
}

function fingerprintOf(ids: readonly string[]): string {
  const number = (id: string): bigint => BigInt(`0x${Buffer.from(id, 'hex').reverse().toString('hex')}`);
  const sum = ids.reduce((total, id) => total + number(id), 0n) % 2n ** 256n;
  const bytes = Buffer.from(sum.toString(16).padStart(64, '0'), 'hex').reverse();
  return createHash('sha256').update(bytes).update(varint(ids.length)).digest('hex').slice(0, 32);
}
