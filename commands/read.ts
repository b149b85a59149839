import { defineCommand } from '../src/command/command.ts';
import { Problem } from '../src/command/problem.ts';
import { suggestNotes } from '../src/command/suggestions.ts';
import { noteMeant } from '../src/command/which-note.ts';
import { wholeNote } from '../src/command/whole-note.ts';

/** One note in full, named by its ID or the beginning of it, a Nostr code (NIP-19), or words from it. */
export const read = defineCommand({
  name: 'read',
  answerTo: 'everyone',
  for: 'readers',
  chapter: 'reading',
  options: {
    note: { type: 'string', required: true, maxLength: 1_000, suggest: suggestNotes, asks: true },
  },
  async run({ note: given }, context) {
    const note = await noteMeant(given, context.archive);
    if (!note) throw new Problem(context.texts.read.notFound(given.slice(0, 40)));
    return wholeNote(note, context, [], { withId: true });
  },
});
