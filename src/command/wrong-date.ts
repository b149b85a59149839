import { missingDay, type Now } from '../note/calendar.ts';
import type { Texts } from '../text/texts.ts';
import { Problem } from './problem.ts';

/** What to say where no day was understood: that there is no such day, or else which forms are. */
export function wrongDate(given: string, now: Now, texts: Texts, forms: (given: string) => string): Problem {
  const missing = missingDay(given.replaceAll(/-(?=\p{L})|(?<=\p{L})-/gu, ' '), now, texts.dates);
  return new Problem(missing ? texts.on.missingDay(texts.times.date(missing)) : forms(given));
}
