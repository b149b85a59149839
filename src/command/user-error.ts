import type { Texts } from '../i18n/texts.ts';
import { type Now, nonexistentDay } from '../note/dates/date-parser.ts';
import { type Button, buttons, type Document, paragraph } from '../note/document.ts';
import { linkCommands } from './views/command-links.ts';

/** What to say where no day was understood: that there is no such day, or else which forms are. */
export function dateError(
  given: string,
  now: Now,
  texts: Texts,
  forms: (given: string) => string,
): UserError {
  const missing = nonexistentDay(given.replaceAll(/-(?=\p{L})|(?<=\p{L})-/gu, ' '), now, texts.dates);
  return new UserError(missing ? texts.on.missingDay(texts.times.date(missing)) : forms(given));
}

/** The asker's mistake, as a sentence for people that says what would be right. `dispatch` shows it. */
export class UserError extends Error {
  override readonly name = 'Problem';
  /** What may be pressed then. */
  readonly actions: readonly Button[];
  constructor(message: string, ways: readonly Button[] = []) {
    super(message);
    this.actions = ways;
  }
}

export const errorDocument = ({ message, actions }: UserError): Document => [
  paragraph(...linkCommands(message)),
  ...(actions.length > 0 ? [buttons(...inPairs(actions))] : []),
];

/** Two beside each other can be read on a phone. */
const inPairs = (ways: readonly Button[]): readonly (readonly Button[])[] =>
  ways.flatMap((_, index) => (index % 2 === 0 ? [ways.slice(index, index + 2)] : []));
