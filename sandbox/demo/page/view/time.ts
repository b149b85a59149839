import { language } from '../words/words.ts';

const formatsIn = (locale: string) => ({
  clock: new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hour12: false }),
  digits: new Intl.DateTimeFormat(locale),
  short: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }),
  day: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' }),
  moment: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }),
  relative: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
});
const FORMATS = { en: formatsIn('en-GB'), zh: formatsIn('zh-CN') };
const formats = () => FORMATS[language()];

const UNITS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** `06:40`. */
export const clock = (atMs: number): string => formats().clock.format(atMs);

/** `12 Mar`. */
export const shortDay = (atMs: number): string => formats().short.format(atMs);

/** A moment in one of Discord's one-letter styles (Reference, Message Formatting, Timestamp Styles). */
export function timestamp(atS: number, style: string, nowMs: number): string {
  if (style === 'R') return ago(atS, nowMs);
  if (style === 'd') return formats().digits.format(atS * 1000);
  if (style === 'D') return formats().day.format(atS * 1000);
  return style === 't' || style === 'T' ? clock(atS * 1000) : formats().moment.format(atS * 1000);
}

function ago(atS: number, nowMs: number): string {
  const passed = atS - nowMs / 1000;
  const [unit, seconds] = UNITS.find(([, size]) => Math.abs(passed) >= size) ?? ['second', 1];
  return formats().relative.format(Math.round(passed / seconds), unit);
}
