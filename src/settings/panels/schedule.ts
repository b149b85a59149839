import type { CommandContext } from '../../command/command.ts';
import { linkCommands } from '../../command/views/command-links.ts';
import type { Texts } from '../../i18n/texts.ts';
import { type Block, heading, paragraph, type SelectOption, small, text } from '../../note/document.ts';
import { formatSchedule, formatTime, parseSchedule, WEEKDAYS } from '../../preferences/field-format.ts';
import type { MinuteOfDay, Preferences, Schedule, Weekday } from '../../preferences/preferences.ts';
import {
  hasSelects,
  includingChosen,
  inlineWhereSelects,
  option,
  type Panel,
  panelSelect,
} from '../panel.ts';
import { canonicalize, invalidInput, parseTypedTime, weekdayName, weekdayNames } from '../parse-input.ts';

/** The most common hours, for platforms where each one is a button. */
const FEW_HOURS = [6, 7, 8, 9, 12, 17, 18, 19, 20, 21];
const ALL_HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const STANDARD = { at: 8 * 60, on: 7 as Weekday };
/** Words that people type and that don't change the meaning. */
const FILLERS = new Set(['every', 'on', 'at', '每']);
const LINES = [
  '/settings schedule daily 8:30',
  '/settings schedule weekly sunday 8:00',
  '/settings schedule right away',
];

/**
 * Each post right away, or a daily or weekly digest. Typed: `right away`, `daily`, `weekly`, with or without a day
 * and a time.
 */
export const schedulePanel: Panel = {
  name: 'schedule',
  isAvailable: () => true,
  label: ({ schedule }, { texts }) => texts.settings.schedule.label(shortLabel(schedule, texts)),
  parse(typed, preferences, { texts }) {
    const schedule = parseTypedSchedule(typed, preferences.schedule, texts);
    if (!schedule) throw invalidInput(typed, texts, ...LINES);
    return { value: formatSchedule(schedule) };
  },
  apply({ value = '' }, preferences, { texts }) {
    const schedule = parseSchedule(value);
    if (!schedule) throw invalidInput(value, texts, ...LINES);
    return { ...preferences, schedule };
  },
  show(preferences, context) {
    const { texts } = context;
    const { kind } = preferences.schedule;
    return [
      heading(3, text(texts.settings.schedule.heading)),
      paragraph(...linkCommands(texts.settings.schedule.explained[kind])),
      ...(kind === 'at-once'
        ? []
        : [small(...linkCommands(texts.settings.typed(LINES[kind === 'daily' ? 0 : 1] ?? '')))]),
      ...selects(preferences, context),
    ];
  },
  inline: inlineWhereSelects(selects),
};

/** Every option is a complete schedule, so choosing one on an old screen sets what that screen shows. */
function selects({ schedule }: Preferences, context: CommandContext): readonly Block[] {
  const { texts } = context;
  const panelTexts = texts.settings.schedule;
  const { at, on } = { ...STANDARD, ...schedule };
  const all: readonly Schedule[] = [{ kind: 'at-once' }, { kind: 'daily', at }, { kind: 'weekly', at, on }];
  const one = (next: Schedule, label: string) => option(formatSchedule(next), label);
  const choose = (label: string, from: readonly SelectOption[]) =>
    panelSelect('schedule', label, from, [formatSchedule(schedule)]);
  const kinds = choose(
    panelTexts.heading,
    all.map((next) => one(next, panelTexts.kinds[next.kind])),
  );
  if (schedule.kind === 'at-once') return [kinds];
  const hours = (hasSelects(context) ? ALL_HOURS : FEW_HOURS).map((hour): MinuteOfDay => hour * 60);
  const times = choose(
    panelTexts.time,
    includingChosen(hours, at).map((time) => one({ ...schedule, at: time }, formatTime(time))),
  );
  if (schedule.kind === 'daily') return [kinds, times];
  const days = choose(
    panelTexts.day,
    WEEKDAYS.map((_, index) => (index + 1) as Weekday).map((day) =>
      one({ ...schedule, on: day }, weekdayName(day, texts)),
    ),
  );
  return [kinds, days, times];
}

function shortLabel(schedule: Schedule, texts: Texts): string {
  const day = schedule.kind === 'weekly' ? weekdayName(schedule.on, texts) : '';
  const time = schedule.kind === 'at-once' ? '' : formatTime(schedule.at);
  return [texts.settings.schedule.kinds[schedule.kind].toLowerCase(), day, time].filter(Boolean).join(' ');
}

/** What the line doesn't mention stays as it was. */
function parseTypedSchedule(words: string, before: Schedule, texts: Texts): Schedule | undefined {
  const { kinds } = texts.settings.schedule;
  const line = canonicalize(words.replace(/(\d)\s+(?=[ap]m\b)/giu, '$1'), {
    ...weekdayNames(texts),
    'right away': ['once', kinds['at-once']],
    daily: ['every day', kinds.daily],
    weekly: ['every week', kinds.weekly],
  });
  if (line === 'right away') return { kind: 'at-once' };
  if (line === '') return undefined;
  const { at, on } = { ...STANDARD, ...before };
  const parsed: { kind?: 'daily' | 'weekly'; on?: Weekday; at?: number } = {};
  for (const word of line.split(' ').filter((one) => !FILLERS.has(one))) {
    const day = WEEKDAYS.findIndex((name) => name === word) + 1;
    const time = parseTypedTime(word);
    if (word === 'daily' || word === 'weekly') parsed.kind = word;
    else if (day > 0) parsed.on = day as Weekday;
    else if (time !== undefined) parsed.at = time;
    else return undefined;
  }
  if (Object.keys(parsed).length === 0) return undefined;
  const kind = parsed.kind ?? (parsed.on !== undefined || before.kind === 'weekly' ? 'weekly' : 'daily');
  if (kind === 'daily') return parsed.on === undefined ? { kind, at: parsed.at ?? at } : undefined;
  return { kind, at: parsed.at ?? at, on: parsed.on ?? on };
}
