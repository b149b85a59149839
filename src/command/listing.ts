import {
  type Block,
  type Button,
  buttons,
  type Inline,
  paragraph,
  small,
  strong,
  text,
} from '../note/document.ts';
import type { Note } from '../note/note.ts';
import { codeOf, headlineOf, teaserOf } from '../note/present.ts';
import type { Texts } from '../text/texts.ts';

const TEASER_LENGTH = 110;
const BUTTONS_IN_ROW = 5;

/** Notes as numbered entries: a bold headline, when and what it is, the first words. Made for a phone's width. */
export function entries(
  notes: readonly Note[],
  offset: number,
  texts: Texts,
  passageOf?: (note: Note) => readonly Inline[],
): readonly Block[] {
  return notes.map((note, index) => {
    const teaser = teaserOf(note, TEASER_LENGTH);
    // A passage would only repeat a headline that says it all.
    const more = teaser === '' ? [] : (passageOf?.(note) ?? [text(teaser)]);
    return paragraph(
      strong(text(`${offset + index + 1}. ${headlineOf(note, texts)}`)),
      text(`\n${texts.postTypeIcons[note.postType]} `),
      { type: 'time', at: note.createdAt, style: 'date' },
      text(' · '),
      { type: 'code', text: codeOf(note) },
      ...(more.length > 0 ? [text('\n'), ...more] : []),
    );
  });
}

/** One numbered button an entry, to read it in full. */
export function readButtons(notes: readonly Note[], offset: number): readonly Block[] {
  const all = notes.map(
    (note, index): Button => ({
      label: `${offset + index + 1}`,
      press: `read ${codeOf(note)}`,
      manner: 'add',
    }),
  );
  const rows = Array.from({ length: Math.ceil(all.length / BUTTONS_IN_ROW) }, (_, row) =>
    all.slice(row * BUTTONS_IN_ROW, (row + 1) * BUTTONS_IN_ROW),
  );
  return rows.length > 0 ? [buttons(...rows)] : [];
}

/** What a note is, of when, and its code: a quiet line above a note in full. */
export function caption(note: Note, texts: Texts): Block {
  return small(
    text(`${texts.postTypeIcons[note.postType]} `),
    { type: 'time', at: note.createdAt, style: 'moment' },
    text(` · ${codeOf(note)}`),
  );
}
