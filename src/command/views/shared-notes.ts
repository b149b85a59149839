import { textsFor } from '../../i18n/texts.ts';
import { formatTime } from '../../note/dates/format-times.ts';
import { datedAt, type Note } from '../../note/note.ts';
import type { Presenter, ReadyNote } from '../../note/present/finish.ts';
import { headlineOf, teaserOf } from '../../note/present/note-to-document.ts';
import { isEmptyQuery, parseQuery } from '../../note/search/query.ts';
import type { ReadableArchive } from '../../store/archive.ts';
import type { UserPreferences } from '../user-preferences.ts';

/** A note as it is passed on to people who do not get the author's notes themselves. */
export interface SharedNote {
  /** The event's, 64 hex digits. */
  readonly id: string;
  /** The day it was published, as its reader writes it. */
  readonly date: string;
  readonly headline: string;
  /** The first words after the headline; may be empty. */
  readonly teaser: string;
  readonly document: ReadyNote;
}

/** Some notes to choose from, best first; `next` is the offset of those that follow, where there are more. */
export interface SharedNotesPage {
  readonly notes: readonly SharedNote[];
  readonly next?: string;
}

/** As many as a screen or two hold. */
const PAGE_SIZE = 20;
const TEASER_LENGTH = 140;

/**
 * Finds notes to share by what /search understands, the newest where nothing is asked for; from `offset` on, which is
 * empty at first. Whom a note names is not looked up: this is asked at every letter, and by everybody.
 */
export function createSharedNotes(
  archive: Pick<ReadableArchive, 'latest' | 'search'>,
  finishNote: Presenter['finishNote'],
) {
  async function found(words: string, page: { count: number; offset: number }): Promise<readonly Note[]> {
    if (words.trim() === '') return archive.latest(page);
    const { query } = parseQuery(words);
    return isEmptyQuery(query) ? [] : (await archive.search(query, page)).notes;
  }

  function shareOf(note: Note, reader: Required<UserPreferences>): SharedNote {
    const texts = textsFor(reader.language);
    return {
      id: note.id,
      date: formatTime({ at: datedAt(note), style: 'date' }, texts, reader.timeZone),
      headline: headlineOf(note, texts),
      teaser: teaserOf(note, TEASER_LENGTH, texts),
      document: finishNote(note, reader),
    };
  }

  return async (
    words: string,
    offset: string,
    reader: Required<UserPreferences>,
  ): Promise<SharedNotesPage> => {
    const from = /^\d{1,6}$/u.test(offset) ? Number(offset) : 0;
    const notes = await found(words, { count: PAGE_SIZE + 1, offset: from });
    return {
      notes: notes.slice(0, PAGE_SIZE).map((note) => shareOf(note, reader)),
      ...(notes.length > PAGE_SIZE ? { next: String(from + PAGE_SIZE) } : {}),
    };
  };
}
