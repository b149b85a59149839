import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import { callbackForValue, encodeCallback } from '../../../command/callback-codec.ts';
import { chunk } from '../../../lib/chunk.ts';
import { type Button, type Choice, type Document } from '../../../note/document.ts';
import { displayWidth } from '../../../note/present/display-width.ts';
import { buttonLabel } from '../../button-label.ts';
import { styledLink } from './entities/inlines.ts';
import { join, plain, type StyledText } from './entities/styled-text.ts';

export type Rows = readonly (readonly Button[])[];

/** All rows of buttons of a document, wherever they stand: as they are meant, however wide. */
export function buttonRows(document: Document): Rows {
  return document.flatMap((block) => {
    if (block.type === 'buttons') return block.rows;
    return block.type === 'choice' ? [optionButtons(block)] : [];
  });
}

/** A button for each option. Telegram has no channels or roles to choose. */
function optionButtons(choice: Choice): readonly Button[] {
  const { from, chosen, responseMode } = choice;
  if (typeof from === 'string') return [];
  return from.map(({ value, label }) => ({
    label,
    callback: callbackForValue(choice, value),
    responseMode,
    isOn: chosen.includes(value),
  }));
}

/** What a phone shows beside each other, in columns (`note/width`), with what goes to a button's borders and its check mark. */
const ROW_WIDTH = 44;
const BORDERS = 4;
const MAX_COLUMNS = 5;

/** A row as rows of which no label is cut: a phone gives all buttons of a row the same width, so the widest decides. */
function layOut(row: readonly Button[]): Rows {
  const widest = Math.max(...row.map(({ label }) => displayWidth(label)));
  const most = Math.min(MAX_COLUMNS, Math.max(1, Math.floor(ROW_WIDTH / (widest + BORDERS))));
  return chunk(row, evenColumns(row.length, most));
}

/** So many columns that the last row is as full as the others, where that takes more than half of those there could be. */
function evenColumns(count: number, most: number): number {
  for (let columns = most; columns > most / 2; columns -= 1) if (count % columns === 0) return columns;
  return most;
}

/** `undefined` where there is no button. */
export function toKeyboard(rows: Rows): InlineKeyboardMarkup | undefined {
  const filled = rows.filter((row) => row.length > 0).flatMap(layOut);
  return filled.length > 0 ? { inline_keyboard: filled.map((row) => row.map(toButton)) } : undefined;
}

/** Buttons that open a page as a line of links, for messages that can't have a keyboard; `undefined` with others. */
export function toLinkLine(rows: Rows): StyledText | undefined {
  const links: StyledText[] = [];
  for (const button of rows.flat()) {
    if (!('url' in button)) return undefined;
    links.push(styledLink(button.url, plain(button.label)));
  }
  return join(links, ' · ');
}

function toButton(button: Button): InlineKeyboardButton {
  const text = buttonLabel(button);
  if ('url' in button) return { text, url: button.url };
  return { text, callback_data: encodeCallback(button.callback, button.responseMode) };
}
