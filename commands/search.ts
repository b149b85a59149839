import { completeDates, completeHashtags, completeQueries } from '../src/command/autocomplete.ts';
import { defineCommand } from '../src/command/command.ts';
import { dateError, UserError } from '../src/command/user-error.ts';
import { linkCommands } from '../src/command/views/command-links.ts';
import { noteEntries, readButtons } from '../src/command/views/note-list.ts';
import { searchedFor } from '../src/i18n/symbols.ts';
import { createSlicedRunner } from '../src/lib/time-slicing.ts';
import { type DateRange, parseDate } from '../src/note/dates/date-parser.ts';
import { formatTime } from '../src/note/dates/format-times.ts';
import {
  type Button,
  buttons,
  callback,
  heading,
  type Inline,
  paragraph,
  small,
  text,
} from '../src/note/document.ts';
import { withoutSign } from '../src/note/hashtag.ts';
import type { Note } from '../src/note/note.ts';
import { POST_TYPES } from '../src/note/post-types.ts';
import { isEmptyQuery, parseQuery, type Query } from '../src/note/search/query.ts';
import { searchSnippetTask } from '../src/note/search/search-snippet.ts';

const PAGE_SIZE = 5;
const runSliced = createSlicedRunner();
/** The last second that a `Date` can represent. */
const LAST_S = 2 ** 33;

/** Full-text search. Results show the matching passage with the match emphasized. */
export const search = defineCommand({
  name: 'search',
  answerTo: 'user',
  for: 'readers',
  category: 'finding',
  options: {
    query: { type: 'string', required: true, maxLength: 200, autocomplete: completeQueries },
    type: { type: 'choice', choices: POST_TYPES, namedOnly: true },
    hashtag: { type: 'string', maxLength: 80, formOnly: true, autocomplete: completeHashtags },
    after: { type: 'string', maxLength: 40, formOnly: true, autocomplete: completeDates },
    before: { type: 'string', maxLength: 40, formOnly: true, autocomplete: completeDates },
    page: { type: 'integer', min: 1, max: 200, hidden: true },
    // Set by buttons that continue a search that didn't get to the oldest posts: seconds, like `after:` and `before:`.
    reach: { type: 'integer', min: 0, max: LAST_S, hidden: true },
    behind: { type: 'integer', min: 0, max: LAST_S, hidden: true },
  },
  async run(
    { query: words, type, hashtag, after, before, page = 1, reach, behind },
    { archive, now, texts, timeZone },
  ) {
    const readDate = (date: string): DateRange | undefined =>
      parseDate(date, { nowMs: now(), timeZone }, texts.dates);
    // A form also accepts "1 march", which would be two words in a line.
    const normalizedDate = (date: string | undefined): string | undefined =>
      date && (readDate(date)?.name ?? date.replace(/\s+/gu, '-'));
    const [from, to] = [normalizedDate(after), normalizedDate(before)];
    const line = [
      words,
      ...(hashtag ? [`#${withoutSign(hashtag.trim())}`] : []),
      ...(from ? [`after:${from}`] : []),
      ...(to ? [`before:${to}`] : []),
    ].join(' ');
    const { query: typed, wrongDates } = parseQuery(line, readDate);
    const [wrong] = wrongDates;
    if (wrong !== undefined)
      throw dateError(wrong, { nowMs: now(), timeZone }, texts, texts.search.wrongDate);
    if (isEmptyQuery(typed)) throw new UserError(texts.search.emptyQuery);
    const query = within(typed, reach, behind);
    const offset = (page - 1) * PAGE_SIZE;
    const found = await archive.search(query, {
      count: PAGE_SIZE,
      offset,
      ...(type ? { postType: type } : {}),
    });
    const { notes, total, more } = found;
    // Pages must come from the same results, so the next search goes back exactly as far.
    const since = found.since ?? reach;
    const button = (
      label: string,
      options: Readonly<Record<string, string | number | undefined>>,
    ): Button => ({
      label,
      callback: callback('search', { query: words, hashtag, after: from, before: to, ...options }),
      responseMode: 'replace',
    });
    const pageButton = (label: string, to: number): Button =>
      button(label, { page: to, type, reach: since, behind });
    const further = since === undefined ? [] : [button(texts.search.further, { type, behind: since })];
    const limit =
      since === undefined
        ? undefined
        : texts.search.reach(formatTime({ at: since, style: 'day' }, texts, timeZone, now()));
    if (notes.length === 0)
      return [
        paragraph(...linkCommands(page > 1 ? texts.search.noMore : texts.search.none(line))),
        ...(page > 1 ? [] : [small(...linkCommands(limit ?? texts.search.hint))]),
        ...(further.length > 0 ? [buttons(further)] : []),
      ];

    const snippets = new Map<Note, readonly Inline[]>();
    for (const note of notes) snippets.set(note, await runSliced(searchSnippetTask(note, query, texts)));
    const pageButtons = [
      ...(page > 1 ? [pageButton(texts.search.previous, page - 1)] : []),
      ...(offset + notes.length < total ? [pageButton(texts.search.next, page + 1)] : further),
    ];
    return [
      heading(3, text(searchedFor(line))),
      small(...linkCommands(texts.search.count(total, more))),
      ...(limit === undefined ? [] : [small(...linkCommands(limit))]),
      ...noteEntries(notes, offset, texts, {
        style: 'day',
        snippetOf: (note) => snippets.get(note) ?? [],
      }),
      ...readButtons(notes, offset),
      ...(pageButtons.length > 0 ? [buttons(pageButtons)] : []),
    ];
  },
});

/** The query, limited to posts newer than `reach` and older than `behind`. */
function within(query: Query, reach: number | undefined, behind: number | undefined): Query {
  return {
    ...query,
    ...(reach === undefined ? {} : { after: Math.max(reach, query.after ?? 0) }),
    ...(behind === undefined ? {} : { before: Math.min(behind, query.before ?? behind) }),
  };
}
