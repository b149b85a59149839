import { textsFor } from '../../i18n/texts.ts';
import { formatTime } from '../../note/dates/format-times.ts';
import { datedAt, type Note } from '../../note/note.ts';
import type { Presenter, ReadyNote } from '../../note/present/finish.ts';
import { headlineOf, teaserOf } from '../../note/present/note-to-document.ts';
import { isEmptyQuery, parseQuery } from '../../note/search/query.ts';
import type { ReadableArchive } from '../../store/archive.ts';
import type { UserPreferences } from '../user-preferences.ts';

/** A note to share in another chat. */
export interface SharedNote {
  /** The event's, 64 hex digits. */
  readonly id: string;
  /** The date of publication in the user's language and time zone. */
  readonly date: string;
  readonly headline: string;
  /** The first words after the headline; may be empty. */
  readonly teaser: string;
  readonly document: ReadyNote;
}

/** Some notes to choose from, best first; `next` is the offset of the next page, if there is one. */
export interface SharedNotesPage {
  readonly notes: readonly SharedNote[];
  readonly next?: string;
}

/** One or two screens. */
const PAGE_SIZE = 20;
const TEASER_LENGTH = 140;

/**
 * Finds notes to share with the syntax of /search, or the newest ones if the query is empty. `offset` is empty for
 * the first page. People whom notes mention aren't looked up, because this runs at every keystroke.
 */
export function createSharedNotes(
  archive: Pick<ReadableArchive, 'latest' | 'search'>,
  finishNote: Presenter['finishNote'],
) {
  async function findNotes(words: string, page: { count: number; offset: number }): Promise<readonly Note[]> {
    if (words.trim() === '') return archive.latest(page);
    const { query } = parseQuery(words);
    return isEmptyQuery(query) ? [] : (await archive.search(query, page)).notes;
  }

  function sharedNote(note: Note, reader: Required<UserPreferences>): SharedNote {
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
    const notes = await findNotes(words, { count: PAGE_SIZE + 1, offset: from });
    return {
      notes: notes.slice(0, PAGE_SIZE).map((note) => sharedNote(note, reader)),
      ...(notes.length > PAGE_SIZE ? { next: String(from + PAGE_SIZE) } : {}),
    };
  };
}
