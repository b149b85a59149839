import type { Block, Inline } from '../../../../note/document.ts';
import { findStretch } from '../../../node-cache.ts';
import { join, movedBy, type StyledText } from './styled-text.ts';

/** A lasting run, or lasting blocks, put together, and where each begins and ends in the text and among the marks. */
interface Whole extends StyledText {
  readonly begins: readonly number[];
  readonly ends: readonly number[];
  readonly marked: readonly number[];
}

/**
 * Inlines, or blocks, as one text with `between` them, without those that say nothing. What lasts is put together once, and
 * pieces are taken from that: while a text is cut, each of hundreds of beginnings has hundreds of links in it.
 */
export function joinedWhole<Member extends Block | Inline>(
  styled: (member: Member) => StyledText,
  between: string,
): (members: readonly Member[]) => StyledText {
  const wholes = new WeakMap<readonly Member[], Whole>();
  const said = (members: readonly Member[]): readonly StyledText[] => members.map(styled).filter(hasText);

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
    const stretch = findStretch(members);
    if (!stretch) return join(said(members), between);
    const { row, start, end, from } = stretch;
    const middle = pieceOf(wholeOf(row), from, from + end - start);
    return join(
      [...said(members.slice(0, start)), middle, ...said(members.slice(end))].filter(hasText),
      between,
    );
  };
}

function pieceOf({ text, marks, begins, ends, marked }: Whole, from: number, to: number): StyledText {
  // What says nothing has no place of its own: it stands where what is before it ends.
  let first = from;
  while (first < to && begins[first] === ends[first]) first += 1;
  const begin = begins[first] ?? 0;
  return {
    text: text.slice(begin, Math.max(begin, ends[to - 1] ?? 0)),
    marks: marks.slice(marked[from], marked[to]).map((mark) => movedBy(-begin, mark)),
  };
}

const hasText = ({ text }: StyledText): boolean => text !== '';
