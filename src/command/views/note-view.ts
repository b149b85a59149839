import { type Button, buttons, callback, type Document } from '../../note/document.ts';
import type { Note } from '../../note/note.ts';
import { noteCode } from '../../note/present/note-to-document.ts';
import type { CommandContext } from '../command.ts';
import { caption } from './note-list.ts';

/** One note in full, and where one can go from it: along its series, to what it answers, to the proof that it is genuine. */
export async function noteView(
  note: Note,
  { archive, renderNote, texts }: CommandContext,
  more: readonly Button[] = [],
  { withId = false } = {},
): Promise<Document> {
  const { earlier, later } = await archive.neighbours(note.id);
  const parent = note.replyTo === undefined ? undefined : await archive.find(note.replyTo);
  const read = (label: string, of: Note | undefined): readonly Button[] =>
    of ? [{ label, callback: callback('read', { note: noteCode(of) }), responseMode: 'add' }] : [];
  const all: readonly Button[] =
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
  const own = shown.flatMap((block) => (block.type === 'buttons' ? block.rows.flat() : []));
  return [
    caption(note, { withId }),
    ...shown.filter(({ type }) => type !== 'buttons'),
    buttons(
      [...own, verify],
      [...read(texts.series.earlier, earlier), ...read(texts.series.later, later), ...all, ...more],
      read(texts.read.readThat, parent),
    ),
  ];
}
