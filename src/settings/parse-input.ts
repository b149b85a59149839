import { UserError } from '../command/user-error.ts';
import { typedLine } from '../i18n/symbols.ts';
import type { Texts } from '../i18n/texts.ts';
import { truncateText } from '../lib/truncate-text.ts';
import { parseTime, WEEKDAYS } from '../preferences/field-format.ts';
import type { MinuteOfDay } from '../preferences/preferences.ts';
import { aliasesOf } from '../preferences/word-aliases.ts';

/** What users may type for a keyword, in their language. */
export type Synonyms = Readonly<Record<string, readonly string[]>>;

/** Replaces synonyms and former keywords with today's keywords; lower-case, one space between words. */
export function canonicalize(typed: string, names: Synonyms): string {
  const synonyms = Object.entries(names)
    .flatMap(([keyword, others]) =>
      [...others, ...aliasesOf(keyword)].map((synonym) => [keyword, synonym.toLowerCase()] as const),
    )
    // "Sunday" before "Sun".
    .sort(([, a], [, b]) => b.length - a.length);
  let words = typed.normalize('NFKC').toLowerCase();
  for (const [keyword, synonym] of synonyms) words = words.replace(wordPattern(synonym), ` ${keyword} `);
  return words.replace(/\s+/gu, ' ').trim();
}

/** Scripts without spaces have no word boundaries. */
function wordPattern(word: string): RegExp {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
  return new RegExp(/^[\p{sc=Latin}\s]+$/u.test(word) ? `(?<!\\p{L})${escaped}(?!\\p{L})` : escaped, 'gu');
}

/** Keywords of weekdays with their names in the user's language. */
export const weekdayNames = ({ dates }: Texts): Synonyms =>
  Object.fromEntries(WEEKDAYS.map((day, index) => [day, dates.weekdays[index] ?? []]));

/** The name of a weekday, from 1 (Monday) to 7. */
export function weekdayName(day: number, { dates }: Texts): string {
  const name = dates.weekdays[day - 1]?.[0] ?? '';
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** A time as people write it: `8`, `8:30`, `8.30`, `8pm`, `8点30`. */
export function parseTypedTime(typed: string): MinuteOfDay | undefined {
  const [, digits = '', half] = /^([\d:.点时]+?)[:点时]?分?(am|pm)?$/u.exec(typed) ?? [];
  const at = parseTime(digits.replace(/[.点时]/gu, ':'));
  if (at === undefined || half === undefined) return at;
  if (at < 60 || at >= 13 * 60) return undefined;
  return (at % (12 * 60)) + (half === 'pm' ? 12 * 60 : 0);
}

/** `on` or `off` by the names that people may type; throws `UserError` for anything else. */
export function parseOnOff(
  typed: string,
  panel: string,
  texts: Texts,
  names: { readonly on?: string; readonly off?: string } = {},
): { readonly value: string } {
  const { yes, no } = texts.settings;
  const value = canonicalize(typed, { on: ['yes', yes, names.on ?? yes], off: ['no', no, names.off ?? no] });
  isOn(value, panel, texts, typed);
  return { value };
}

/** Whether a value is `on`; throws `UserError` if it isn't `off` either. */
export function isOn(value: string, panel: string, texts: Texts, typed = value): boolean {
  if (value === 'on' || value === 'off') return value === 'on';
  throw invalidInput(typed, texts, `/settings ${panel} on`, `/settings ${panel} off`);
}

/** The error for input that can't be parsed; `examples` are valid lines. */
export const invalidInput = (typed: string, { settings }: Texts, ...examples: readonly string[]): UserError =>
  new UserError(`${settings.wrong(truncateText(typed, 100))}\n${examples.map(typedLine).join('\n')}`);
