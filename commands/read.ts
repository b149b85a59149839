import { type CommandContext, defineCommand } from '../src/command/command.ts';
import { Problem } from '../src/command/problem.ts';
import { suggestNotes } from '../src/command/suggestions.ts';
import { noteMeant } from '../src/command/which-note.ts';
import { wholeNote } from '../src/command/whole-note.ts';
import { buttons, type Document, press } from '../src/note/document.ts';

/** One note in full, named by its ID or the beginning of it, a Nostr code (NIP-19), or words from it. */
export const read = defineCommand({
  name: 'read',
  answerTo: 'everyone',
  for: 'readers',
  chapter: 'reading',
  options: {
    note: { type: 'string', required: true, maxLength: 1_000, suggest: suggestNotes, asks: true },
    linked: { type: 'choice', choices: ['yes'], hidden: true },
  },
  async run({ note: given, linked }, context) {
    if (linked) return linkedNote(given, context);
    const note = await noteMeant(given, context.archive);
    if (!note) throw new Problem(context.texts.read.notFound(given.slice(0, 40)));
    return wholeNote(note, context, [], { withId: true });
  },
});

/** As a link to it asks: by its id alone, and who gets no posts yet can get them from here. Nobody is subscribed by looking. */
async function linkedNote(id: string, context: CommandContext): Promise<Document> {
  const { archive, asker, place, subscriptions, texts } = context;
  const { gone, latest, getPosts } = texts.links;
  const note = await archive.find(id);
  if (!note) throw new Problem(gone, [{ label: latest, press: press('latest'), manner: 'add' }]);
  const isOffered = asker.manages && place.subscribable && !(await subscriptions.choices(place.destination));
  return [
    ...(await wholeNote(note, context)),
    ...(isOffered ? [buttons([{ label: getPosts, press: press('subscribe'), manner: 'add' }])] : []),
  ];
}
