import type { DatabaseSync } from 'node:sqlite';
import { isLongContent } from '../../../note/event-to-note.ts';
import type { Note, VerifiedEvent } from '../../../note/note.ts';
import type { PostType } from '../../../note/post-types.ts';
import type { IsOwn } from '../../../note/reply-pointer.ts';
import type { EventParser, NoteFrom, Parsed, StoredEvent } from '../../event-parser.ts';
import { select } from '../sql.ts';

export type NoteReader = ReturnType<typeof createNoteReader>;

/** Thrown if a note that takes long to parse is needed synchronously: see `withLongNotes`. */
class NotParsed extends Error {
  readonly event: string;
  constructor(event: string) {
    super('A long note has to be parsed first');
    this.event = event;
  }
}

/** Reads notes from the archive. */
export function createNoteReader(db: DatabaseSync, noteFrom: NoteFrom, parser: EventParser) {
  const newest = select<StoredEvent>(
    db,
    'SELECT event FROM note ORDER BY moment DESC LIMIT :count OFFSET :offset',
  );
  const newestOfType = select<StoredEvent>(
    db,
    'SELECT event FROM note WHERE post_type = :postType ORDER BY moment DESC LIMIT :count OFFSET :offset',
  );
  const byRowids = select<StoredEvent>(
    db,
    `SELECT n.event FROM json_each(:moments) AS m JOIN note AS n ON n.moment = m.value ORDER BY m.key`,
  );
  const byKey = select<StoredEvent>(db, 'SELECT event FROM note WHERE key = :key');
  const byId = select<StoredEvent>(db, 'SELECT event FROM note WHERE id = :id');
  const byPrefix = select<StoredEvent>(
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
  /** Long notes parsed by the current call of `withLongNotes`. */
  let parsedForRun: ReadonlyMap<string, Parsed> = new Map();

  /** Parses synchronously; throws `NotParsed` if that would take long. */
  function parseNow({ event: json }: StoredEvent): Note | undefined {
    const known = parsedForRun.get(json) ?? parser.cached(json);
    if (known) return known.note;
    const event = JSON.parse(json) as VerifiedEvent;
    if (isLongContent(event)) throw new NotParsed(json);
    return noteFrom(event, isOwn);
  }

  const parseAll = (rows: readonly StoredEvent[]) => parser.parseAll(rows, isOwn);

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
        parsed.set(error.event, { note: await parser.parse(error, isOwn) });
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
    isOwn,
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
      const note = named && (await parser.parse(named, isOwn));
      const prefix = idOrKey.toLowerCase();
      if (note || !/^[0-9a-f]{4,64}$/.test(prefix)) return note;
      // A note that was edited since is also found by its former ids.
      const edited = (): StoredEvent | undefined =>
        byKey.get({ key: pastByPrefix.get({ prefix })?.key ?? '' });
      const row = byId.get({ id: prefix }) ?? byPrefix.get({ prefix }) ?? edited();
      return row && parser.parse(row, isOwn);
    },
    known: (ids: readonly string[]): ReadonlySet<string> =>
      new Set(known.all({ ids: JSON.stringify(ids) }).map(({ id }) => id)),
  };
}
