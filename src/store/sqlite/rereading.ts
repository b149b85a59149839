import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import type { Log } from '../../log.ts';
import type { WordIndex } from './index-words.ts';
import type { Reading } from './reading.ts';
import type { SeriesTable } from './series.ts';
import { change, select, transaction } from './sql.ts';

/** Notes that are looked at in one go: some tens of milliseconds. */
const STEP = 200;

/**
 * Looks again at what older programs archived, for what this one makes of it: series, spellings, hashtags. In steps, the
 * newest notes first, while everything else goes on. A start that was broken off is gone on with by the next.
 */
export async function readAgain(
  db: DatabaseSync,
  { reading, series, index }: { reading: Reading; series: SeriesTable; index: WordIndex },
  log: Log,
): Promise<void> {
  const unsorted = select<{ below: number }>(db, 'SELECT below FROM unsorted WHERE one = 1');
  const next = select<{ moment: number }>(
    db,
    `SELECT moment FROM note WHERE moment < :below ORDER BY moment DESC LIMIT ${STEP}`,
  );
  const proceed = change(db, 'UPDATE unsorted SET below = :below WHERE one = 1');
  const finish = change(db, 'DELETE FROM unsorted');

  /** False where there are no more. */
  function readSome(): boolean {
    const { below } = unsorted.get() ?? {};
    if (below === undefined) return false;
    return transaction(db, () => {
      const moments = next.all({ below }).map(({ moment }) => moment);
      const batch = index.batch();
      for (const moment of moments) {
        const [note] = reading.notesAt([moment]);
        if (!note) continue;
        series.addAgain(moment, note);
        batch.addAgain(moment, note);
      }
      batch.write();
      const last = moments.at(-1);
      if (last === undefined) finish();
      else proceed({ below: last });
      return last !== undefined;
    });
  }

  try {
    let steps = 0;
    for (; db.isOpen && readSome(); steps += 1) await setImmediate();
    if (db.isOpen && steps > 0) log.info('notes.reread');
  } catch (error) {
    // The next start goes on from there.
    log.error('rereading.failing', { error });
  }
}
