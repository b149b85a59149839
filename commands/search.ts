import { defineCommand } from '../src/command/command.ts';
import { entries, readButtons } from '../src/command/listing.ts';
import { Problem } from '../src/command/problem.ts';
import { type Button, buttons, heading, paragraph, small, text } from '../src/note/document.ts';
import { POST_TYPES } from '../src/note/note.ts';
import { passage } from '../src/note/passage.ts';
import { isEmptyQuery, readQuery } from '../src/note/query.ts';

const PAGE_SIZE = 5;
/** The archive counts no further. */
const COUNTED = 1_000;

/** Full-text search; hits show the matching passage with the match emphasised. */
export const search = defineCommand({
  name: 'search',
  answerTo: 'everyone',
  for: 'readers',
  options: {
    query: { type: 'string', required: true, maxLength: 200 },
    type: { type: 'choice', choices: POST_TYPES, namedOnly: true },
    page: { type: 'integer', min: 1, max: 200, hidden: true },
  },
  async run({ query: line, type, page = 1 }, { archive, texts }) {
    const { query, wrongDates } = readQuery(line);
    const [wrongDate] = wrongDates;
    if (wrongDate !== undefined) throw new Problem(texts.search.wrongDate(wrongDate));
    if (isEmptyQuery(query)) throw new Problem(texts.search.emptyQuery);
    const offset = (page - 1) * PAGE_SIZE;
    const { notes, total } = await archive.search(query, {
      count: PAGE_SIZE,
      offset,
      ...(type ? { postType: type } : {}),
    });
    if (notes.length === 0)
      return [
        paragraph(text(page > 1 ? texts.search.noMore : texts.search.none(line))),
        ...(page > 1 ? [] : [small(text(texts.search.hint))]),
      ];

    const turn = (label: string, to: number): Button => ({
      label,
      press: ['search', `page:${to}`, ...(type ? [`type:${type}`] : []), line].join(' '),
      manner: 'replace',
    });
    const leaf = [
      ...(page > 1 ? [turn(texts.search.previous, page - 1)] : []),
      ...(offset + notes.length < total ? [turn(texts.search.next, page + 1)] : []),
    ];
    return [
      heading(3, text(texts.search.heading(line))),
      small(text(texts.search.count(total, total >= COUNTED))),
      ...entries(notes, offset, texts, (note) => passage(note, query)),
      ...readButtons(notes, offset),
      ...(leaf.length > 0 ? [buttons(leaf)] : []),
    ];
  },
});
