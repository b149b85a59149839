import type { Block, Inline } from '../../../../note/document.ts';
import { findRowSlice } from '../../../row-slices.ts';
import { join, movedBy, type StyledText } from './styled-text.ts';

/** Joined nodes, with the start and end of each in the text and its position among the marks. */
interface Whole extends StyledText {
  readonly begins: readonly number[];
  readonly ends: readonly number[];
  readonly marked: readonly number[];
}

/**
 * Joins inlines or blocks into one text with `between` in between, skipping empty ones. Stable rows (node-cache.ts) are joined
 * once and sliced afterwards, because splitting tries hundreds of beginnings of the same text.
 */
export function joinedWhole<Member extends Block | Inline>(
  styled: (member: Member) => StyledText,
  between: string,
): (members: readonly Member[]) => StyledText {
  const wholes = new WeakMap<readonly Member[], Whole>();
  const nonEmpty = (members: readonly Member[]): readonly StyledText[] => members.map(styled).filter(hasText);

  function wholeOf(row: readonly Member[]): Whole {
    const known = wholes.get(row);
    if (known) return known;
    const parts = row.map(styled);
    const [begins, ends, marked]: [number[], number[], number[]] = [[], [], [0]];
    let at = 0;
    let marks = 0;
    for (const part of parts) {
      const begin = at > 0 && hasText(part) ? at + between.length : at;
      at = begin + part.text.length;
      begins.push(begin);
      ends.push(at);
      marked.push((marks += part.marks.length));
    }
    const whole = { ...join(parts.filter(hasText), between), begins, ends, marked };
    wholes.set(row, whole);
    return whole;
  }

  return (members) => {
    const slice = findRowSlice(members);
    if (!slice) return join(nonEmpty(members), between);
    const { row, start, end, from } = slice;
    const middle = pieceOf(wholeOf(row), from, from + end - start);
    return join(
      [...nonEmpty(members.slice(0, start)), middle, ...nonEmpty(members.slice(end))].filter(hasText),
      between,
    );
  };
}

function pieceOf({ text, marks, begins, ends, marked }: Whole, from: number, to: number): StyledText {
  // Empty members sit at the end of the one before them, so the piece starts at the first with text.
  let first = from;
  while (first < to && begins[first] === ends[first]) first += 1;
  const begin = begins[first] ?? 0;
  return {
    text: text.slice(begin, Math.max(begin, ends[to - 1] ?? 0)),
    marks: marks.slice(marked[from], marked[to]).map((mark) => movedBy(-begin, mark)),
  };
}

const hasText = ({ text }: StyledText): boolean => text !== '';
