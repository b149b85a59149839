import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { type EventToNote, isLongContent } from '../../../note/event-to-note.ts';
import type { Note, VerifiedEvent } from '../../../note/note.ts';
import type { PostType } from '../../../note/post-types.ts';
import type { IsOwn } from '../../../note/reply-pointer.ts';
import { select } from '../sql.ts';

/** Parses a stored event; `undefined` if this version doesn't make notes of its kind. */
export type NoteFrom = (event: VerifiedEvent, isOwn: IsOwn) => Note | undefined;

interface EventRow {
  readonly event: string;
}

export type NoteReader = ReturnType<typeof createNoteReader>;

/** Number of long notes cached, so that a popular one isn't parsed each time. */
const LONG_NOTES_KEPT = 16;
/** Longest time notes are parsed in one turn of the event loop, in milliseconds. */
const TURN_MS = 5;

/** The result of parsing. Some old events don't make a note. */
interface Parsed {
  readonly note: Note | undefined;
}

/** Thrown if a note that takes long to parse is needed synchronously: see `withLongNotes`. */
class NotParsed extends Error {
  readonly event: string;
  constructor(event: string) {
    super('A long note has to be parsed first');
    this.event = event;
  }
}

/**
 * Reads notes from the archive. Events are the source of truth; notes are parsed each time, except for the last long ones,
 * which are parsed by `readNote` and cached.
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
  const byRowids = select<EventRow>(
    db,
    `SELECT n.event FROM json_each(:moments) AS m JOIN note AS n ON n.moment = m.value ORDER BY m.key`,
  );
  const byKey = select<EventRow>(db, 'SELECT event FROM note WHERE key = :key');
  const byId = select<EventRow>(db, 'SELECT event FROM note WHERE id = :id');
  const byPrefix = select<EventRow>(
    db,
    `SELECT event FROM note WHERE id >= :prefix AND id < :prefix || 'g' ORDER BY moment DESC LIMIT 1`,
  );
  const pastKey = select<{ key: string }>(db, 'SELECT key FROM past WHERE id = :id');
  const pastByPrefix = select<{ key: string }>(
    db,
    `SELECT key FROM past WHERE id >= :prefix AND id < :prefix || 'g' ORDER BY id LIMIT 1`,
  );
  const idKey = select<{ key: string }>(db, 'SELECT key FROM note WHERE id = :id');
  const known = select<{ id: string }>(
    db,
    `SELECT value AS id FROM json_each(:ids)
     WHERE value IN (SELECT id FROM note) OR value IN (SELECT id FROM past)`,
  );

  /** The archive only has events of one author, so any note that it has or had is the author's own. */
  const isOwn: IsOwn = (id) => (idKey.get({ id }) ?? pastKey.get({ id })) !== undefined;
  /** Long notes by the JSON of their events. */
  const longNotes = new LRUCache<string, Parsed>({ max: LONG_NOTES_KEPT });
  /** Long notes parsed by the current call of `withLongNotes`. */
  let parsedForRun: ReadonlyMap<string, Parsed> = new Map();

  /** Parses synchronously; throws `NotParsed` if that would take long. */
  function parseNow({ event: json }: EventRow): Note | undefined {
    const known = parsedForRun.get(json) ?? longNotes.get(json);
    if (known) return known.note;
    const event = JSON.parse(json) as VerifiedEvent;
    if (isLongContent(event)) throw new NotParsed(json);
    return noteFrom(event, isOwn);
  }

  /** Parses any note, long ones in the background. */
  async function parse({ event: json }: EventRow): Promise<Note | undefined> {
    const known = longNotes.get(json);
    if (known) return known.note;
    const event = JSON.parse(json) as VerifiedEvent;
    if (!isLongContent(event)) return noteFrom(event, isOwn);
    const note = await readNote(event, isOwn);
    longNotes.set(json, { note });
    return note;
  }

  async function parseAll(rows: readonly EventRow[]): Promise<readonly Note[]> {
    const notes: Note[] = [];
    let until = performance.now() + TURN_MS;
    for (const row of rows) {
      const note = await parse(row);
      if (note) notes.push(note);
      if (performance.now() < until) continue;
      await setImmediate();
      until = performance.now() + TURN_MS;
    }
    return notes;
  }

  /**
   * Runs something synchronous that needs notes. It may be run several times, until all long notes it needs are parsed, so
   * it must change nothing if it throws.
   */
  async function withLongNotes<T>(run: () => T): Promise<T> {
    const parsed = new Map<string, Parsed>();
    for (;;) {
      try {
        parsedForRun = parsed;
        return run();
      } catch (error) {
        if (!(error instanceof NotParsed)) throw error;
        parsed.set(error.event, { note: await parse(error) });
      } finally {
        parsedForRun = new Map();
      }
    }
  }

  /** The last note asked for, because every batch of destinations asks for the one being delivered. */
  let last: { readonly event: string; readonly note: Note | undefined } | undefined;
  function noteByKey(key: string): Note | undefined {
    const row = byKey.get({ key });
    if (row && row.event !== last?.event) last = { event: row.event, note: parseNow(row) };
    return row && last?.note;
  }

  /** The key of a note by its key or by the id of any version ever archived. */
  const keyOf = (idOrKey: string): string =>
    (idKey.get({ id: idOrKey }) ?? pastKey.get({ id: idOrKey }))?.key ?? idOrKey;

  return {
    /** Use inside `withLongNotes`. */
    noteByKey,
    withLongNotes,
    keyOf,
    /** Caches a note that was just archived, since it will soon be asked for. */
    cache(json: string, note: Note): void {
      if (isLongContent(note.event)) longNotes.set(json, { note });
    },
    /** The note as the archive sees it: an answer to the author's own note continues a thread and is not a reply. */
    inThread: (note: Note): Note =>
      note.postType === 'reply' && note.replyTo !== undefined && isOwn(note.replyTo)
        ? (noteFrom(note.event, isOwn) ?? note)
        : note,
    /** In the order of the row ids. */
    notesAt: (moments: readonly number[]) => parseAll(byRowids.all({ moments: JSON.stringify(moments) })),
    /** Use inside `withLongNotes`. */
    noteAt(moment: number): Note | undefined {
      const [row] = byRowids.all({ moments: JSON.stringify([moment]) });
      return row && parseNow(row);
    },
    latest({ count, offset = 0, postType }: { count: number; offset?: number; postType?: PostType }) {
      const page = { count: Math.max(count, 0), offset: Math.max(offset, 0) };
      return parseAll(postType ? newestOfType.all({ ...page, postType }) : newest.all(page));
    },
    async find(idOrKey: string): Promise<Note | undefined> {
      const named = byKey.get({ key: keyOf(idOrKey) });
      const note = named && (await parse(named));
      const prefix = idOrKey.toLowerCase();
      if (note || !/^[0-9a-f]{4,64}$/.test(prefix)) return note;
      // A note that was edited since is also found by its former ids.
      const edited = (): EventRow | undefined => byKey.get({ key: pastByPrefix.get({ prefix })?.key ?? '' });
      const row = byId.get({ id: prefix }) ?? byPrefix.get({ prefix }) ?? edited();
      return row && parse(row);
    },
    known: (ids: readonly string[]): ReadonlySet<string> =>
      new Set(known.all({ ids: JSON.stringify(ids) }).map(({ id }) => id)),
  };
}
