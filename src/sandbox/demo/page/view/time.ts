const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const SHORT = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
const DIGITS = new Intl.DateTimeFormat('en-GB');
const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' });
const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

const UNITS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** `06:40`. */
export const clock = (atMs: number): string => CLOCK.format(atMs);

/** `12 Mar`. */
export const shortDay = (atMs: number): string => SHORT.format(atMs);

/** A moment in the style that Discord names by one letter (Reference, Message Formatting, Timestamp Styles). */
export function timestamp(atS: number, style: string, nowMs: number): string {
  if (style === 'R') return ago(atS, nowMs);
  if (style === 'd') return DIGITS.format(atS * 1000);
  if (style === 'D') return DAY.format(atS * 1000);
  return style === 't' || style === 'T' ? clock(atS * 1000) : MOMENT.format(atS * 1000);
}

function ago(atS: number, nowMs: number): string {
  const passed = atS - nowMs / 1000;
  const [unit, seconds] = UNITS.find(([, size]) => Math.abs(passed) >= size) ?? ['second', 1];
  return RELATIVE.format(Math.round(passed / seconds), unit);
}
