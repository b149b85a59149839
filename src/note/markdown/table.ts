import type { Table } from 'mdast';
import { type Block, type Document, type Inline, inlineText, paragraph, text } from '../document.ts';
import { trimRun } from '../parse/parse-text.ts';
import { displayWidth } from '../present/display-width.ts';
import { lines, type MarkdownContext, toInlines } from './inlines.ts';

/** Columns of monospaced text that fit on one line of a phone. */
const MAX_WIDTH = 36;

type Row = readonly (readonly Inline[])[];

/**
 * A table of plain, narrow cells becomes monospaced text; of any other table, each row becomes a paragraph of "header:
 * cell" lines. Cells without a header are kept.
 */
export function tableBlocks({ children, align }: Table, context: MarkdownContext): Document {
  const [head = [], ...rows] = children.map(
    (row): Row => row.children.map((cell) => trimRun(toInlines(cell.children, context))),
  );
  return asColumns([head, ...rows], align ?? []) ?? asRecords(head, rows);
}

function asColumns(
  [head = [], ...rows]: readonly Row[],
  align: NonNullable<Table['align']>,
): Document | undefined {
  const isNamed = head.some((cell) => cell.length > 0);
  const shown = isNamed ? [head, ...rows] : rows;
  const isPlain = shown
    .flat(2)
    .every((inline) => inline.type !== 'link' && inline.type !== 'mention' && inline.type !== 'spoiler');
  const words = shown.map((row) => row.map(inlineText));
  if (!isPlain || words.flat().some((cell) => cell.includes('\n'))) return undefined;
  const widths: number[] = [];
  for (const row of words)
    for (const [column, cell] of row.entries())
      widths[column] = Math.max(widths[column] ?? 0, displayWidth(cell));
  if (widths.length === 0 || widths.reduce((sum, width) => sum + width + 2, -2) > MAX_WIDTH) return undefined;
  const drawn = words.map((row) =>
    widths
      .map((width, column) => {
        const cell = row[column] ?? '';
        const room = ' '.repeat(width - displayWidth(cell));
        return align[column] === 'right' ? room + cell : cell + room;
      })
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [{ type: 'code-block', text: (isNamed ? drawn.toSpliced(1, 0, rule) : drawn).join('\n') }];
}

/** Each row as lines of its own: the header, then the cell. Headers of empty columns come first. */
function asRecords(head: Row, rows: readonly Row[]): Document {
  const isEmpty = (column: number): boolean => rows.every((row) => (row[column] ?? []).length === 0);
  const emptyHeaders = head.filter((name, column) => name.length > 0 && isEmpty(column));
  const records = rows.map((row) =>
    row.flatMap((cell, column): (readonly Inline[])[] => {
      if (cell.length === 0) return [];
      const name = head[column] ?? [];
      return [name.length > 0 ? [{ type: 'strong', children: name }, text(': '), ...cell] : cell];
    }),
  );
  return [emptyHeaders, ...records].flatMap((row): readonly Block[] =>
    row.length > 0 ? [paragraph(...lines(row))] : [],
  );
}
