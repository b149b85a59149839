import type { Minutes } from '../choices/choices.ts';
import { formerly } from '../choices/former-words.ts';
import { readTime, WEEKDAYS } from '../choices/words.ts';
import { Problem } from '../command/problem.ts';
import { shortened } from '../note/shortened.ts';
import { line } from '../text/lines.ts';
import type { Texts } from '../text/texts.ts';

/** What may be typed for a word of ours, in the reader's language. */
export type Names = Readonly<Record<string, readonly string[]>>;

/** What was typed in words of ours, today's or those that they once were: lower-case, one blank between them. */
export function inOurWords(typed: string, names: Names): string {
  const said = Object.entries(names)
    .flatMap(([ours, theirs]) =>
      [...theirs, ...formerly(ours)].map((their) => [ours, their.toLowerCase()] as const),
    )
    // "Sunday" before "Sun".
    .sort(([, a], [, b]) => b.length - a.length);
  let words = typed.normalize('NFKC').toLowerCase();
  for (const [ours, their] of said) words = words.replace(asWord(their), ` ${ours} `);
  return words.replace(/\s+/gu, ' ').trim();
}

/** Scripts without blanks have no borders between words. */
function asWord(word: string): RegExp {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
  return new RegExp(/^[\p{sc=Latin}\s]+$/u.test(word) ? `(?<!\\p{L})${escaped}(?!\\p{L})` : escaped, 'gu');
}

/** The days of the week by what people call them. */
export const weekdayNames = ({ dates }: Texts): Names =>
  Object.fromEntries(WEEKDAYS.map((day, index) => [day, dates.weekdays[index] ?? []]));

/** What people call a day of the week, 1 to 7 from Monday on. */
export function weekdayName(day: number, { dates }: Texts): string {
  const name = dates.weekdays[day - 1]?.[0] ?? '';
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** A time as people write it: `8`, `8:30`, `8.30`, `8pm`, `8点30`. */
export function timeTyped(typed: string): Minutes | undefined {
  const [, digits = '', half] = /^([\d:.点时]+?)[:点时]?分?(am|pm)?$/u.exec(typed) ?? [];
  const at = readTime(digits.replace(/[.点时]/gu, ':'));
  if (at === undefined || half === undefined) return at;
  if (at < 60 || at >= 13 * 60) return undefined;
  return (at % (12 * 60)) + (half === 'pm' ? 12 * 60 : 0);
}

/** What was typed means nothing; `right` are lines that do. */
export const wrong = (typed: string, { settings }: Texts, ...right: readonly string[]): Problem =>
  new Problem(`${settings.wrong(shortened(typed, 100))}\n${right.map(line).join('\n')}`);
