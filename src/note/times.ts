import type { Texts } from '../text/texts.ts';
import type { Days } from './calendar.ts';
import type { Document, Inline } from './document.ts';
import { localTime } from './local-time.ts';
import { mapInlines } from './walk.ts';

/** How a moment is put for a reader. `timeZone` is an IANA name. */
export function timeWords(
  { at, style }: Pick<Extract<Inline, { readonly type: 'time' }>, 'at' | 'style'>,
  texts: Texts,
  timeZone: string,
): string {
  const there = localTime(at * 1000, timeZone);
  return style === 'moment' ? texts.times.moment(there) : texts.times.date(there);
}

/** How a day, month or year is put for a reader; `name` as in `Days`. */
export function daysWords({ name, unit }: Pick<Days, 'name' | 'unit'>, { times }: Texts): string {
  const [year, month = 1, day = 1] = name.split('-').map(Number);
  const first = new Temporal.PlainDate(year ?? 0, month, day);
  return { day: times.date, month: times.month, year: times.year }[unit](first);
}

/** The document with its moments in words too, for platforms that can't leave them to the reader's own device. */
export function withTimes(document: Document, texts: Texts, timeZone: string): Document {
  return mapInlines(document, (inline) =>
    inline.type === 'time' ? { ...inline, words: timeWords(inline, texts, timeZone) } : inline,
  );
}
