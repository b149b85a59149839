import { datedAt, type Note } from '../../../note/note.ts';
import { type EventParser, eventJson } from '../../event-parser.ts';
import type { ArchivedVersion } from '../../rules/archive-changes.ts';
import { momentOf } from '../../rules/moment.ts';
import { type Connection, change, select } from '../sql.ts';

/** An archived note without its event. */
export interface NoteRow extends ArchivedVersion {
  readonly moment: number;
}

/** Expired notes deleted in one transaction. */
const EXPIRED_BATCH = 200;
const NOTE = 'SELECT moment, id, key, created_at AS "createdAt" FROM note';

const insert = select<{ moment: number }>(
  `INSERT INTO note (moment, id, key, created_at, post_type, expires_at, is_protected, event)
   SELECT * FROM unnest(:moments::bigint[], :ids::text[], :keys::text[], :createdAt::bigint[], :postTypes::text[],
     :expiresAt::bigint[], :areProtected::boolean[], :events::text[])
   ON CONFLICT (moment) DO NOTHING RETURNING moment`,
);
const remove = change('DELETE FROM note WHERE moment = ANY (:moments::bigint[])');
const named = select<NoteRow>(`${NOTE} WHERE key = ANY (:keys::text[]) OR id = ANY (:ids::text[])`);
const expired = select<NoteRow>(
  `${NOTE} WHERE expires_at <= :now ORDER BY expires_at LIMIT ${EXPIRED_BATCH}`,
);
const nextExpiry = select<{ expires_at: number }>(
  'SELECT expires_at FROM note WHERE expires_at IS NOT NULL ORDER BY expires_at LIMIT 1',
);

export type NoteTable = ReturnType<typeof createNoteTable>;

/** Archived notes by their moments. */
export function createNoteTable(parser: EventParser) {
  const insertAt = (on: Connection, placed: ReadonlyMap<number, Note>) => {
    const notes = [...placed.values()];
    const events = notes.map(eventJson);
    for (const [index, note] of notes.entries()) parser.cache(events[index] ?? '', note);
    return insert.all(on, {
      moments: [...placed.keys()],
      ids: notes.map(({ id }) => id),
      keys: notes.map(({ key }) => key),
      createdAt: notes.map(({ createdAt }) => createdAt),
      postTypes: notes.map(({ postType }) => postType),
      expiresAt: notes.map(({ expiresAt }) => expiresAt ?? null),
      areProtected: notes.map((note) => note.protected === true),
      events,
    });
  };

  return {
    /** Inserts notes; returns them by their moments. */
    async insert(on: Connection, notes: readonly Note[]): Promise<ReadonlyMap<number, Note>> {
      const taken = new Set<number>();
      const inserted = new Map<number, Note>();
      for (
        let wanted = notes.map((note) => [momentOf(datedAt(note), note.id), note] as const);
        wanted.length > 0;
      ) {
        const placed = new Map(wanted.map(([moment, note]) => [nextFree(moment, taken), note]));
        for (const { moment } of await insertAt(on, placed)) {
          const note = placed.get(moment);
          if (note) inserted.set(moment, note);
          placed.delete(moment);
        }
        // The moments of the others are taken by notes that were archived before.
        wanted = [...placed];
      }
      return inserted;
    },
    /** With what belongs to them, except for the index. */
    async remove(on: Connection, moments: readonly number[]): Promise<void> {
      if (moments.length > 0) await remove(on, { moments });
    },
    /** Those with one of the keys or ids. */
    named: (on: Connection, keys: readonly string[], ids: readonly string[]): Promise<readonly NoteRow[]> =>
      named.all(on, { keys, ids }),
    /** Some of those that expired at or before `now` (seconds). */
    expired: (on: Connection, now: number): Promise<readonly NoteRow[]> => expired.all(on, { now }),
    async nextExpiryMs(on: Connection): Promise<number | undefined> {
      const next = await nextExpiry.get(on);
      return next && next.expires_at * 1000;
    },
  };
}

/** The moment or the next lower one that isn't taken; takes it. */
function nextFree(moment: number, taken: Set<number>): number {
  let free = moment;
  while (taken.has(free)) free -= 1;
  taken.add(free);
  return free;
}
