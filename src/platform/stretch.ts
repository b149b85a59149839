import type { Block, Inline } from '../note/document.ts';

type Node = Block | Inline;
export type Row<Member extends Node> = readonly Member[];

/** Which row a node stands in, and where. */
const places = new WeakMap<Node, { readonly row: Row<Node>; readonly index: number }>();

/** Shorter stretches are put together as quickly as they are looked up. */
const MIN_STRETCH = 8;

/** Remembers a row, a run of inlines or a list of blocks, whose pieces will be asked about often. */
export function markRow(row: Row<Node>): void {
  if (row.length >= MIN_STRETCH) row.forEach((node, index) => void places.set(node, { row, index }));
}

/** Members from `start` to `end` that are those of a marked row from `from` on, one after the other. */
export interface Stretch<Member extends Node> {
  readonly row: Row<Member>;
  readonly start: number;
  readonly end: number;
  readonly from: number;
}

/** Of pieces that were asked about before, or that were made by `firstMembers`. */
const stretches = new WeakMap<Row<Node>, Stretch<Node>>();

/** What a piece has of a marked row, except for what is cut at either end; `undefined` if that is little. */
export function findStretch<Member extends Node>(members: Row<Member>): Stretch<Member> | undefined {
  if (members.length < MIN_STRETCH) return undefined;
  // Runs have inlines only, and documents blocks.
  const known = stretches.get(members) as Stretch<Member> | undefined;
  if (known) return known;
  const found = stretchOf(members);
  if (found) stretches.set(members, found);
  return found;
}

function stretchOf<Member extends Node>(members: Row<Member>): Stretch<Member> | undefined {
  for (const start of [0, 1]) {
    const first = members[start];
    const place = first && places.get(first);
    if (!place) continue;
    const { index: from } = place;
    const row = place.row as Row<Member>;
    let end = start + 1;
    while (end < members.length && members[end] === row[from + end - start]) end += 1;
    if (end - start >= MIN_STRETCH) return { row, start, end, from };
  }
  return undefined;
}

/** The first members, followed by a part of the next one. Whatever their number, they needn't be compared with the row again. */
export function firstMembers<Member extends Node>(
  members: Row<Member>,
  count: number,
  next: Row<Member> = [],
): Row<Member> {
  const first = members.slice(0, count);
  const stretch = findStretch(members);
  first.push(...next);
  if (stretch) {
    const end = Math.min(stretch.end, count);
    if (end - stretch.start >= MIN_STRETCH) stretches.set(first, { ...stretch, end });
  }
  return first;
}
