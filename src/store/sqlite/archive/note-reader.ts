import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { type EventToNote, isLongContent } from '../../../note/event-to-note.ts';
import type { Note, PostType, VerifiedEvent } from '../../../note/note.ts';
import type { IsOwn } from '../../../note/reply-pointer.ts';
import { select } from '../sql.ts';

/** Makes the note of an event again; `undefined` where this program makes none of its kind. */
export type NoteFrom = (event: VerifiedEvent, isOwn: IsOwn) => Note | undefined;

interface EventRow {
  readonly event: string;
}

export type NoteReader = ReturnType<typeof createNoteReader>;

/** So many long notes are remembered: what is asked for again and again must not be read each time. */
const LONG_NOTES_KEPT = 16;
/** Notes are made for as long as this in one turn of the event loop, in milliseconds. */
const TURN_MS = 5;

/** Thrown where a note is needed at once that takes too long to read: see `completed`. */
class NotRead extends Error {
  readonly event: string;
  constructor(event: string) {
    super('A long note has to be read first');
    this.event = event;
  }
}

/**
 * The reading side of the archive. Notes are made from their events, the source of truth, each time but for the last
 * long ones. `readNote` reads those.
 */
export function createNoteReader(
  db: DatabaseSync,
  noteFrom: NoteFrom,
  readNote: EventToNote = async (event, isOwn = () => false) => noteFrom(event, isOwn),
) {
  const newest = select<EventRow>(
    db,
    'SELECT event FROM note ORDER BY moment DESC LIMIT :count OFFSET :offset',
  );
  const newestOfType = select<EventRow>(
    db,
    'SELECT event FROM note WHERE post_type = :postType ORDER BY moment DESC LIMIT :count OFFSET :offset',
  );
  const byMoments = select<EventRow>(
    db,
    `SELECT n.event FROM json_each(:moments) AS m JOIN note AS n ON n.moment = m.value ORDER BY m.key`,
  );
  const byKey = select<EventRow>(db, 'SELECT event FROM note WHERE key = :key');
  const byId = select<EventRow>(db, 'SELECT event FROM note WHERE id = :id');
  const byBeginning = select<EventRow>(
    db,
    `SELECT event FROM note WHERE id >= :beginning AND id < :beginning || 'g' ORDER BY moment DESC LIMIT 1`,
  );
  const pastKey = select<{ key: string }>(db, 'SELECT key FROM past WHERE id = :id');
  const pastBeginning = select<{ key: string }>(
    db,
    `SELECT key FROM past WHERE id >= :beginning AND id < :beginning || 'g' ORDER BY id LIMIT 1`,
  );
  const idKey = select<{ key: string }>(db, 'SELECT key FROM note WHERE id = :id');
  const known = select<{ id: string }>(
    db,
    `SELECT value AS id FROM json_each(:ids)
     WHERE value IN (SELECT id FROM note) OR value IN (SELECT id FROM past)`,
  );

  /** The archive holds one author's events only, so what it has or had is the author's own. */
  const isOwn: IsOwn = (id) => (idKey.get({ id }) ?? pastKey.get({ id })) !== undefined;
  /** The last long notes by the text of their events, the newest at the end. */
  const long = new Map<string, Note | undefined>();
  /** Those that a call of `completed` has had read for it. */
  let readFor: ReadonlyMap<string, Note | undefined> = new Map();

  function keep(event: string, note: Note | undefined): void {
    long.delete(event);
    long.set(event, note);
    for (const oldest of long.keys()) {
      if (long.size <= LONG_NOTES_KEPT) break;
      long.delete(oldest);
    }
  }

  /** The note at once; throws `NotRead` where that would take long. */
  function noteOf({ event: written }: EventRow): Note | undefined {
    for (const known of [readFor, long]) if (known.has(written)) return known.get(written);
    const event = JSON.parse(written) as VerifiedEvent;
    if (isLongContent(event)) throw new NotRead(written);
    return noteFrom(event, isOwn);
  }

  /** The same, however long it takes. */
  async function noteIn({ event: written }: EventRow): Promise<Note | undefined> {
    let note = long.get(written);
    if (!long.has(written)) {
      const event = JSON.parse(written) as VerifiedEvent;
      if (!isLongContent(event)) return noteFrom(event, isOwn);
      note = await readNote(event, isOwn);
    }
    keep(written, note);
    return note;
  }

  async function notesOf(rows: readonly EventRow[]): Promise<readonly Note[]> {
    const notes: Note[] = [];
    let until = performance.now() + TURN_MS;
    for (const row of rows) {
      const note = await noteIn(row);
      if (note) notes.push(note);
      if (performance.now() < until) continue;
      await setImmediate();
      until = performance.now() + TURN_MS;
    }
    return notes;
  }

  /**
   * What `run` returns, which looks at notes in one turn and changes nothing where it throws. Long notes that it needs
   * are read before, so it may be run several times.
   */
  async function completed<T>(run: () => T): Promise<T> {
    const read = new Map<string, Note | undefined>();
    for (;;) {
      try {
        readFor = read;
        return run();
      } catch (error) {
        if (!(error instanceof NotRead)) throw error;
        read.set(error.event, await noteIn({ event: error.event }));
      } finally {
        readFor = new Map();
      }
    }
  }

  /** The one that was asked for last: what is being delivered is asked for by every batch of destinations. */
  let last: { readonly event: string; readonly note: Note | undefined } | undefined;
  function noteOfKey(key: string): Note | undefined {
    const row = byKey.get({ key });
    if (row && row.event !== last?.event) last = { event: row.event, note: noteOf(row) };
    return row && last?.note;
  }

  /** The key of a note by its key, or by the id of any version that was ever taken in. */
  const keyOf = (idOrKey: string): string =>
    (idKey.get({ id: idOrKey }) ?? pastKey.get({ id: idOrKey }))?.key ?? idOrKey;

  return {
    /** For `completed`. */
    noteOfKey,
    completed,
    keyOf,
    /** Remembers a note that was just taken in, as it will soon be asked for. */
    keep(event: string, note: Note): void {
      if (isLongContent(note.event)) keep(event, note);
    },
    /** The note as the archive reads it: an answer to the author's own note continues a thread and is no reply. */
    inThread: (note: Note): Note =>
      note.postType === 'reply' && note.replyTo !== undefined && isOwn(note.replyTo)
        ? (noteFrom(note.event, isOwn) ?? note)
        : note,
    /** In the order of the moments. */
    notesAt: (moments: readonly number[]) => notesOf(byMoments.all({ moments: JSON.stringify(moments) })),
    /** For `completed`. */
    noteAt(moment: number): Note | undefined {
      const [row] = byMoments.all({ moments: JSON.stringify([moment]) });
      return row && noteOf(row);
    },
    latest({ count, offset = 0, postType }: { count: number; offset?: number; postType?: PostType }) {
      const page = { count: Math.max(count, 0), offset: Math.max(offset, 0) };
      return notesOf(postType ? newestOfType.all({ ...page, postType }) : newest.all(page));
    },
    async find(idOrKey: string): Promise<Note | undefined> {
      const named = byKey.get({ key: keyOf(idOrKey) });
      const note = named && (await noteIn(named));
      const beginning = idOrKey.toLowerCase();
      if (note || !/^[0-9a-f]{4,64}$/.test(beginning)) return note;
      // What was edited since is found by what it was called before, too.
      const edited = (): EventRow | undefined =>
        byKey.get({ key: pastBeginning.get({ beginning })?.key ?? '' });
      const row = byId.get({ id: beginning }) ?? byBeginning.get({ beginning }) ?? edited();
      return row && noteIn(row);
    },
    known: (ids: readonly string[]): ReadonlySet<string> =>
      new Set(known.all({ ids: JSON.stringify(ids) }).map(({ id }) => id)),
  };
}
