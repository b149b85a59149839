import {
  type Block,
  type Button,
  buttons,
  type Inline,
  type Press,
  paragraph,
  press,
  small,
  strong,
  text,
} from '../note/document.ts';
import { datedAt, type Note } from '../note/note.ts';
import { isBeginning } from '../note/passage.ts';
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
    const number = `${offset + index + 1}. `;
    const teaser = teaserOf(note, TEASER_LENGTH, texts);
    const more = passageOf?.(note) ?? (teaser ? [text(teaser)] : []);
    // What begins like the headline would say it twice: then it stands in the headline's place.
    const isHead = passageOf !== undefined && !note.title && isBeginning(more);
    const head = isHead ? [strong(text(number)), ...more] : [strong(text(number + headlineOf(note, texts)))];
    return paragraph(
      ...head,
      text(`\n${texts.postTypeIcons[note.postType]} `),
      { type: 'time', at: datedAt(note), style: 'date' },
      text(' · '),
      { type: 'code', text: codeOf(note) },
      ...(isHead || more.length === 0 ? [] : [text('\n'), ...more]),
    );
  });
}

/** One numbered button an entry, to read it in full. */
export function readButtons(notes: readonly Note[], offset: number): readonly Block[] {
  return numberButtons(
    notes.map((note) => press('read', { note: codeOf(note) })),
    offset,
    'add',
  );
}

/** One numbered button for each press. */
export function numberButtons(
  presses: readonly Press[],
  offset: number,
  manner: 'replace' | 'add',
): readonly Block[] {
  const all = presses.map((one, index): Button => ({ label: `${offset + index + 1}`, press: one, manner }));
  const rows = Array.from({ length: Math.ceil(all.length / BUTTONS_IN_ROW) }, (_, row) =>
    all.slice(row * BUTTONS_IN_ROW, (row + 1) * BUTTONS_IN_ROW),
  );
  return rows.length > 0 ? [buttons(...rows)] : [];
}

/** What a note is, of when, and its code: a quiet line above a note in full. */
export function caption(note: Note, texts: Texts): Block {
  return small(
    text(`${texts.postTypeIcons[note.postType]} `),
    { type: 'time', at: datedAt(note), style: 'moment' },
    text(` · ${codeOf(note)}`),
  );
}
