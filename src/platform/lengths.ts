import {
  type Block,
  type Document,
  documentLength,
  type Inline,
  lengthOf as lengthOfInline,
} from '../note/document.ts';
import { findRowSlice, type Row } from './row-slices.ts';

/** Length of a blank line between blocks. */
const BETWEEN = 2;

/** `inlineLength` of a run. The sums of a marked row are computed once, for all pieces of that row. */
export const runLength = createSum<Inline>(lengthOfInline);

const lengthWithBlank = createSum<Block>((block) => {
  const length = blockLength(block);
  return length > 0 ? length + BETWEEN : 0;
});

/** `documentLength`, computed in the same way. */
export const lengthOf = (document: Document): number => Math.max(0, lengthWithBlank(document) - BETWEEN);

function blockLength(block: Block): number {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
    case 'small':
      return runLength(block.children);
    case 'quote':
    case 'hidden':
    case 'quoted-note':
      return lengthOf(block.children);
    default:
      return documentLength([block]);
  }
}

/** Adds up a measure of each member. */
function createSum<Member extends Block | Inline>(
  measure: (member: Member) => number,
): (members: Row<Member>) => number {
  const sums = new WeakMap<Row<Member>, readonly number[]>();
  const add = (members: Row<Member>): number => {
    let sum = 0;
    for (const member of members) sum += measure(member);
    return sum;
  };
  return (members) => {
    const slice = findRowSlice(members);
    if (!slice) return add(members);
    const { row, start, end, from } = slice;
    let sum = 0;
    const upTo = sums.get(row) ?? [0, ...row.map((member) => (sum += measure(member)))];
    sums.set(row, upTo);
    const ends = add(members.slice(0, start)) + add(members.slice(end));
    return ends + (upTo[from + end - start] ?? 0) - (upTo[from] ?? 0);
  };
}
