import { defineCommand } from '../src/command/command.ts';
import { linkCommands } from '../src/command/views/command-links.ts';
import { caption, noteEntries, readButtons } from '../src/command/views/note-list.ts';
import { type Button, buttons, callback, heading, paragraph, text } from '../src/note/document.ts';
import { POST_TYPES } from '../src/note/post-types.ts';

const DEFAULT_COUNT = 5;
/** Each page costs reading all the pages before it; `/search before:` reaches old posts faster. */
const MAX_PAGE = 1_000;

/** The newest posts, page by page; with a count of one, the newest in full. */
export const latest = defineCommand({
  name: 'latest',
  answerTo: 'user',
  for: 'readers',
  category: 'reading',
  options: {
    count: { type: 'integer', min: 1, max: 10 },
    type: { type: 'choice', choices: POST_TYPES },
    page: { type: 'integer', min: 1, max: MAX_PAGE, hidden: true },
  },
  async run({ count = DEFAULT_COUNT, type, page = 1 }, { archive, author, renderNote, texts }) {
    const offset = (page - 1) * count;
    const query = { count: count + 1, offset, ...(type ? { postType: type } : {}) };
    const found = await archive.latest(query);
    const notes = found.slice(0, count);
    const typeName = type && texts.postTypes[type].many;
    const [first] = notes;
    const pageButton = (label: string, to: number): Button => ({
      label,
      callback: callback('latest', { count, type, page: to }),
      responseMode: 'replace',
    });
    if (!first)
      return page > 1
        ? [paragraph(...linkCommands(texts.latest.noMore)), buttons([pageButton(texts.latest.newest, 1)])]
        : [paragraph(...linkCommands(texts.latest.none(typeName)))];
    const pageButtons = [
      ...(page > 1 ? [pageButton(texts.latest.newer, page - 1)] : []),
      ...(found.length > count && page < MAX_PAGE ? [pageButton(texts.latest.older, page + 1)] : []),
    ];
    if (count === 1)
      return [
        caption(first),
        ...(await renderNote(first)),
        ...(pageButtons.length > 0 ? [buttons(pageButtons)] : []),
      ];
    return [
      heading(3, text(texts.latest.heading(author().name, typeName))),
      ...noteEntries(notes, offset, texts, { style: 'ago' }),
      ...readButtons(notes, offset),
      ...(pageButtons.length > 0 ? [buttons(pageButtons)] : []),
    ];
  },
});
