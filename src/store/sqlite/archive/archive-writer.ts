import type { DatabaseSync } from 'node:sqlite';
import { datedAt, type Note } from '../../../note/note.ts';
import type { AcceptOutcome, Deletion, IncomingNote } from '../../journal.ts';
import { momentOf } from '../../rules/moment.ts';
import type { JournalTable } from '../delivery/journal-table.ts';
import type { EntrySkipper } from '../delivery/skip-unwanted.ts';
import { isCheckpoint } from '../search/scan-checkpoints.ts';
import type { IndexBatch, WordIndex } from '../search/word-index.ts';
import { change, select } from '../sql.ts';
import type { NoteReader } from './note-reader.ts';
import type { SeriesTable } from './series-table.ts';
import type { Sightings } from './sightings.ts';

interface NoteRow {
  readonly moment: number;
  readonly id: string;
  readonly key: string;
  readonly created_at: number;
}

/** Expired notes deleted in one transaction. */
const EXPIRED_BATCH = 200;
const NOTE = 'SELECT moment, id, key, created_at FROM note';

/** The result of a change. `head`: where the journal ended before, if there are positions left to move (`EntrySkipper.skipNew`). */
export interface WriteResult<Result> {
  readonly result: Result;
  readonly head?: number;
}

interface Parts {
  readonly journal: JournalTable;
  readonly skipper: EntrySkipper;
  readonly index: WordIndex;
  readonly series: SeriesTable;
  readonly sightings: Sightings;
  readonly reader: NoteReader;
}

/** Writes archive, index, journal and positions together. Its methods run inside the caller's transaction. */
export function createArchiveWriter(
  db: DatabaseSync,
  { journal, skipper, index, series, sightings, reader }: Parts,
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
  const forbidId = change(db, 'INSERT OR REPLACE INTO tombstone (key) VALUES (:id)');
  const forbidAddress = change(
    db,
    `INSERT INTO tombstone (key, until) VALUES (:key, :until)
     ON CONFLICT (key) DO UPDATE SET until = max(until, excluded.until)`,
  );

  /** After `run`, updates the index and the positions. */
  function withBatch<Result>(run: (batch: IndexBatch) => Result): WriteResult<Result> {
    const head = journal.head();
    const batch = index.batch();
    const result = run(batch);
    batch.write();
    return { result, ...(skipper.skipNew(head) ? {} : { head }) };
  }

  function acceptOne(
    { note: incoming, news, breaking = false }: IncomingNote,
    batch: IndexBatch,
  ): AcceptOutcome {
    const current = byKey.get({ key: incoming.key });
    if (current?.id === incoming.id) return 'known';
    const note = reader.inThread(incoming);
    if (tombstone.get({ id: note.id, key: note.key, createdAt: note.createdAt })) {
      rememberId(note);
      // A request that names one version by id deletes the address up to that version, even if it arrives first.
      if (note.key !== note.id) deleteVersions(note.key, note.createdAt, batch);
      return 'deleted';
    }
    if (past.get({ id: note.id })) return 'known';
    if (!current) {
      put(note, batch);
      if (news) journal.appendPost(note.key, note.postType, breaking);
      return 'added';
    }
    if (!isNewer(note, current)) {
      rememberId(note);
      return 'outdated';
    }
    removeRow(current, batch);
    put(note, batch);
    journal.appendChange('replace', note.key);
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
    reader.cache(event, note);
    let moment = momentOf(datedAt(note), note.id);
    while (isCheckpoint(moment) || insert({ ...row, moment }) === 0) moment--;
    series.add(moment, note);
    batch.add(moment, note);
  }

  function rememberId({ id, key, createdAt }: Note): void {
    remember({ id, key, createdAt });
  }

  function removeRow({ moment, id, key, created_at }: NoteRow, batch: IndexBatch): void {
    remove({ moment });
    batch.remove(moment);
    remember({ id, key, createdAt: created_at });
  }

  function deleteNote(row: NoteRow, batch: IndexBatch): void {
    removeRow(row, batch);
    forbidId({ id: row.id });
    if (row.key !== row.id) forbidAddress({ key: row.key, until: row.created_at });
    journal.appendChange('delete', row.key);
  }

  function deleteVersions(address: string, until: number, batch: IndexBatch): number {
    forbidAddress({ key: address, until });
    const current = byKey.get({ key: address });
    if (!current || current.created_at > until) return 0;
    deleteNote(current, batch);
    return 1;
  }

  return {
    accept: (notes: readonly IncomingNote[]): WriteResult<readonly AcceptOutcome[]> =>
      withBatch((batch) => {
        const outcomes = new Map<IncomingNote, AcceptOutcome>();
        for (const incoming of inInsertionOrder(notes)) {
          outcomes.set(incoming, acceptOne(incoming, batch));
          if (incoming.relay !== undefined) sightings.add(incoming.note.id, incoming.relay);
        }
        return notes.map((incoming) => outcomes.get(incoming) ?? 'known');
      }),

    delete: (deletion: Deletion): WriteResult<number> =>
      withBatch((batch) => {
        remember({ id: deletion.id, key: deletion.id, createdAt: deletion.createdAt });
        let count = 0;
        for (const id of deletion.ids) {
          forbidId({ id });
          const row = byId.get({ id });
          if (row) deleteNote(row, batch);
          count += row ? 1 : 0;
        }
        for (const address of deletion.addresses) count += deleteVersions(address, deletion.createdAt, batch);
        return count;
      }),

    nextExpiryMs(): number | undefined {
      const next = nextExpiry.get();
      return next && next.expires_at * 1000;
    },

    /** Deletes some of the notes that expired at or before `now` (seconds); returns how many, 0 once none are left. */
    deleteExpired: (now: number): WriteResult<number> =>
      withBatch((batch) => {
        const rows = expired.all({ now });
        for (const row of rows) deleteNote(row, batch);
        return rows.length;
      }),
  };
}

/** NIP-01: the newest version of an address wins; of several, the one with the lowest id. */
const isNewer = (note: Note, than: NoteRow): boolean =>
  note.createdAt > than.created_at || (note.createdAt === than.created_at && note.id < than.id);

/** Oldest first unless the order matters: rows inserted in descending order leave pages of the file half empty. */
function inInsertionOrder(notes: readonly IncomingNote[]): readonly IncomingNote[] {
  const orderMatters =
    notes.some(({ news }) => news) || new Set(notes.map(({ note }) => note.key)).size < notes.length;
  return orderMatters ? notes : notes.toSorted((a, b) => datedAt(a.note) - datedAt(b.note));
}
