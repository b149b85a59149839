import { displayWidth } from '../src/note/present/display-width.ts';

/**
 * What an answer takes of a phone of 400 × 800 pixels, as the two apps draw it. The figures are those of the apps' own
 * layouts at the default text size: a letter is about half as wide as a row is high.
 *
 * Discord: 400 px less a margin, the avatar and its gap (16 + 40 + 16), the right margin (16) and a card's border and
 * padding (4 + 16 + 16) leave 292 px; at 16 px a letter takes some 7.8 px: 37 columns. Above and below: the status bar
 * and the channel's header (24 + 56), the message box (64), "you used /latest" and the name (44), and what says that only
 * you can see it (20).
 *
 * Telegram: a bubble of 330 px less its padding leaves 306 px; at 16 px some 7.8 px a letter: 39 columns. Above and below:
 * status bar and header (24 + 56), the message box (50), the reader's own message (50).
 */
const PHONES = {
  discord: { columns: 37, row: 22, blank: 8, heading: 28, padding: 32, around: 208, button: 40 },
  telegram: { columns: 39, row: 21, blank: 21, heading: 21, padding: 24, around: 180, button: 42 },
} as const;

const HEIGHT = 800;

/** An answer as it is shown: text without markup, blocks set apart by a blank line, the first one the heading. */
export interface Shown {
  readonly text: string;
  readonly buttonRows: number;
}

/** Pixels that are left on the screen; below zero where the reader has to scroll. */
export function pixelsLeft(platform: keyof typeof PHONES, { text, buttonRows }: Shown): number {
  const phone = PHONES[platform];
  const blocks = text.split('\n\n');
  const rows = blocks.slice(1).flatMap((block) => block.split('\n'));
  const height =
    phone.heading * rowsIn(blocks[0] ?? '', phone.columns) +
    rows.reduce((sum, line) => sum + phone.row * rowsIn(line, phone.columns), 0) +
    phone.blank * (blocks.length - 1) +
    buttonRows * phone.button;
  return HEIGHT - phone.around - phone.padding - height;
}

/** How many rows a line takes, wrapped at blanks, and anywhere beside Chinese characters. */
export function rowsIn(line: string, columns: number): number {
  let [rows, used] = [1, 0];
  for (const [piece] of line.matchAll(
    /[\p{sc=Han}，。！？：；、（）“”]|[^\s\p{sc=Han}，。！？：；、（）“”]+|\s/gu,
  )) {
    const width = displayWidth(piece);
    if (used + width <= columns) used += width;
    else if (piece.trim() !== '') {
      rows += Math.max(1, Math.ceil(width / columns));
      used = width % columns;
    }
  }
  return rows;
}
