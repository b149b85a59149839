import { largestFitting } from '../../../cut-block.ts';
import { toEntityText } from './size-limits.ts';
import { endOf, type StyledText } from './styled-text.ts';

/**
 * The last resort for text that can't be split as a document: cuts it between graphemes into pieces of at most `max` UTF-16
 * units as sent. Marks continue across cuts.
 */
export function hardSplit(styled: StyledText, max: number): readonly StyledText[] {
  if (toEntityText(styled, max).text.length <= max) return [styled];
  let place = 0;
  const ends = unitsOf(styled.text, max).map((unit) => (place += unit.length));
  const pieces: StyledText[] = [];
  for (let from = 0; from < ends.length; ) {
    const start = ends[from - 1] ?? 0;
    const upTo = (count: number): StyledText => slice(styled, start, ends[from + count - 1] ?? start);
    const room = Math.min(max, ends.length - from);
    const count = Math.max(
      1,
      largestFitting(room, (n) => toEntityText(upTo(n), max).text.length <= max, room),
    );
    pieces.push(upTo(count));
    from += count;
  }
  return pieces;
}

/** Graphemes; those longer than a message are divided into code points. */
function unitsOf(text: string, max: number): readonly string[] {
  return [...new Intl.Segmenter().segment(text)].flatMap(({ segment }) =>
    segment.length > max ? Array.from(segment) : [segment],
  );
}

function slice(styled: StyledText, start: number, end: number): StyledText {
  const marks = styled.marks.flatMap((mark) => {
    const offset = Math.max(mark.offset, start);
    const length = Math.min(endOf(mark), end) - offset;
    return length > 0 ? [{ ...mark, offset: offset - start, length }] : [];
  });
  return { text: styled.text.slice(start, end), marks };
}
