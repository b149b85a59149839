import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  documentLength,
  type Inline,
  inlineLength,
  paragraph,
  strong,
  text,
} from '../../src/note/document.ts';
import { lengthOf, runLength } from '../../src/platform/lengths.ts';
import { findRowSlice, firstMembers, indexRow } from '../../src/platform/row-slices.ts';

const numbered = (count: number) => Array.from({ length: count }, (_, n) => text(`${n}`));

test('a slice is found however the indexed row was cut', () => {
  const row = numbered(30);
  indexRow(row);
  expect(findRowSlice([text('x'), ...row.slice(3, 20), text('y')])).toEqual({
    row,
    start: 1,
    end: 18,
    from: 3,
  });
  expect(findRowSlice([...row.slice(0, 9), ...row.slice(12)])).toMatchObject({ start: 0, end: 9, from: 0 });
  expect(findRowSlice(row.toReversed())).toBeUndefined();
  expect(findRowSlice(row.map((one) => ({ ...one })))).toBeUndefined();
});

/** A row, a piece of it, and how much of that is taken, with what is left of the next member. */
const cuts = fc
  .array(fc.constantFrom('', 'a', 'tide', '潮水'), { minLength: 8, maxLength: 40 })
  .chain((words) =>
    fc.record({
      words: fc.constant(words),
      from: fc.nat(words.length),
      to: fc.nat(words.length),
      head: fc.boolean(),
      count: fc.nat(words.length + 1),
      next: fc.boolean(),
    }),
  );

const pieceFrom = <Member extends Inline | ReturnType<typeof paragraph>>(
  row: readonly Member[],
  cut: typeof cuts extends fc.Arbitrary<infer Cut> ? Cut : never,
  make: (words: string) => Member,
) => {
  indexRow(row);
  const piece = [...(cut.head ? [make('x')] : []), ...row.slice(cut.from, cut.to)];
  const next = cut.next ? [make('y')] : [];
  return { first: firstMembers(piece, cut.count, next), anew: [...piece.slice(0, cut.count), ...next] };
};

test('the first members have the slice that a comparison would find', () => {
  fc.assert(
    fc.property(cuts, (cut) => {
      const { first, anew } = pieceFrom(cut.words.map(text), cut, text);
      expect(first).toEqual(anew);
      expect(findRowSlice(first)).toEqual(findRowSlice(anew));
    }),
  );
});

test('a length is the same, added up for a row or measured for a piece', () => {
  fc.assert(
    fc.property(cuts, (cut) => {
      const inline = (words: string): Inline => (words.length > 1 ? strong(text(words)) : text(words));
      const run = pieceFrom(cut.words.map(inline), cut, inline);
      expect(runLength(run.first)).toBe(inlineLength(run.anew));
      const block = (words: string) => paragraph(text(words));
      const document = pieceFrom(cut.words.map(block), cut, block);
      expect(lengthOf(document.first)).toBe(documentLength(document.anew));
    }),
  );
});
