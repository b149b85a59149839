import { type Now, nonexistentDay } from '../note/calendar.ts';
import type { Texts } from '../text/texts.ts';
import { UserError } from './problem.ts';

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
