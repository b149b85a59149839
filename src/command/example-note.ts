import type { Texts } from '../i18n/texts.ts';
import type { Note } from '../note/note.ts';
import { headlineOf, noteCode } from '../note/present/note-to-document.ts';
import type { ReadableArchive } from './../store/archive.ts';
import { resolveNote } from './resolve-note.ts';

/** How many of the newest posts are tried. */
const MAX_TRIED = 5;
/** Words of an example, or characters in scripts without spaces. */
const MAX_WORDS = 3;
const MAX_HAN = 6;

/**
 * An example of how to name a post: the first words of a recent headline that find it, or else the newest post's code.
 * `undefined` if there is no post.
 */
export async function exampleNoteQuery(
  archive: Pick<ReadableArchive, 'latest' | 'find' | 'search'>,
  texts: Texts,
): Promise<string | undefined> {
  const notes = await archive.latest({ count: MAX_TRIED });
  for (const note of notes) {
    const words = firstWords(note, texts);
    if (words !== '' && (await resolveNote(words, archive))?.id === note.id) return words;
  }
  return notes[0] && noteCode(notes[0]);
}

/** The words before the first punctuation mark. Posts with a content warning aren't used as examples. */
function firstWords(note: Note, texts: Texts): string {
  if (note.warning !== undefined) return '';
  const [run = ''] = /[\p{L}\p{N}'’-]+(?: [\p{L}\p{N}'’-]+)*/u.exec(headlineOf(note, texts)) ?? [];
  const [han = ''] = /^\p{sc=Han}+/u.exec(run) ?? [];
  return han === '' ? run.split(' ').slice(0, MAX_WORDS).join(' ') : han.slice(0, MAX_HAN);
}
