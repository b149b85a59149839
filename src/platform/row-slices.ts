import type { Block, Inline } from '../note/document.ts';

type Node = Block | Inline;
export type Row<Member extends Node> = readonly Member[];

/** The row that a node belongs to, and its index there. */
const places = new WeakMap<Node, { readonly row: Row<Node>; readonly index: number }>();

/** For shorter slices, a lookup saves nothing. */
const MIN_LENGTH = 8;

/** Remembers a row (a run of inlines or a list of blocks) whose parts will be looked up often. */
export function indexRow(row: Row<Node>): void {
  if (row.length >= MIN_LENGTH) row.forEach((node, index) => void places.set(node, { row, index }));
}

/** Members `start` to `end` are consecutive members of an indexed row, beginning there at `from`. */
export interface RowSlice<Member extends Node> {
  readonly row: Row<Member>;
  readonly start: number;
  readonly end: number;
  readonly from: number;
}

/** For parts that were looked up before, or made by `firstMembers`. */
const slices = new WeakMap<Row<Node>, RowSlice<Node>>();

/**
 * The slice of an indexed row that the members consist of, apart from what was cut at either end; `undefined` if it's short.
 */
export function findRowSlice<Member extends Node>(members: Row<Member>): RowSlice<Member> | undefined {
  if (members.length < MIN_LENGTH) return undefined;
  // A row has either inlines or blocks, so its members have the same type.
  const known = slices.get(members) as RowSlice<Member> | undefined;
  if (known) return known;
  const found = sliceOf(members);
  if (found) slices.set(members, found);
  return found;
}

function sliceOf<Member extends Node>(members: Row<Member>): RowSlice<Member> | undefined {
  for (const start of [0, 1]) {
    const first = members[start];
    const place = first && places.get(first);
    if (!place) continue;
    const { index: from } = place;
    const row = place.row as Row<Member>;
    let end = start + 1;
    while (end < members.length && members[end] === row[from + end - start]) end += 1;
    if (end - start >= MIN_LENGTH) return { row, start, end, from };
  }
  return undefined;
}

/**
 * The first members, followed by a part of the next one. The result is known to belong to the row without a comparison.
 */
export function firstMembers<Member extends Node>(
  members: Row<Member>,
  count: number,
  next: Row<Member> = [],
): Row<Member> {
  const first = members.slice(0, count);
  const slice = findRowSlice(members);
  first.push(...next);
  if (slice) {
    const end = Math.min(slice.end, count);
    if (end - slice.start >= MIN_LENGTH) slices.set(first, { ...slice, end });
  }
  return first;
}
