import type { Table } from 'mdast';
import { type Block, type Document, type Inline, inlineText, paragraph, text } from '../document.ts';
import { trimmed } from '../parse/parse.ts';
import { type Context, run } from './inlines.ts';

/** What a phone shows of a line in letters of one width. */
const MAX_WIDTH = 36;
/** Letters that take the room of two, and signs that take none. */
const WIDE =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303F\uFF01-\uFF60\p{Emoji_Presentation}]/u;
const NONE = /[\p{M}\p{Cf}]/u;

type Row = readonly (readonly Inline[])[];

/**
 * A table for readers. A narrow one of plain words keeps its columns, where every letter is as wide as another; of others
 * each row says what it is. Words are in no column too many to be shown.
 */
export function tableOf({ children, align }: Table, context: Context): Document {
  const [head = [], ...rows] = children.map(
    (row): Row => row.children.map((cell) => trimmed(run(cell.children, context))),
  );
  return inColumns([head, ...rows], align ?? []) ?? inRows(head, rows);
}

function inColumns(
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
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
  if (widths.length === 0 || widths.reduce((sum, width) => sum + width + 2, -2) > MAX_WIDTH) return undefined;
  const lines = words.map((row) =>
    widths
      .map((width, column) => {
        const cell = row[column] ?? '';
        const room = ' '.repeat(width - widthOf(cell));
        return align[column] === 'right' ? room + cell : cell + room;
      })
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  const drawn = isNamed ? [lines[0] ?? '', rule, ...lines.slice(1)] : lines;
  return [{ type: 'code-block', text: drawn.join('\n') }];
}

/** Each row as lines of its own: the head of the column, then what stands in it. */
function inRows(head: Row, rows: readonly Row[]): Document {
  return (rows.length > 0 ? rows : [[]]).flatMap((row): readonly Block[] => {
    const columns = rows.length > 0 ? row : head;
    const said = columns.flatMap((cell, column): (readonly Inline[])[] => {
      if (cell.length === 0) return [];
      const name = rows.length > 0 ? (head[column] ?? []) : [];
      return [name.length > 0 ? [{ type: 'strong', children: name }, text(': '), ...cell] : cell];
    });
    const lines = said.flatMap((line, index) => (index > 0 ? [text('\n'), ...line] : line));
    return lines.length > 0 ? [paragraph(...lines)] : [];
  });
}

function widthOf(words: string): number {
  return Array.from(words).reduce(
    (sum, letter) => sum + (WIDE.test(letter) ? 2 : NONE.test(letter) ? 0 : 1),
    0,
  );
}
