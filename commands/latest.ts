import { defineCommand } from '../src/command/command.ts';
import { linkCommands } from '../src/command/views/command-links.ts';
import { caption, noteEntries, readButtons } from '../src/command/views/note-list.ts';
import { type Button, buttons, callback, heading, paragraph, text } from '../src/note/document.ts';
import { POST_TYPES } from '../src/note/post-types.ts';

const DEFAULT_COUNT = 5;
/** Nobody pages further, and every page before it has to be read; `/search before:` is faster. */
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
    const wanted = { count: count + 1, offset, ...(type ? { postType: type } : {}) };
    const found = await archive.latest(wanted);
    const notes = found.slice(0, count);
    const named = type && texts.postTypes[type].many;
    const [first] = notes;
    const turn = (label: string, to: number): Button => ({
      label,
      callback: callback('latest', { count, type, page: to }),
      responseMode: 'replace',
    });
    if (!first)
      return page > 1
        ? [paragraph(...linkCommands(texts.latest.noMore)), buttons([turn(texts.latest.newest, 1)])]
        : [paragraph(...linkCommands(texts.latest.none(named)))];
    const leaf = [
      ...(page > 1 ? [turn(texts.latest.newer, page - 1)] : []),
      ...(found.length > count && page < MAX_PAGE ? [turn(texts.latest.older, page + 1)] : []),
    ];
    if (count === 1)
      return [caption(first), ...(await renderNote(first)), ...(leaf.length > 0 ? [buttons(leaf)] : [])];
    return [
      heading(3, text(texts.latest.heading(author().name, named))),
      ...noteEntries(notes, offset, texts, { style: 'ago' }),
      ...readButtons(notes, offset),
      ...(leaf.length > 0 ? [buttons(leaf)] : []),
    ];
  },
});
