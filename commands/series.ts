import { completeSeries } from '../src/command/autocomplete.ts';
import type { CommandContext } from '../src/command/command.ts';
import { defineCommand } from '../src/command/command.ts';
import { UserError } from '../src/command/user-error.ts';
import { linkCommands } from '../src/command/views/command-links.ts';
import { noteEntries, numberButtons, readButtons } from '../src/command/views/note-list.ts';
import { seriesTitles } from '../src/command/views/series-titles.ts';
import {
  type Block,
  type Button,
  buttons,
  callback,
  type Document,
  heading,
  type Inline,
  paragraph,
  small,
  strong,
  text,
} from '../src/note/document.ts';
import { findSeries, matchesSeries, type Series } from '../src/note/series.ts';

const SERIES_PER_PAGE = 10;
const POSTS_PER_PAGE = 5;

/** An index of all series, or the posts of one. */
export const series = defineCommand({
  name: 'series',
  answerTo: 'user',
  for: 'readers',
  category: 'finding',
  options: {
    page: { type: 'integer', min: 1, max: 100_000, hidden: true },
    name: { type: 'string', maxLength: 200, autocomplete: completeSeries },
  },
  async run({ name, page = 1 }, context) {
    const { archive, texts } = context;
    const all = await archive.series();
    if (name === undefined)
      return all.length > 0
        ? seriesIndex(all, page, undefined, context)
        : [paragraph(...linkCommands(texts.series.noneYet))];
    const found = findSeries(all, name);
    const [best] = found;
    if (!best) throw new UserError(texts.series.unknown(name.slice(0, 80)));
    const isExact = found.length === 1 || matchesSeries(best, name);
    return isExact ? seriesPosts(best, page, context) : seriesIndex(found, page, name, context);
  },
});

/** All series, or those that match what was typed. */
async function seriesIndex(
  all: readonly Series[],
  page: number,
  typed: string | undefined,
  { archive, author, texts }: CommandContext,
): Promise<Document> {
  const offset = (page - 1) * SERIES_PER_PAGE;
  const shown = all.slice(offset, offset + SERIES_PER_PAGE);
  const titles = await seriesTitles(shown, archive);
  return [
    heading(3, text(typed === undefined ? texts.series.heading(author().name) : texts.series.which(typed))),
    ...shown.map((one, at) =>
      paragraph(
        strong(text(`${offset + at + 1}. ${titles[at] ?? one.name}`)),
        text('\n'),
        ...extent(one, texts),
      ),
    ),
    ...numberButtons(
      shown.map(({ name }) => callback('series', { name })),
      offset,
      'replace',
    ),
    ...pageButtons(typed, page, offset + shown.length < all.length, texts),
  ];
}

async function seriesPosts(one: Series, page: number, { archive, texts }: CommandContext): Promise<Document> {
  const offset = (page - 1) * POSTS_PER_PAGE;
  const { notes, total } = await archive.notesInSeries(one.name, { count: POSTS_PER_PAGE, offset });
  const [title = one.name] = await seriesTitles([one], archive);
  return [
    heading(3, text(title)),
    small(...extent(one, texts)),
    ...noteEntries(notes, offset, texts, { style: 'day' }),
    ...readButtons(notes, offset),
    ...pageButtons(one.name, page, offset + notes.length < total, texts, {
      label: texts.series.index,
      callback: callback('series'),
      responseMode: 'replace',
    }),
  ];
}

/** How many posts a series has, and its first and last dates. */
const extent = ({ count, firstAt, lastAt }: Series, texts: CommandContext['texts']): readonly Inline[] => [
  text(`${texts.series.count(count)} · `),
  { type: 'time', at: firstAt, style: 'day' },
  text(' – '),
  { type: 'time', at: lastAt, style: 'day' },
];

function pageButtons(
  name: string | undefined,
  page: number,
  hasMore: boolean,
  texts: CommandContext['texts'],
  ...more: readonly Button[]
): readonly Block[] {
  const pageButton = (label: string, to: number): Button => ({
    label,
    callback: callback('series', { name, page: to }),
    responseMode: 'replace',
  });
  const row = [
    ...(page > 1 ? [pageButton(texts.latest.newer, page - 1)] : []),
    ...(hasMore ? [pageButton(texts.latest.older, page + 1)] : []),
    ...more,
  ];
  return row.length > 0 ? [buttons(row)] : [];
}
