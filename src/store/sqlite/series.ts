import type { DatabaseSync } from 'node:sqlite';
import type { Note } from '../../note/note.ts';
import type { Series } from '../../note/series.ts';
import { secondsOf } from './moment.ts';
import type { Reading } from './reading.ts';
import { change, select, transaction } from './sql.ts';

/** More than anybody leafs through; those that ended longest ago are left out. */
const MAX_SERIES = 1_000;
/** Notes of an older program that are looked at in one go: some tens of milliseconds. */
const STEP = 200;

export type SeriesTable = ReturnType<typeof createSeriesTable>;

/** Which notes belong together: titles without dates and numbers. */
export function createSeriesTable(db: DatabaseSync, reading: Reading) {
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
  const unsorted = select<{ below: number }>(db, 'SELECT below FROM unsorted WHERE one = 1');
  const next = select<{ moment: number }>(
    db,
    `SELECT moment FROM note WHERE moment < :below ORDER BY moment DESC LIMIT ${STEP}`,
  );
  const proceed = change(db, 'UPDATE unsorted SET below = :below WHERE one = 1');
  const finish = change(db, 'DELETE FROM unsorted');

  function add(moment: number, { series }: Note): void {
    if (series !== undefined) insert({ moment, name: series });
  }

  const noteAt = (row: { moment: number | null } | undefined): Note | undefined =>
    typeof row?.moment === 'number' ? reading.notesAt([row.moment])[0] : undefined;

  return {
    add,

    all: (): readonly Series[] =>
      all.all().map(({ first, last, ...series }) => ({
        ...series,
        firstAt: secondsOf(first),
        lastAt: secondsOf(last),
      })),

    notesIn(name: string, { count: most, offset = 0 }: { count: number; offset?: number }) {
      const moments = page.all({ name, count: Math.max(most, 0), offset: Math.max(offset, 0) });
      return {
        notes: reading.notesAt(moments.map(({ moment }) => moment)),
        total: count.get({ name })?.count ?? 0,
      };
    },

    beside(id: string): { readonly earlier?: Note; readonly later?: Note } {
      const here = place.get({ id });
      if (!here) return {};
      const { moment, name } = here;
      const [earlier, later] = [before, after].map((query) => noteAt(query.get({ moment, name })));
      return { ...(earlier ? { earlier } : {}), ...(later ? { later } : {}) };
    },

    /** Looks at some notes that an older program archived; false when there are no more. */
    sortSome(): boolean {
      const { below } = unsorted.get() ?? {};
      if (below === undefined) return false;
      return transaction(db, () => {
        const moments = next.all({ below }).map(({ moment }) => moment);
        for (const moment of moments) {
          const [note] = reading.notesAt([moment]);
          if (note) add(moment, note);
        }
        const last = moments.at(-1);
        if (last === undefined) finish();
        else proceed({ below: last });
        return last !== undefined;
      });
    },
  };
}
