import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import type { Button, Choice, Document } from '../../note/document.ts';
import { encodePress, pressOf } from '../press.ts';
import { styledLink } from './inlines.ts';
import { join, plain, type Styled } from './styled.ts';

export type Rows = readonly (readonly Button[])[];

/** All rows of buttons of a document, wherever they stand. */
export function rowsOf(document: Document): Rows {
  return document.flatMap((block) => {
    if (block.type === 'buttons') return block.rows;
    return block.type === 'choice' ? choiceRows(block) : [];
  });
}

/** What a phone shows beside each other: so many Latin letters, with what goes to a button's borders and its check mark. */
const ROW_LETTERS = 44;
const BUTTON_LETTERS = 4;
const MAX_COLUMNS = 5;

/** A button for each option, in columns as wide as the longest needs. Telegram has no channels or roles to choose. */
function choiceRows(choice: Choice): Rows {
  const { from, chosen, manner } = choice;
  if (typeof from === 'string') return [];
  const longest = Math.max(...from.map(({ label }) => lettersOf(label)));
  const columns = Math.min(MAX_COLUMNS, Math.max(1, Math.floor(ROW_LETTERS / (longest + BUTTON_LETTERS))));
  const all = from.map(({ value, label }) => ({
    label,
    press: pressOf(choice, value),
    manner,
    isOn: chosen.includes(value),
  }));
  return Array.from({ length: Math.ceil(all.length / columns) }, (_, row) =>
    all.slice(row * columns, (row + 1) * columns),
  );
}

/** Han characters are twice as wide, pictures three times. */
const lettersOf = (label: string): number =>
  label.length +
  (label.match(/\p{sc=Han}/gu)?.length ?? 0) +
  (label.match(/\p{Emoji_Presentation}/gu)?.length ?? 0);

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
  const { label, press, manner, isOn } = button;
  return { text: isOn ? `✓ ${label}` : label, callback_data: encodePress(press, manner) };
}
