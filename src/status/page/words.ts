import { clockTime } from '../../i18n/en/times.ts';
import { type Language, type Texts, textsFor } from '../../i18n/texts.ts';
import { type Markup, markup } from '../../lib/markup.ts';
import { memoize } from '../../lib/memoize.ts';
import { localTime } from '../../note/dates/local-time.ts';

/** How numbers and times are written for one reader of the page. */
export interface PageWords {
  readonly texts: Texts;
  /** IETF tag for `Intl` and the page. */
  readonly tag: string;
  number(value: number): string;
  /** A duration in one unit, with its name. */
  duration(seconds: number): string;
  time(ms: number): Markup;
}

/** British English, as in the bot's other dates. */
const TAGS: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' };

const UNITS = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const;

/** Cached, since creating one takes longer than using it a hundred times. */
const durationFormat = memoize(
  (tag: string, unit: string, digits: '0' | '1') =>
    new Intl.NumberFormat(tag, {
      style: 'unit',
      unit,
      unitDisplay: 'short',
      maximumFractionDigits: Number(digits),
    }),
);

export function pageWords(language: Language, nowMs: number, timeZone: string): PageWords {
  const texts = textsFor(language);
  const tag = TAGS[language];
  const now = localTime(nowMs, timeZone);
  const numbers = new Intl.NumberFormat(tag);
  return {
    texts,
    tag,
    number: (value) => numbers.format(value),
    duration(seconds) {
      const found = UNITS.find((one) => seconds >= one.seconds);
      const amount = found ? seconds / found.seconds : seconds * 1000;
      return durationFormat(tag, found?.unit ?? 'millisecond', found && amount < 10 ? '1' : '0').format(
        amount,
      );
    },
    time(ms) {
      const there = localTime(ms, timeZone);
      const isToday = there.toPlainDate().equals(now.toPlainDate());
      const words = isToday ? clockTime(there) : `${texts.times.day(there, now)}, ${clockTime(there)}`;
      return markup`<time datetime="${new Date(ms).toISOString()}">${words}</time>`;
    },
  };
}
