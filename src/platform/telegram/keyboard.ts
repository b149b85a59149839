import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import type { Button, Document } from '../../note/document.ts';
import { encodePress } from '../press.ts';
import { styledLink } from './inlines.ts';
import { join, plain, type Styled } from './styled.ts';

export type Rows = readonly (readonly Button[])[];

/** All rows of buttons of a document, wherever they stand. */
export function rowsOf(document: Document): Rows {
  return document.flatMap((block) =>
    block.type === 'buttons' ? block.rows.map((row) => row.filter((button) => !('pick' in button))) : [],
  );
}

/** `undefined` where there is no button. */
export function keyboardOf(rows: Rows): InlineKeyboardMarkup | undefined {
  const filled = rows.filter((row) => row.length > 0);
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
  return { text: button.label, callback_data: encodePress(button.press, button.manner) };
}
