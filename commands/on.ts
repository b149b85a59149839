import { completeDates } from '../src/command/autocomplete.ts';
import type { CommandContext } from '../src/command/command.ts';
import { defineCommand } from '../src/command/command.ts';
import { dateError } from '../src/command/user-error.ts';
import { linkCommands } from '../src/command/views/command-links.ts';
import { noteEntries, readButtons } from '../src/command/views/note-list.ts';
import {
  anniversaries,
  type DateRange,
  type Now,
  parseDate,
  shiftRange,
} from '../src/note/dates/date-parser.ts';
import { formatRange, formatRangeShort } from '../src/note/dates/format-times.ts';
import {
  type Button,
  buttons,
  callback,
  type Document,
  heading,
  paragraph,
  small,
  text,
} from '../src/note/document.ts';
import type { Query } from '../src/note/search/query.ts';

const PAGE_SIZE = 5;
/** How many buttons with a word or a date fit side by side on a phone. */
const MAX_IN_ROW = 3;
/** How many posts are listed for each past year, and in all. */
const MAX_PER_YEAR = 3;
const MAX_ANNIVERSARIES = 10;

/** The posts of a day, month or year; without a date, those of this day in past years. */
export const on = defineCommand({
  name: 'on',
  answerTo: 'user',
  for: 'readers',
  category: 'finding',
  options: {
    page: { type: 'integer', min: 1, max: 200, hidden: true },
    date: { type: 'string', maxLength: 40, autocomplete: completeDates },
  },
  async run({ date, page = 1 }, context) {
    const { timeZone } = context;
    const now: Now = { nowMs: context.now(), timeZone };
    const { firstAt = now.nowMs } = await context.status();
    if (date === undefined) return earlierYears(anniversaries(now, firstAt / 1000), now, context);
    const days = parseDate(date, now, context.texts.dates);
    if (!days) throw dateError(date, now, context.texts, context.texts.on.wrongDate);
    const before = days.from * 1000 > firstAt ? [shiftRange(days, -1, timeZone)] : [];
    const after = days.to * 1000 <= now.nowMs ? [shiftRange(days, 1, timeZone)] : [];
    return postsIn(
      days,
      page,
      [
        ...before.map((one) => dateButton(`‹ ${formatRangeShort(one, context.texts, now)}`, one)),
        ...after.map((one) => dateButton(`${formatRangeShort(one, context.texts, now)} ›`, one)),
      ],
      context,
    );
  },
});

const within = ({ from, to }: DateRange): Query => ({
  words: [],
  phrases: [],
  without: [],
  hashtags: [],
  after: from,
  before: to,
});

const dateButton = (label: string, { name: date }: DateRange, page?: number): Button => ({
  label,
  callback: callback('on', { date, page }),
  responseMode: 'replace',
});

async function postsIn(
  days: DateRange,
  page: number,
  adjacentDates: readonly Button[],
  { archive, texts }: CommandContext,
): Promise<Document> {
  // The heading names the day.
  const style = days.unit === 'day' ? 'clock' : 'day';
  const offset = (page - 1) * PAGE_SIZE;
  const { notes, total, more } = await archive.search(within(days), { count: PAGE_SIZE, offset });
  if (notes.length === 0)
    return [
      paragraph(
        ...linkCommands(page > 1 ? texts.search.noMore : texts.on.none[days.unit](formatRange(days, texts))),
      ),
      ...(adjacentDates.length > 0 ? [buttons(adjacentDates)] : []),
    ];
  const pageButtons = [
    ...(page > 1 ? [dateButton(texts.latest.newer, days, page - 1)] : []),
    ...(offset + notes.length < total ? [dateButton(texts.latest.older, days, page + 1)] : []),
  ];
  const navigation = [...pageButtons, ...adjacentDates];
  return [
    heading(3, text(formatRange(days, texts))),
    small(...linkCommands(texts.on.count(total, more))),
    ...noteEntries(notes, offset, texts, { style }),
    ...readButtons(notes, offset),
    buttons(...(navigation.length <= MAX_IN_ROW ? [navigation] : [pageButtons, adjacentDates])),
  ];
}

async function earlierYears(
  days: readonly DateRange[],
  now: Now,
  { archive, texts }: CommandContext,
): Promise<Document> {
  const years = await Promise.all(
    days.map(async (day) => ({ day, ...(await archive.search(within(day), { count: MAX_PER_YEAR })) })),
  );
  const notes = years.flatMap((year) => year.notes).slice(0, MAX_ANNIVERSARIES);
  if (notes.length === 0)
    return [
      paragraph(...linkCommands(texts.on.noAnniversary)),
      buttons([{ label: texts.random.surprise, callback: callback('random'), responseMode: 'add' }]),
    ];
  const yearsWithMore = years.filter(({ total }) => total > MAX_PER_YEAR).slice(0, 5);
  return [
    heading(3, text(texts.on.anniversary)),
    ...noteEntries(notes, 0, texts, { style: 'day' }),
    ...readButtons(notes, 0),
    buttons(
      yearsWithMore.map(({ day, total }) =>
        dateButton(texts.on.allOf(formatRangeShort(day, texts, now), total), day),
      ),
    ),
  ];
}
