import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import type { Log } from '../../../lib/log.ts';
import { datedAt, type Note } from '../../../note/note.ts';
import { momentOf } from '../../rules/moment.ts';
import { isCheckpoint } from '../search/scan-checkpoints.ts';
import type { IndexBatch, WordIndex } from '../search/word-index.ts';
import { change, select, transaction } from '../sql.ts';
import type { NoteReader } from './note-reader.ts';
import type { SeriesTable } from './series-table.ts';

/** Notes per step, and characters of their events: some tens of milliseconds. */
const STEP = 200;
const MAX_CHARACTERS = 200_000;

/**
 * Updates notes that older versions archived: date, post type, series, spellings, hashtags. Works in steps, newest
 * notes first, while everything else goes on. If the program ends before it is done, the next start continues.
 */
export async function reindexOldNotes(
  db: DatabaseSync,
  { reader, series, index }: { reader: NoteReader; series: SeriesTable; index: WordIndex },
  log: Log,
): Promise<void> {
  const unsorted = select<{ below: number }>(db, 'SELECT below FROM unsorted WHERE one = 1');
  const next = select<{ moment: number; post_type: string; length: number }>(
    db,
    `SELECT moment, post_type, length(event) AS length FROM note WHERE moment < :below ORDER BY moment DESC LIMIT ${STEP}`,
  );
  const proceed = change(db, 'UPDATE unsorted SET below = :below WHERE one = 1');
  const finish = change(db, 'DELETE FROM unsorted');
  const place = change(
    db,
    'UPDATE OR IGNORE note SET moment = :to, post_type = :postType WHERE moment = :moment',
  );
  const moveSightings = change(db, 'UPDATE seen SET moment = :to WHERE moment = :moment');
  const moveSeries = change(db, 'UPDATE series SET moment = :to WHERE moment = :moment');

  /** Moves a note to its place by date and type; returns its row id. */
  function moveNote(moment: number, note: Note, batch: IndexBatch): number {
    batch.remove(moment);
    // Rows that reference the note follow before the commit.
    db.exec('PRAGMA defer_foreign_keys = ON');
    let to = Math.min(moment, momentOf(datedAt(note), note.id));
    while (isCheckpoint(to) || place({ moment, to, postType: note.postType }) === 0) to--;
    moveSightings({ moment, to });
    moveSeries({ moment, to });
    batch.add(to, note);
    return to;
  }

  /** False once there are no more. */
  function reindexSome(): boolean {
    const { below } = unsorted.get() ?? {};
    if (below === undefined) return false;
    return transaction(db, () => {
      const rows = next.all({ below });
      const batch = index.batch();
      let [last, characters] = [rows[0]?.moment, 0];
      for (const { moment, post_type, length } of rows) {
        if (characters > 0 && characters + length > MAX_CHARACTERS) break;
        last = moment;
        characters += length;
        const note = reader.noteAt(moment);
        if (!note) continue;
        // Of notes with the same row id, all but the first got lower ones; none got a higher one.
        const isInPlace = moment <= momentOf(datedAt(note), note.id) && post_type === note.postType;
        if (isInPlace) batch.reindex(moment, note);
        series.update(isInPlace ? moment : moveNote(moment, note, batch), note);
      }
      batch.write();
      if (last === undefined) finish();
      else proceed({ below: last });
      return last !== undefined;
    });
  }

  try {
    let steps = 0;
    for (; db.isOpen && (await reader.withLongNotes(reindexSome)); steps += 1) await setImmediate();
    if (db.isOpen && steps > 0) log.info('note.reindexed');
  } catch (error) {
    // The next start continues from there.
    log.error('reindex.failed', { error });
  }
}
