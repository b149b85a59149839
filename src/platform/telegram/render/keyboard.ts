import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import { callbackForValue, encodeCallback } from '../../../command/callback-codec.ts';
import { chunk } from '../../../lib/chunk.ts';
import { type Button, type Document, type Select } from '../../../note/document.ts';
import { displayWidth } from '../../../note/present/display-width.ts';
import { buttonLabel } from '../../button-label.ts';
import { styledLink } from './entities/inlines.ts';
import { join, plain, type StyledText } from './entities/styled-text.ts';

export type Rows = readonly (readonly Button[])[];

/** All rows of buttons of a document, not yet wrapped to the width of a phone. */
export function buttonRows(document: Document): Rows {
  return document.flatMap((block) => {
    if (block.type === 'buttons') return block.rows;
    return block.type === 'select' ? [optionButtons(block)] : [];
  });
}

/** One button per option. Channels and roles can't be chosen on Telegram. */
function optionButtons(select: Select): readonly Button[] {
  const { options, selected, responseMode } = select;
  if (typeof options === 'string') return [];
  return options.map(({ value, label }) => ({
    label,
    callback: callbackForValue(select, value),
    responseMode,
    isOn: selected.includes(value),
  }));
}

/** Width of a row on a phone in columns (display-width.ts), and what each button needs for borders and check mark. */
const ROW_WIDTH = 44;
const BORDERS = 4;
const MAX_COLUMNS = 5;

/** Wraps a row so that no label is cut off. A phone gives all buttons of a row the same width, so the widest one decides. */
function layOut(row: readonly Button[]): Rows {
  const widest = Math.max(...row.map(({ label }) => displayWidth(label)));
  const most = Math.min(MAX_COLUMNS, Math.max(1, Math.floor(ROW_WIDTH / (widest + BORDERS))));
  return chunk(row, evenColumns(row.length, most));
}

/** The largest number of columns that fills all rows evenly, but at least about half of `most`. */
function evenColumns(count: number, most: number): number {
  for (let columns = most; columns > most / 2; columns -= 1) if (count % columns === 0) return columns;
  return most;
}

/** `undefined` if there are no buttons. */
export function toKeyboard(rows: Rows): InlineKeyboardMarkup | undefined {
  const filled = rows.filter((row) => row.length > 0).flatMap(layOut);
  return filled.length > 0 ? { inline_keyboard: filled.map((row) => row.map(toButton)) } : undefined;
}

/** Buttons as a line of links, for messages that can't have a keyboard; `undefined` unless all of them open pages. */
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
