import type { DatabaseSync } from 'node:sqlite';
import { datedAt, type Note } from '../../../note/note.ts';
import type { AcceptOutcome, Deletion, IncomingNote } from '../../journal.ts';
import type { JournalTable } from '../delivery/journal-table.ts';
import type { EntrySkipper } from '../delivery/skip-unwanted.ts';
import { isCheckpoint } from '../search/scan-checkpoints.ts';
import type { IndexBatch, WordIndex } from '../search/word-index.ts';
import { change, select } from '../sql.ts';
import type { NoteReader } from './note-reader.ts';
import { rowidOf } from './note-rowid.ts';
import type { SeriesTable } from './series-table.ts';
import type { Sightings } from './sightings.ts';

interface NoteRow {
  readonly moment: number;
  readonly id: string;
  readonly key: string;
  readonly created_at: number;
}

/** So many notes are taken back in one transaction. */
const EXPIRED_BATCH = 200;
const NOTE = 'SELECT moment, id, key, created_at FROM note';

/** What came of a change. Where positions are still to be moved on (`PassOver.passNew`): the journal's `head` before. */
export interface WriteResult<Result> {
  readonly result: Result;
  readonly head?: number;
}

/** The writing side of the archive: archive, index, journal and positions, inside the caller's transaction. */
export function createArchiveWriter(
  db: DatabaseSync,
  journal: JournalTable,
  passOver: EntrySkipper,
  index: WordIndex,
  series: SeriesTable,
  sightings: Sightings,
  reading: NoteReader,
) {
  const byId = select<NoteRow>(db, `${NOTE} WHERE id = :id`);
  const byKey = select<NoteRow>(db, `${NOTE} WHERE key = :key`);
  const expired = select<NoteRow>(
    db,
    `${NOTE} WHERE expires_at <= :now ORDER BY expires_at LIMIT ${EXPIRED_BATCH}`,
  );
  const nextExpiry = select<{ expires_at: number }>(
    db,
    'SELECT expires_at FROM note WHERE expires_at IS NOT NULL ORDER BY expires_at LIMIT 1',
  );
  const past = select<{ id: string }>(db, 'SELECT id FROM past WHERE id = :id');
  const tombstone = select<{ key: string }>(
    db,
    `SELECT key FROM tombstone WHERE (key = :id AND until IS NULL) OR (key = :key AND until >= :createdAt)`,
  );
  const insert = change(
    db,
    `INSERT INTO note (moment, id, key, created_at, post_type, expires_at, event)
     VALUES (:moment, :id, :key, :createdAt, :postType, :expiresAt, :event) ON CONFLICT (moment) DO NOTHING`,
  );
  const remove = change(db, 'DELETE FROM note WHERE moment = :moment');
  const remember = change(
    db,
    'INSERT OR IGNORE INTO past (id, key, created_at) VALUES (:id, :key, :createdAt)',
  );
  const buryId = change(db, 'INSERT OR REPLACE INTO tombstone (key) VALUES (:id)');
  const buryAddress = change(
    db,
    `INSERT INTO tombstone (key, until) VALUES (:key, :until)
     ON CONFLICT (key) DO UPDATE SET until = max(until, excluded.until)`,
  );

  /** `run` writes, then the index and the positions follow. */
  function writing<Result>(run: (batch: IndexBatch) => Result): WriteResult<Result> {
    const head = journal.head();
    const batch = index.batch();
    const result = run(batch);
    batch.write();
    return { result, ...(passOver.passNew(head) ? {} : { head }) };
  }

  function take({ note: arrived, news, breaking = false }: IncomingNote, batch: IndexBatch): AcceptOutcome {
    const current = byKey.get({ key: arrived.key });
    if (current?.id === arrived.id) return 'known';
    const note = reading.inThread(arrived);
    if (tombstone.get({ id: note.id, key: note.key, createdAt: note.createdAt })) {
      rememberNote(note);
      // A request that names one version by id takes the address back up to it, also when it comes first.
      if (note.key !== note.id) buryVersions(note.key, note.createdAt, batch);
      return 'deleted';
    }
    if (past.get({ id: note.id })) return 'known';
    if (!current) {
      put(note, batch);
      if (news) journal.post(note.key, note.postType, breaking);
      return 'added';
    }
    if (!isNewer(note, current)) {
      rememberNote(note);
      return 'outdated';
    }
    drop(current, batch);
    put(note, batch);
    journal.follow('replace', note.key);
    return 'replaced';
  }

  function put(note: Note, batch: IndexBatch): void {
    const { id, pubkey, created_at, kind, tags, content, sig } = note.event;
    const event = JSON.stringify({ id, pubkey, created_at, kind, tags, content, sig });
    const row = {
      id,
      key: note.key,
      createdAt: note.createdAt,
      postType: note.postType,
      expiresAt: note.expiresAt ?? null,
      event,
    };
    reading.keep(event, note);
    let moment = rowidOf(datedAt(note), note.id);
    while (isCheckpoint(moment) || insert({ ...row, moment }) === 0) moment--;
    series.add(moment, note);
    batch.add(moment, note);
  }

  function rememberNote({ id, key, createdAt }: Note): void {
    remember({ id, key, createdAt });
  }

  function drop({ moment, id, key, created_at }: NoteRow, batch: IndexBatch): void {
    remove({ moment });
    batch.remove(moment);
    remember({ id, key, createdAt: created_at });
  }

  function bury(row: NoteRow, batch: IndexBatch): void {
    drop(row, batch);
    buryId({ id: row.id });
    if (row.key !== row.id) buryAddress({ key: row.key, until: row.created_at });
    journal.follow('delete', row.key);
  }

  function buryVersions(address: string, until: number, batch: IndexBatch): number {
    buryAddress({ key: address, until });
    const current = byKey.get({ key: address });
    if (!current || current.created_at > until) return 0;
    bury(current, batch);
    return 1;
  }

  return {
    accept: (arrivals: readonly IncomingNote[]): WriteResult<readonly AcceptOutcome[]> =>
      writing((batch) => {
        const outcomes = new Map<IncomingNote, AcceptOutcome>();
        for (const arrival of inInsertionOrder(arrivals)) {
          outcomes.set(arrival, take(arrival, batch));
          if (arrival.relay !== undefined) sightings.add(arrival.note.id, arrival.relay);
        }
        return arrivals.map((arrival) => outcomes.get(arrival) ?? 'known');
      }),

    takeBack: (deletion: Deletion): WriteResult<number> =>
      writing((batch) => {
        remember({ id: deletion.id, key: deletion.id, createdAt: deletion.createdAt });
        let count = 0;
        for (const id of deletion.ids) {
          buryId({ id });
          const row = byId.get({ id });
          if (row) bury(row, batch);
          count += row ? 1 : 0;
        }
        for (const address of deletion.addresses) count += buryVersions(address, deletion.createdAt, batch);
        return count;
      }),

    /** When the next note expires, in milliseconds. */
    nextExpiryMs(): number | undefined {
      const next = nextExpiry.get();
      return next && next.expires_at * 1000;
    },

    /** Takes back some of what expired at or before `now` (seconds); returns how many notes, 0 when it was all. */
    expire: (now: number): WriteResult<number> =>
      writing((batch) => {
        const rows = expired.all({ now });
        for (const row of rows) bury(row, batch);
        return rows.length;
      }),
  };
}

/** NIP-01: the newest version of an address stands; of several, the one with the lowest id. */
const isNewer = (note: Note, than: NoteRow): boolean =>
  note.createdAt > than.created_at || (note.createdAt === than.created_at && note.id < than.id);

/** Oldest first where nothing depends on the order: rows that come in descending order leave pages of the file half empty. */
function inInsertionOrder(arrivals: readonly IncomingNote[]): readonly IncomingNote[] {
  const depends =
    arrivals.some(({ news }) => news) || new Set(arrivals.map(({ note }) => note.key)).size < arrivals.length;
  return depends ? arrivals : arrivals.toSorted((a, b) => datedAt(a.note) - datedAt(b.note));
}
