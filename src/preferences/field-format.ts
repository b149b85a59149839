import { hashtagKey } from '../note/hashtag.ts';
import { POST_TYPES } from '../note/post-types.ts';
import { seriesKey } from '../note/series.ts';
import type { FilterTerms, IdsByType, MinuteOfDay, QuietHours, Schedule, Weekday } from './preferences.ts';
import { QUIET_MODES } from './preferences.ts';
import { canonicalWord } from './word-aliases.ts';

/** Formats the fields of settings as text and parses them. Parsers return `undefined` for invalid text. */

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
/** More than anybody maintains; each is compared with every note. */
export const MAX_TERMS = 50;
export const MAX_TERM_LENGTH = 100;

/** `#lithium, "china morning missive"`, or `none`. */
export function formatTerms({ series, hashtags }: FilterTerms): string {
  return (
    [...hashtags.map((tag) => `#${tag}`), ...series.map((name) => JSON.stringify(name))].join(', ') || 'none'
  );
}

export function parseTerms(words: string): FilterTerms | undefined {
  if (words === 'none') return { series: [], hashtags: [] };
  const terms = words.match(/[#＃][^\s,"#＃]+|"(?:[^"\\]|\\.)*"/gsu) ?? [];
  const rest = terms.reduce((left, term) => left.replace(term, ''), words);
  if (/[^\s,]/u.test(rest) || terms.length === 0 || terms.length > MAX_TERMS) return undefined;
  const hashtags = terms.filter((term) => !term.startsWith('"')).map(hashtagKey);
  const series = terms.filter((term) => term.startsWith('"')).flatMap(parseQuoted);
  // Normalized, a term may be longer than it was typed, and it is parsed again later.
  const isShort = (term: string): boolean => term.length <= MAX_TERM_LENGTH;
  if (![...hashtags, ...series.map((name) => JSON.stringify(name))].every(isShort)) return undefined;
  return { hashtags: [...new Set(hashtags)], series: [...new Set(series)] };
}

function parseQuoted(words: string): readonly string[] {
  try {
    return [seriesKey(String(JSON.parse(words)))];
  } catch {
    // An invalid escape sequence.
    return [];
  }
}

/** Stands for a setting that nobody changed. */
export const DEFAULT = 'default';
const RIGHT_AWAY = 'right away';

/** `right away`, `daily 08:00`, `weekly sunday 08:00`. */
export function formatSchedule(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'at-once':
      return RIGHT_AWAY;
    case 'daily':
      return `daily ${formatTime(schedule.at)}`;
    case 'weekly':
      return `weekly ${WEEKDAYS[schedule.on - 1]} ${formatTime(schedule.at)}`;
  }
}

export function parseSchedule(words: string): Schedule | undefined {
  if (canonicalWord(words.toLowerCase()) === RIGHT_AWAY) return { kind: 'at-once' };
  const [, kind, day, time = ''] =
    /^(daily|weekly)\s+(?:([a-z]+)\s+)?([\d:]+)$/u.exec(words.toLowerCase()) ?? [];
  const at = parseTime(time);
  const on = WEEKDAYS.findIndex((name) => name === day) + 1;
  if (at === undefined) return undefined;
  if (kind === 'daily') return day === undefined ? { kind, at } : undefined;
  return kind === 'weekly' && on > 0 ? { kind, at, on: on as Weekday } : undefined;
}

/** `22:00-07:00 hold`. */
export function formatQuietHours({ from, to, mode }: QuietHours): string {
  return `${formatTime(from)}-${formatTime(to)} ${mode}`;
}

export function parseQuietHours(words: string): QuietHours | undefined {
  const [, from = '', to = '', name] =
    /^([\d:]+)\s*[-–]\s*([\d:]+)\s+([a-z]+)$/u.exec(words.toLowerCase()) ?? [];
  const mode = QUIET_MODES.find((one) => one === name);
  const [begin, end] = [parseTime(from), parseTime(to)];
  if (begin === undefined || end === undefined || begin === end) return undefined;
  return mode && { from: begin, to: end, mode };
}

/** `08:00`. */
export function formatTime(minutes: MinuteOfDay): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** `8`, `08:30`, `22:00`. */
export function parseTime(words: string): MinuteOfDay | undefined {
  const [, hour = '', minute = '0'] = /^(\d{1,2})(?::(\d{2}))?$/u.exec(words) ?? [];
  const [hours, minutes] = [Number(hour), Number(minute)];
  return hour !== '' && hours < 24 && minutes < 60 ? hours * 60 + minutes : undefined;
}

/** `missive 1234, photo 5678`, or `none`. */
export function formatIdsByType(ids: IdsByType): string {
  return (
    POST_TYPES.flatMap((type) => (ids[type] === undefined ? [] : `${type} ${ids[type]}`)).join(', ') || 'none'
  );
}

export function parseIdsByType(words: string): IdsByType | undefined {
  if (words === 'none') return {};
  const pairs = words.split(/\s*,\s*/u).map((pair) => /^([a-z]+) (\d{1,20})$/u.exec(pair) ?? []);
  const isKnown = pairs.every(([, type]) => POST_TYPES.some((known) => known === type));
  return isKnown ? Object.fromEntries(pairs.map(([, type, id]) => [type, id])) : undefined;
}
