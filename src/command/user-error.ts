import type { Texts } from '../i18n/texts.ts';
import { chunk } from '../lib/chunk.ts';
import { type Now, nonexistentDay } from '../note/dates/date-parser.ts';
import { type Button, buttons, type Document, paragraph } from '../note/document.ts';
import { linkCommands } from './views/command-links.ts';

/** The error for an invalid date: the day doesn't exist, or else `forms` says what can be typed. */
export function dateError(
  given: string,
  now: Now,
  texts: Texts,
  forms: (given: string) => string,
): UserError {
  const missing = nonexistentDay(given.replaceAll(/-(?=\p{L})|(?<=\p{L})-/gu, ' '), now, texts.dates);
  return new UserError(missing ? texts.on.missingDay(texts.times.date(missing)) : forms(given));
}

/** A user's mistake. The message says what would be valid, and the request handler shows it to the user. */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** Buttons below the sentence. */
  readonly actions: readonly Button[];
  constructor(message: string, actions: readonly Button[] = []) {
    super(message);
    this.actions = actions;
  }
}

/** Two side by side are readable on a phone. */
const PER_ROW = 2;

export const errorDocument = ({ message, actions }: UserError): Document => [
  paragraph(...linkCommands(message)),
  ...(actions.length > 0 ? [buttons(...chunk(actions, PER_ROW))] : []),
];
