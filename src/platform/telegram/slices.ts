import { measure } from './measure.ts';
import { endOf, type Styled } from './styled.ts';

/**
 * The last resort for what could not be cut as a document: pieces of at most `max` UTF-16 units as sent, between
 * graphemes, marks going on over the cut. What fits stays one piece.
 */
export function slices(styled: Styled, max: number): readonly Styled[] {
  if (measure(styled, max).text.length <= max) return [styled];
  const pieces: Styled[] = [];
  let start = 0;
  let index = 0;
  for (const unit of unitsOf(styled.text, max)) {
    const end = index + unit.length;
    if (index > start && measure(slice(styled, start, end), max).text.length > max) {
      pieces.push(slice(styled, start, index));
      start = index;
    }
    index = end;
  }
  return [...pieces, slice(styled, start, styled.text.length)];
}

/** Graphemes, and of those that are longer than a message the code points. */
function unitsOf(text: string, max: number): readonly string[] {
  return [...new Intl.Segmenter().segment(text)].flatMap(({ segment }) =>
    segment.length > max ? Array.from(segment) : [segment],
  );
}

function slice(styled: Styled, start: number, end: number): Styled {
  const marks = styled.marks.flatMap((mark) => {
    const offset = Math.max(mark.offset, start);
    const length = Math.min(endOf(mark), end) - offset;
    return length > 0 ? [{ ...mark, offset: offset - start, length }] : [];
  });
  return { text: styled.text.slice(start, end), marks };
}
