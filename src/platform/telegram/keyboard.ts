import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import { type Button, type Choice, type Document, inRows } from '../../note/document.ts';
import { widthOf } from '../../note/width.ts';
import { encodePress, pressOf } from '../press.ts';
import { styledLink } from './inlines.ts';
import { join, plain, type Styled } from './styled.ts';

export type Rows = readonly (readonly Button[])[];

/** All rows of buttons of a document, wherever they stand: as they are meant, however wide. */
export function rowsOf(document: Document): Rows {
  return document.flatMap((block) => {
    if (block.type === 'buttons') return block.rows;
    return block.type === 'choice' ? [optionsOf(block)] : [];
  });
}

/** A button for each option. Telegram has no channels or roles to choose. */
function optionsOf(choice: Choice): readonly Button[] {
  const { from, chosen, manner } = choice;
  if (typeof from === 'string') return [];
  return from.map(({ value, label }) => ({
    label,
    press: pressOf(choice, value),
    manner,
    isOn: chosen.includes(value),
  }));
}

/** What a phone shows beside each other, in columns (`note/width`), with what goes to a button's borders and its check mark. */
const ROW_WIDTH = 44;
const BORDERS = 4;
const MAX_COLUMNS = 5;

/** A row as rows of which no label is cut: a phone gives all buttons of a row the same width, so the widest decides. */
function laidOut(row: readonly Button[]): Rows {
  const widest = Math.max(...row.map(({ label }) => widthOf(label)));
  const most = Math.min(MAX_COLUMNS, Math.max(1, Math.floor(ROW_WIDTH / (widest + BORDERS))));
  return inRows(row, evenly(row.length, most));
}

/** So many columns that the last row is as full as the others, where that takes more than half of those there could be. */
function evenly(count: number, most: number): number {
  for (let columns = most; columns > most / 2; columns -= 1) if (count % columns === 0) return columns;
  return most;
}

/** `undefined` where there is no button. */
export function keyboardOf(rows: Rows): InlineKeyboardMarkup | undefined {
  const filled = rows.filter((row) => row.length > 0).flatMap(laidOut);
  return filled.length > 0 ? { inline_keyboard: filled.map((row) => row.map(toButton)) } : undefined;
}

/** Buttons that open a page as a line of links, for messages that can't have a keyboard; `undefined` with others. */
export function linkLineOf(rows: Rows): Styled | undefined {
  const links: Styled[] = [];
  for (const button of rows.flat()) {
    if (!('url' in button)) return undefined;
    links.push(styledLink(button.url, plain(button.label)));
  }
  return join(links, ' · ');
}

function toButton(button: Button): InlineKeyboardButton {
  if ('url' in button) return { text: button.label, url: button.url };
  const { label, press, manner, isOn } = button;
  return { text: isOn ? `✓ ${label}` : label, callback_data: encodePress(press, manner) };
}
