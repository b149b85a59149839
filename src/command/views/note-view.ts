import { type Button, buttons, callback, type Document } from '../../note/document.ts';
import type { Note } from '../../note/note.ts';
import { noteCode } from '../../note/present/note-to-document.ts';
import type { CommandContext } from '../command.ts';
import { caption } from './note-list.ts';

/** A note in full, with buttons for the neighbours in its series, the note it replies to, and its verification. */
export async function noteView(
  note: Note,
  { archive, renderNote, texts }: CommandContext,
  more: readonly Button[] = [],
  { withId = false } = {},
): Promise<Document> {
  const { earlier, later } = await archive.neighbours(note.id);
  const parent = note.replyTo === undefined ? undefined : await archive.find(note.replyTo);
  const readButton = (label: string, of: Note | undefined): readonly Button[] =>
    of ? [{ label, callback: callback('read', { note: noteCode(of) }), responseMode: 'add' }] : [];
  const seriesButton: readonly Button[] =
    earlier || later
      ? [
          {
            label: texts.series.all,
            callback: callback('series', { name: note.series }),
            responseMode: 'add',
          },
        ]
      : [];
  const verify: Button = {
    label: texts.verify.button,
    callback: callback('verify', { note: noteCode(note) }),
    responseMode: 'add',
  };
  const shown = await renderNote(note);
  const noteButtons = shown.flatMap((block) => (block.type === 'buttons' ? block.rows.flat() : []));
  return [
    caption(note, { withId }),
    ...shown.filter(({ type }) => type !== 'buttons'),
    buttons(
      [...noteButtons, verify],
      [
        ...readButton(texts.series.earlier, earlier),
        ...readButton(texts.series.later, later),
        ...seriesButton,
        ...more,
      ],
      readButton(texts.read.readThat, parent),
    ),
  ];
}
