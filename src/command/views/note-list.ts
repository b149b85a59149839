import { NO_BREAK_SPACE } from '../../i18n/symbols.ts';
import type { Texts } from '../../i18n/texts.ts';
import { chunk } from '../../lib/chunk.ts';
import {
  type Block,
  type Button,
  buttons,
  type Callback,
  callback,
  type Inline,
  paragraph,
  small,
  text,
} from '../../note/document.ts';
import { datedAt, type Note } from '../../note/note.ts';
import { iconOf } from '../../note/post-types.ts';
import { listItem } from '../../note/present/list-item.ts';
import { noteCode } from '../../note/present/note-to-document.ts';

const BUTTONS_IN_ROW = 5;

/** `style`: how times are shown; `snippetOf`: what is shown of a note instead of its first words. */
export interface NoteListOptions {
  readonly style: 'day' | 'ago' | 'clock';
  snippetOf?(note: Note): readonly Inline[];
}

/** Notes as numbered entries: a title or first words, type and time, then an excerpt. Laid out for phones. */
export function noteEntries(
  notes: readonly Note[],
  offset: number,
  texts: Texts,
  { style, snippetOf }: NoteListOptions,
): readonly Block[] {
  return notes.map((note, index) => {
    const when = [
      text(iconOf(note.postType) + NO_BREAK_SPACE),
      { type: 'time', at: datedAt(note), style } as const,
    ];
    const place = { mark: `${offset + index + 1}.`, when, excerpt: true };
    return paragraph(...listItem(note, texts, place, snippetOf?.(note)));
  });
}

/** A numbered button for each entry, which shows the note in full. */
export function readButtons(notes: readonly Note[], offset: number): readonly Block[] {
  return numberButtons(
    notes.map((note) => callback('read', { note: noteCode(note) })),
    offset,
    'add',
  );
}

/** A numbered button for each callback. */
export function numberButtons(
  callbacks: readonly Callback[],
  offset: number,
  responseMode: 'replace' | 'add',
): readonly Block[] {
  const all = callbacks.map(
    (one, index): Button => ({ label: `${offset + index + 1}`, callback: one, responseMode }),
  );
  return all.length > 0 ? [buttons(...chunk(all, BUTTONS_IN_ROW))] : [];
}

/** The small line above a note in full: its type and time. `withId`: also the code that names it in commands. */
export function caption(note: Note, { withId = false } = {}): Block {
  return small(
    text(`${iconOf(note.postType)} `),
    { type: 'time', at: datedAt(note), style: 'moment' },
    ...(withId ? [text(` · ${noteCode(note)}`)] : []),
  );
}
