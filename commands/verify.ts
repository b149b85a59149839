import { completeNotes } from '../src/command/autocomplete.ts';
import { defineCommand } from '../src/command/command.ts';
import { resolveNote } from '../src/command/resolve-note.ts';
import { UserError } from '../src/command/user-error.ts';
import { linkCommands } from '../src/command/views/command-links.ts';
import {
  buttons,
  callback,
  heading,
  type Inline,
  paragraph,
  small,
  strong,
  text,
} from '../src/note/document.ts';
import { eventUrl } from '../src/note/pointer.ts';
import { headlineOf, noteCode } from '../src/note/present/note-to-document.ts';

/** Proves that a note is by its author by checking its ID and signature again. */
export const verify = defineCommand({
  name: 'verify',
  answerTo: 'user',
  for: 'readers',
  category: 'knowing',
  options: {
    note: { type: 'string', required: true, maxLength: 1_000, autocomplete: completeNotes, prompts: true },
  },
  async run({ note: given }, { archive, author, texts, verify: check }) {
    const note = await resolveNote(given, archive);
    if (!note) throw new UserError(texts.read.notFound(given.slice(0, 40)));
    const { event } = note;
    const { name, npub } = author();
    const verdict = check(event);
    const isGenuine = verdict.status === 'verified';
    const relays = [...new Set((await archive.relaysOf(note.id)).map((url) => new URL(url).host))];
    const code = (value: string): Inline => ({ type: 'code', text: value });
    const label = (words: string): Inline => text(words + texts.marks.colon);
    return [
      heading(3, text(isGenuine ? `✅ ${texts.verify.genuine}` : `⚠️ ${texts.verify.broken}`)),
      paragraph(strong(text(headlineOf(note, texts)))),
      paragraph(...linkCommands(isGenuine ? texts.verify.why(name) : texts.verify.whyNot(verdict.reason))),
      {
        type: 'list',
        items: [
          [label(texts.verify.signed), { type: 'time', at: note.createdAt, style: 'moment' }],
          [label(texts.verify.key(name)), code(npub)],
          [label(texts.verify.code), code(noteCode(note))],
          [label(texts.verify.id), code(event.id)],
          ...(relays.length > 0 ? [[label(texts.verify.seenAt), code(relays.join(', '))]] : []),
        ],
      },
      ...(isGenuine ? [small(...linkCommands(texts.verify.how))] : []),
      buttons([
        { label: texts.verify.elsewhere, url: eventUrl(event), needsNostrClient: true },
        {
          label: texts.verify.read,
          callback: callback('read', { note: noteCode(note) }),
          responseMode: 'add',
        },
      ]),
    ];
  },
});
