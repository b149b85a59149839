import type { DatabaseSync } from 'node:sqlite';
import type { Note, PostType, VerifiedEvent } from '../../note/note.ts';
import type { IsOwn } from '../../note/thread.ts';
import { select } from './sql.ts';

/** Makes the note of an event again; `undefined` where this program makes none of its kind. */
export type NoteFrom = (event: VerifiedEvent, isOwn: IsOwn) => Note | undefined;

interface EventRow {
  readonly event: string;
}

export type Reading = ReturnType<typeof createReading>;

/** Characters of an event from which it takes milliseconds to make its note. */
const LONG = 16_384;
/** So many of those are remembered: what is asked for again and again must not be made each time. */
const MOST_LONG = 16;

/** Makes what has a name once, while it is among the last asked for. */
function createKept<T>(most: number): (name: string, make: () => T) => T {
  const kept = new Map<string, T>();
  return (name, make) => {
    const made = kept.has(name) ? (kept.get(name) as T) : make();
    kept.delete(name);
    kept.set(name, made);
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
    return made;
  };
}

/**
 * The reading side of the archive. Notes are made from their events, the source of truth, each time but for the last
 * long ones.
 */
export function createReading(db: DatabaseSync, noteFrom: NoteFrom) {
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
  const long = createKept<Note | undefined>(MOST_LONG);
  const make = (event: string): Note | undefined => noteFrom(JSON.parse(event) as VerifiedEvent, isOwn);
  const noteOf = (row: EventRow | undefined): Note | undefined => {
    if (!row || row.event.length < LONG) return row && make(row.event);
    return long(row.event, () => make(row.event));
  };
  const notesOf = (rows: readonly EventRow[]): readonly Note[] =>
    rows.map(noteOf).filter((note) => note !== undefined);
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
    noteOfKey,
    keyOf,
    /** The note as the archive reads it: an answer to the author's own note continues a thread and is no reply. */
    inThread: (note: Note): Note =>
      note.postType === 'reply' ? (noteFrom(note.event, isOwn) ?? note) : note,
    /** In the order of the moments. */
    notesAt: (moments: readonly number[]) => notesOf(byMoments.all({ moments: JSON.stringify(moments) })),
    latest({ count, offset = 0, postType }: { count: number; offset?: number; postType?: PostType }) {
      const page = { count: Math.max(count, 0), offset: Math.max(offset, 0) };
      return notesOf(postType ? newestOfType.all({ ...page, postType }) : newest.all(page));
    },
    find(idOrKey: string): Note | undefined {
      const asKey = noteOfKey(keyOf(idOrKey));
      if (asKey) return asKey;
      const beginning = idOrKey.toLowerCase();
      if (!/^[0-9a-f]{4,64}$/.test(beginning)) return undefined;
      const row = byId.get({ id: beginning }) ?? byBeginning.get({ beginning });
      // What was edited since is found by what it was called before, too.
      return row ? noteOf(row) : noteOfKey(pastBeginning.get({ beginning })?.key ?? '');
    },
    known: (ids: readonly string[]): ReadonlySet<string> =>
      new Set(known.all({ ids: JSON.stringify(ids) }).map(({ id }) => id)),
  };
}
