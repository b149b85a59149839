import { completeNotes } from '../src/command/autocomplete.ts';
import { type CommandContext, defineCommand } from '../src/command/command.ts';
import { resolveNote } from '../src/command/resolve-note.ts';
import { UserError } from '../src/command/user-error.ts';
import { noteView } from '../src/command/views/note-view.ts';
import { buttons, callback, type Document } from '../src/note/document.ts';

/** One note in full, by its ID or a prefix of it, a Nostr code (NIP-19), or words from it. */
export const read = defineCommand({
  name: 'read',
  answerTo: 'everyone',
  for: 'readers',
  category: 'reading',
  options: {
    note: { type: 'string', required: true, maxLength: 1_000, autocomplete: completeNotes, prompts: true },
    linked: { type: 'choice', choices: ['yes'], hidden: true },
  },
  async run({ note: given, linked }, context) {
    if (linked) return linkedNote(given, context);
    const note = await resolveNote(given, context.archive);
    if (!note) throw new UserError(context.texts.read.notFound(given.slice(0, 40)));
    return noteView(note, context, [], { withId: true });
  },
});

/** A note opened by a deep link. In a chat without a subscription, managers are offered one. */
async function linkedNote(id: string, context: CommandContext): Promise<Document> {
  const { archive, user, chat, subscriptions, texts } = context;
  const { notFound, latest, getPosts } = texts.links;
  const note = await archive.find(id);
  if (!note)
    throw new UserError(notFound, [{ label: latest, callback: callback('latest'), responseMode: 'add' }]);
  const isOffered =
    user.isManager && chat.subscribable && !(await subscriptions.preferencesOf(chat.destination));
  return [
    ...(await noteView(note, context)),
    ...(isOffered
      ? [buttons([{ label: getPosts, callback: callback('subscribe'), responseMode: 'add' }])]
      : []),
  ];
}
