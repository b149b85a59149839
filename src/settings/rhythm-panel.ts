import type { Rhythm, Weekday } from '../choices/choices.ts';
import { rhythmText, timeText, WEEKDAYS } from '../choices/words.ts';
import { sentence } from '../command/sentence.ts';
import { buttons, heading, paragraph, small, text } from '../note/document.ts';
import type { Texts } from '../text/texts.ts';
import { inRows, type Panel, pick, withChosen } from './panel.ts';
import { inOurWords, timeTyped, weekdayName, weekdayNames, wrong } from './typed.ts';

const HOURS = [6, 7, 8, 9, 12, 17, 18, 19, 20, 21];
const STANDARD = { at: 8 * 60, on: 7 as Weekday };
/** People write them, and they change nothing. */
const FILLERS = new Set(['every', 'on', 'at', '每']);
const LINES = [
  '/settings rhythm daily 8:30',
  '/settings rhythm weekly sunday 8:00',
  '/settings rhythm at once',
];

/** Each post at once, or all of a day or week in a digest. Words: `at once`, `daily`, `weekly`, with a day and a time or not. */
export const rhythmPanel: Panel = {
  name: 'rhythm',
  isFor: () => true,
  label: ({ rhythm }, { texts }) => texts.settings.rhythm.label(shortly(rhythm, texts)),
  change(words, choices, { texts }) {
    const rhythm = rhythmIn(words, choices.rhythm, texts);
    if (!rhythm) throw wrong(words, texts, ...LINES);
    return { ...choices, rhythm };
  },
  show({ rhythm }, { texts }) {
    const { settings } = texts;
    const to = (next: Rhythm, label: string, isChosen: boolean) =>
      pick('rhythm', rhythmText(next), label, isChosen);
    const { at, on } = { ...STANDARD, ...rhythm };
    const { kinds } = settings.rhythm;
    const all: readonly Rhythm[] = [{ kind: 'at-once' }, { kind: 'daily', at }, { kind: 'weekly', at, on }];
    const offered = HOURS.map((hour) => hour * 60);
    const hours = rhythm.kind === 'at-once' ? [] : withChosen(offered, at);
    const days = rhythm.kind === 'weekly' ? WEEKDAYS.map((_, index) => (index + 1) as Weekday) : [];
    return [
      heading(3, text(settings.rhythm.heading)),
      paragraph(...sentence(settings.rhythm.explained[rhythm.kind])),
      ...(rhythm.kind === 'at-once'
        ? []
        : [small(...sentence(settings.typed(LINES[rhythm.kind === 'daily' ? 0 : 1] ?? '')))]),
      buttons(
        all.map((next) => to(next, kinds[next.kind], next.kind === rhythm.kind)),
        ...inRows(
          days.map((day) => to({ kind: 'weekly', at, on: day }, weekdayName(day, texts), day === on)),
          4,
        ),
        ...inRows(
          hours.map((time) => to({ ...rhythm, at: time } as Rhythm, timeText(time), time === at)),
          5,
        ),
      ),
    ];
  },
};

function shortly(rhythm: Rhythm, texts: Texts): string {
  const day = rhythm.kind === 'weekly' ? weekdayName(rhythm.on, texts) : '';
  const time = rhythm.kind === 'at-once' ? '' : timeText(rhythm.at);
  return [texts.settings.rhythm.kinds[rhythm.kind].toLowerCase(), day, time].filter(Boolean).join(' ');
}

/** What is left unsaid stays as it was. */
function rhythmIn(words: string, before: Rhythm, texts: Texts): Rhythm | undefined {
  const { kinds } = texts.settings.rhythm;
  const meant = inOurWords(words.replace(/(\d)\s+(?=[ap]m\b)/giu, '$1'), {
    ...weekdayNames(texts),
    once: ['at once', kinds['at-once']],
    daily: ['every day', kinds.daily],
    weekly: ['every week', kinds.weekly],
  });
  if (meant === 'once') return { kind: 'at-once' };
  if (meant === '') return undefined;
  const { at, on } = { ...STANDARD, ...before };
  const said: { kind?: 'daily' | 'weekly'; on?: Weekday; at?: number } = {};
  for (const word of meant.split(' ').filter((one) => !FILLERS.has(one))) {
    const day = WEEKDAYS.findIndex((name) => name === word) + 1;
    const time = timeTyped(word);
    if (word === 'daily' || word === 'weekly') said.kind = word;
    else if (day > 0) said.on = day as Weekday;
    else if (time !== undefined) said.at = time;
    else return undefined;
  }
  if (Object.keys(said).length === 0) return undefined;
  const kind = said.kind ?? (said.on !== undefined || before.kind === 'weekly' ? 'weekly' : 'daily');
  if (kind === 'daily') return said.on === undefined ? { kind, at: said.at ?? at } : undefined;
  return { kind, at: said.at ?? at, on: said.on ?? on };
}
