import type { Pool } from 'pg';
import type { Note } from '../../../note/note.ts';
import type { Series } from '../../../note/series.ts';
import { MAX_SERIES, type Page } from '../../archive.ts';
import { secondOf } from '../../rules/moment.ts';
import { type Connection, change, select } from '../sql.ts';
import type { NoteReader } from './note-reader.ts';

export type SeriesTable = ReturnType<typeof createSeriesTable>;

const insert = change(
  'INSERT INTO series (moment, name) SELECT * FROM unnest(:moments::bigint[], :names::text[])',
);
const all = select<{ name: string; count: number; first: number; last: number }>(
  `SELECT name, count(*) AS count, min(moment) AS first, max(moment) AS last FROM series
   GROUP BY name HAVING count(*) > 1 ORDER BY last DESC LIMIT ${MAX_SERIES}`,
);
const count = select<{ count: number }>('SELECT count(*) AS count FROM series WHERE name = :name');
const page = select<{ moment: number }>(
  'SELECT moment FROM series WHERE name = :name ORDER BY moment DESC LIMIT :count OFFSET :offset',
);
const beside = select<{ earlier: number | null; later: number | null }>(
  `SELECT
     (SELECT max(moment) FROM series AS s WHERE s.name = here.name AND s.moment < here.moment) AS earlier,
     (SELECT min(moment) FROM series AS s WHERE s.name = here.name AND s.moment > here.moment) AS later
   FROM note AS n JOIN series AS here USING (moment) WHERE n.id = :id`,
);

/** Which notes belong to a series: titles that differ only in dates and numbers. */
export function createSeriesTable(readers: Pool, reader: NoteReader) {
  const noteAt = async (moment: number | null | undefined): Promise<Note | undefined> =>
    typeof moment === 'number' ? (await reader.notesAt(readers, [moment]))[0] : undefined;

  return {
    /** Adds those notes that have one. */
    async add(on: Connection, notes: ReadonlyMap<number, Note>): Promise<void> {
      const rows = [...notes].flatMap(([moment, { series }]) =>
        series === undefined ? [] : { moment, series },
      );
      if (rows.length === 0) return;
      await insert(on, {
        moments: rows.map(({ moment }) => moment),
        names: rows.map(({ series }) => series),
      });
    },

    async all(): Promise<readonly Series[]> {
      const rows = await all.all(readers);
      return rows.map(({ first, last, ...series }) => ({
        ...series,
        firstAt: secondOf(first),
        lastAt: secondOf(last),
      }));
    },

    async notesIn(name: string, { count: most, offset = 0 }: Page) {
      const [moments, total] = await Promise.all([
        page.all(readers, { name, count: Math.max(most, 0), offset: Math.max(offset, 0) }),
        count.get(readers, { name }),
      ]);
      return {
        notes: await reader.notesAt(
          readers,
          moments.map(({ moment }) => moment),
        ),
        total: total?.count ?? 0,
      };
    },

    async neighbours(id: string): Promise<{ readonly earlier?: Note; readonly later?: Note }> {
      const moments = await beside.get(readers, { id });
      const [earlier, later] = await Promise.all([noteAt(moments?.earlier), noteAt(moments?.later)]);
      return { ...(earlier ? { earlier } : {}), ...(later ? { later } : {}) };
    },
  };
}
