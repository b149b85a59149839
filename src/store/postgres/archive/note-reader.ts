import type { Note } from '../../../note/note.ts';
import type { PostType } from '../../../note/post-types.ts';
import type { Page } from '../../archive.ts';
import type { EventParser, StoredEvent } from '../../event-parser.ts';
import { type Connection, select } from '../sql.ts';

interface KeyedEvent extends StoredEvent {
  readonly key: string;
}

export type NoteReader = ReturnType<typeof createNoteReader>;

const newest = select<StoredEvent>('SELECT event FROM note ORDER BY moment DESC LIMIT :count OFFSET :offset');
const newestOfType = select<StoredEvent>(
  'SELECT event FROM note WHERE post_type = :postType ORDER BY moment DESC LIMIT :count OFFSET :offset',
);
const byMoments = select<StoredEvent>(
  `SELECT n.event FROM unnest(:moments::bigint[]) WITH ORDINALITY AS m (moment, n_th) JOIN note AS n USING (moment)
   ORDER BY m.n_th`,
);
const byKeys = select<KeyedEvent>('SELECT key, event FROM note WHERE key = ANY (:keys::text[])');
const keysOfIds = select<{ id: string; key: string }>(
  `SELECT id, key FROM note WHERE id = ANY (:ids::text[])
   UNION ALL SELECT id, key FROM past WHERE id = ANY (:ids::text[])`,
);
const named = select<StoredEvent>(
  `SELECT event FROM note WHERE key = coalesce(
     (SELECT key FROM note WHERE id = :name), (SELECT key FROM past WHERE id = :name), :name)`,
);
// Without OFFSET 0 the planner may walk all notes from the newest back until one has the prefix.
const byPrefix = select<StoredEvent>(
  `SELECT event FROM (
     SELECT moment, event FROM note WHERE id >= :prefix AND id < :prefix || 'g' OFFSET 0
   ) AS found ORDER BY moment DESC LIMIT 1`,
);
const editedByPrefix = select<StoredEvent>(
  `SELECT event FROM note WHERE key = (
     SELECT key FROM past WHERE id >= :prefix AND id < :prefix || 'g' ORDER BY id LIMIT 1)`,
);

/**
 * The tags that may name the note that an event answers, in its JSON: quotes in strings have a backslash before them, so
 * nothing else looks like it.
 */
const ANSWERED = /\["e","([0-9a-f]{64})"/gu;

/** Reads notes from the archive, on whatever connection. */
export function createNoteReader(parser: EventParser) {
  /** Parses events together, so that one question tells which of the notes that they answer are the author's own. */
  async function parseAll(on: Connection, rows: readonly StoredEvent[]): Promise<readonly Note[]> {
    const answered = new Set(
      rows.flatMap(({ event }) => [...event.matchAll(ANSWERED)].map(([, id = '']) => id)),
    );
    const own = await known(on, [...answered]);
    return parser.parseAll(rows, (id) => own.has(id));
  }

  const parse = async (on: Connection, row: StoredEvent | undefined): Promise<Note | undefined> =>
    row && (await parseAll(on, [row]))[0];

  /** Keys of the notes with these ids, or with these older versions. */
  const keysOf = async (on: Connection, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
    new Map(ids.length === 0 ? [] : (await keysOfIds.all(on, { ids })).map(({ id, key }) => [id, key]));

  /** The archive only has events of one author, so any note that it has or had is the author's own. */
  const known = async (on: Connection, ids: readonly string[]): Promise<ReadonlySet<string>> =>
    new Set((await keysOf(on, ids)).keys());

  return {
    keysOf,
    known,
    /** In their order. */
    notesOf: parseAll,
    /** Archived notes by key. */
    async notesByKeys(on: Connection, keys: readonly string[]): Promise<ReadonlyMap<string, Note>> {
      const rows = keys.length === 0 ? [] : await byKeys.all(on, { keys });
      return new Map((await parseAll(on, rows)).map((note) => [note.key, note]));
    },
    /** In the order of the moments. */
    notesAt: async (on: Connection, moments: readonly number[]): Promise<readonly Note[]> =>
      moments.length === 0 ? [] : parseAll(on, await byMoments.all(on, { moments })),
    async latest(on: Connection, { count, offset = 0, postType }: Page & { readonly postType?: PostType }) {
      const page = { count: Math.max(count, 0), offset: Math.max(offset, 0) };
      return parseAll(
        on,
        await (postType ? newestOfType.all(on, { ...page, postType }) : newest.all(on, page)),
      );
    },
    async find(on: Connection, idOrKey: string): Promise<Note | undefined> {
      const note = await parse(on, await named.get(on, { name: idOrKey }));
      const prefix = idOrKey.toLowerCase();
      if (note || !/^[0-9a-f]{4,64}$/.test(prefix)) return note;
      // A note that was edited since is also found by its former ids.
      return parse(on, (await byPrefix.get(on, { prefix })) ?? (await editedByPrefix.get(on, { prefix })));
    },
  };
}
