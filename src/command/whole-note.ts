import { type Button, buttons, type Document, press } from '../note/document.ts';
import type { Note } from '../note/note.ts';
import { codeOf } from '../note/present.ts';
import type { CommandContext } from './command.ts';
import { caption } from './listing.ts';

/** One note in full, and where one can go from it: along its series, to what it answers, to the proof that it is genuine. */
export async function wholeNote(
  note: Note,
  { archive, present, texts }: CommandContext,
  more: readonly Button[] = [],
  { withId = false } = {},
): Promise<Document> {
  const { earlier, later } = await archive.besideInSeries(note.id);
  const parent = note.replyTo === undefined ? undefined : await archive.find(note.replyTo);
  const read = (label: string, of: Note | undefined): readonly Button[] =>
    of ? [{ label, press: press('read', { note: codeOf(of) }), manner: 'add' }] : [];
  const all: readonly Button[] =
    earlier || later
      ? [{ label: texts.series.all, press: press('series', { name: note.series }), manner: 'add' }]
      : [];
  const verify: Button = {
    label: texts.verify.button,
    press: press('verify', { note: codeOf(note) }),
    manner: 'add',
  };
  const shown = await present(note);
  const own = shown.flatMap((block) => (block.type === 'buttons' ? block.rows.flat() : []));
  return [
    caption(note, texts, { withId }),
    ...shown.filter(({ type }) => type !== 'buttons'),
    buttons(
      [...own, verify],
      [...read(texts.series.earlier, earlier), ...read(texts.series.later, later), ...all, ...more],
      read(texts.read.readThat, parent),
    ),
  ];
}
