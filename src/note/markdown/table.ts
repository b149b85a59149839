import type { PhrasingContent } from 'mdast';
import { type Block, type Document, type Inline, inlineText, paragraph, text } from '../document.ts';
import { trimmed } from '../parse/parse.ts';
import { type Context, run } from './inlines.ts';

/** What a phone shows of a line in letters of one width. */
const MAX_WIDTH = 36;
/** More columns are no table that anybody reads. */
const MAX_COLUMNS = 30;
/** Letters that take the room of two, and signs that take none. */
const WIDE =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303F\uFF01-\uFF60\p{Emoji_Presentation}]/u;
const NONE = /[\p{M}\p{Cf}]/u;

type Cell = readonly PhrasingContent[];
type Side = 'left' | 'right';

/**
 * The table in a paragraph (GitHub's dialect), after the lines before it; `undefined` where there is none. A narrow one
 * of plain words keeps its columns, where every letter is as wide as another; of others each row says what it is.
 */
export function tableIn(children: readonly PhrasingContent[], context: Context): Document | undefined {
  const lines = linesOf(children);
  const at = lines.findIndex((line, index) => index > 0 && sidesOf(line) !== undefined);
  const [head, delimiter] = [lines[at - 1], lines[at]];
  const sides = delimiter && sidesOf(delimiter);
  if (!head || !sides || cellsOf(head).length !== sides.length || at === lines.length - 1) return undefined;
  const before = lines.slice(0, at - 1).map((line) => run(line, context));
  const rows = [head, ...lines.slice(at + 1)].map((line) => {
    const cells = cellsOf(line);
    return sides.map((_, column) => trimmed(run(cells[column] ?? [], context)));
  });
  return [
    ...(before.length > 0 ? [paragraph(...before.flatMap((line) => [...line, text(' ')]).slice(0, -1))] : []),
    ...(inColumns(rows, sides) ?? inRows(rows)),
  ];
}

function linesOf(children: readonly PhrasingContent[]): readonly Cell[] {
  return cut(children, /\n/u);
}

/** What stands between the bars of a line, without those at its ends. */
function cellsOf(line: Cell): readonly Cell[] {
  const cells = cut(line, /\|/u);
  const isEmpty = (cell: Cell | undefined): boolean =>
    cell !== undefined && cell.every((node) => node.type === 'text' && node.value.trim() === '');
  return cells.slice(isEmpty(cells[0]) ? 1 : 0, cells.length > 1 && isEmpty(cells.at(-1)) ? -1 : undefined);
}

function cut(children: readonly PhrasingContent[], where: RegExp): readonly Cell[] {
  const parts: PhrasingContent[][] = [[]];
  for (const child of children) {
    const pieces = child.type === 'text' ? child.value.split(where) : [undefined];
    for (const [index, value] of pieces.entries()) {
      if (index > 0) parts.push([]);
      if (value !== '') parts.at(-1)?.push(value === undefined ? child : { type: 'text', value });
    }
  }
  return parts;
}

/** On which side the words of each column stand, where a line is nothing but dashes between bars. */
function sidesOf(line: Cell): readonly Side[] | undefined {
  if (!line.every((node) => node.type === 'text') || cut(line, /\|/u).length < 2) return undefined;
  const cells = cellsOf(line).map((cell) =>
    cell
      .map((node) => ('value' in node ? node.value : ''))
      .join('')
      .trim(),
  );
  if (cells.length === 0 || cells.length > MAX_COLUMNS || !cells.every((cell) => /^:?-+:?$/u.test(cell)))
    return undefined;
  return cells.map((cell) => (cell.endsWith(':') && !cell.startsWith(':') ? 'right' : 'left'));
}

type Row = readonly (readonly Inline[])[];

function inColumns(rows: readonly Row[], sides: readonly Side[]): Document | undefined {
  const isPlain = rows.flat(2).every((inline) => inline.type !== 'link' && inline.type !== 'mention');
  const words = rows.map((row) => row.map(inlineText));
  const widths = sides.map((_, column) => Math.max(...words.map((row) => widthOf(row[column] ?? ''))));
  const whole = widths.reduce((sum, width) => sum + width + 2, -2);
  if (!isPlain || whole > MAX_WIDTH) return undefined;
  const lines = words.map((row) =>
    row
      .map((cell, column) => {
        const room = ' '.repeat((widths[column] ?? 0) - widthOf(cell));
        return sides[column] === 'right' ? room + cell : cell + room;
      })
      .join('  ')
      .trimEnd(),
  );
  const [head = '', ...others] = lines;
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [{ type: 'code-block', text: [head, rule, ...others].join('\n') }];
}

/** Each row as lines of its own: the head of the column, then what stands in it. */
function inRows([head = [], ...rows]: readonly Row[]): Document {
  return rows.flatMap((row): readonly Block[] => {
    const said = row.flatMap((cell, column): (readonly Inline[])[] => {
      if (cell.length === 0) return [];
      const name = head[column] ?? [];
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
