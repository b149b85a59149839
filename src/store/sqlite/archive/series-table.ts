import type { DatabaseSync } from 'node:sqlite';
import type { Note } from '../../../note/note.ts';
import type { Series } from '../../../note/series.ts';
import { MAX_SERIES } from '../../archive.ts';
import { secondOf } from '../../rules/moment.ts';
import { change, select } from '../sql.ts';
import type { NoteReader } from './note-reader.ts';

export type SeriesTable = ReturnType<typeof createSeriesTable>;

/** Which notes belong to a series: titles that differ only in dates and numbers. */
export function createSeriesTable(db: DatabaseSync, reader: NoteReader) {
  const insert = change(db, 'INSERT OR REPLACE INTO series (moment, name) VALUES (:moment, :name)');
  const all = select<{ name: string; count: number; first: number; last: number }>(
    db,
    `SELECT name, count(*) AS count, min(moment) AS first, max(moment) AS last FROM series
     GROUP BY name HAVING count(*) > 1 ORDER BY last DESC LIMIT ${MAX_SERIES}`,
  );
  const count = select<{ count: number }>(db, 'SELECT count(*) AS count FROM series WHERE name = :name');
  const page = select<{ moment: number }>(
    db,
    'SELECT moment FROM series WHERE name = :name ORDER BY moment DESC LIMIT :count OFFSET :offset',
  );
  const place = select<{ moment: number; name: string }>(
    db,
    'SELECT s.moment, s.name FROM note AS n JOIN series AS s ON s.moment = n.moment WHERE n.id = :id',
  );
  const before = select<{ moment: number | null }>(
    db,
    'SELECT max(moment) AS moment FROM series WHERE name = :name AND moment < :moment',
  );
  const after = select<{ moment: number | null }>(
    db,
    'SELECT min(moment) AS moment FROM series WHERE name = :name AND moment > :moment',
  );
  const remove = change(db, 'DELETE FROM series WHERE moment = :moment');

  function add(moment: number, { series }: Note): void {
    if (series !== undefined) insert({ moment, name: series });
  }

  const noteAt = async (row: { moment: number | null } | undefined): Promise<Note | undefined> =>
    typeof row?.moment === 'number' ? (await reader.notesAt([row.moment]))[0] : undefined;

  return {
    add,

    all: (): readonly Series[] =>
      all.all().map(({ first, last, ...series }) => ({
        ...series,
        firstAt: secondOf(first),
        lastAt: secondOf(last),
      })),

    async notesIn(name: string, { count: most, offset = 0 }: { count: number; offset?: number }) {
      const moments = page.all({ name, count: Math.max(most, 0), offset: Math.max(offset, 0) });
      return {
        notes: await reader.notesAt(moments.map(({ moment }) => moment)),
        total: count.get({ name })?.count ?? 0,
      };
    },

    async neighbours(id: string): Promise<{ readonly earlier?: Note; readonly later?: Note }> {
      const here = place.get({ id });
      if (!here) return {};
      const { moment, name } = here;
      const [earlier, later] = await Promise.all(
        [before, after].map((query) => noteAt(query.get({ moment, name }))),
      );
      return { ...(earlier ? { earlier } : {}), ...(later ? { later } : {}) };
    },

    /** As `add`, for a note that may be in another series already. */
    update(moment: number, note: Note): void {
      remove({ moment });
      add(moment, note);
    },
  };
}
