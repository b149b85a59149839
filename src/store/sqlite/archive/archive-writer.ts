import type { DatabaseSync } from 'node:sqlite';
import { datedAt, type Note } from '../../../note/note.ts';
import { type EventParser, eventJson } from '../../event-parser.ts';
import type { AcceptOutcome, Deletion, IncomingNote } from '../../journal.ts';
import {
  type ArchivedVersion,
  acceptNote,
  applyDeletion,
  type ChangingArchive,
  deleteNote,
  inArchivingOrder,
} from '../../rules/archive-changes.ts';
import { momentOf } from '../../rules/moment.ts';
import { type SkipCursor, skipFrom } from '../../rules/skipping.ts';
import type { JournalTable } from '../delivery/journal-table.ts';
import type { EntrySkipper } from '../delivery/skip-unwanted.ts';
import { isCheckpoint } from '../search/scan-checkpoints.ts';
import type { IndexBatch, WordIndex } from '../search/word-index.ts';
import { change, select } from '../sql.ts';
import type { NoteReader } from './note-reader.ts';
import type { SeriesTable } from './series-table.ts';
import type { Sightings } from './sightings.ts';

interface NoteRow extends ArchivedVersion {
  readonly moment: number;
}

/** Expired notes deleted in one transaction. */
const EXPIRED_BATCH = 200;
const NOTE = 'SELECT moment, id, key, created_at AS createdAt FROM note';

/** The result of a change. `unskipped`: from where on there are positions left to move (`EntrySkipper.skipNew`). */
export interface WriteResult<Result> {
  readonly result: Result;
  readonly unskipped?: SkipCursor;
}

interface Parts {
  readonly journal: JournalTable;
  readonly skipper: EntrySkipper;
  readonly index: WordIndex;
  readonly series: SeriesTable;
  readonly sightings: Sightings;
  readonly reader: NoteReader;
  readonly parser: EventParser;
}

/** Writes archive, index, journal and positions together. Its methods run inside the caller's transaction. */
export function createArchiveWriter(
  db: DatabaseSync,
  { journal, skipper, index, series, sightings, reader, parser }: Parts,
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

  /** Changes the archive and the journal; then updates the index and the positions. */
  function changing<Result>(run: (archive: ChangingArchive<NoteRow>) => Result): WriteResult<Result> {
    const head = journal.head();
    const batch = index.batch();
    const result = run(archiveWith(batch));
    batch.write();
    const unskipped = skipper.skipNew(skipFrom(head));
    return { result, ...(unskipped && { unskipped }) };
  }

  const archiveWith = (batch: IndexBatch): ChangingArchive<NoteRow> => ({
    byId: (id) => byId.get({ id }),
    byKey: (key) => byKey.get({ key }),
    isForbidden: ({ id, key, createdAt }) => tombstone.get({ id, key, createdAt }) !== undefined,
    isRemembered: (id) => past.get({ id }) !== undefined,
    inThread: (note) => parser.inThread(note, reader.isOwn),
    put: (note) => put(note, batch),
    remove({ moment }) {
      remove({ moment });
      batch.remove(moment);
    },
    remember: ({ id, key, createdAt }) => void remember({ id, key, createdAt }),
    forbidId: (id) => void forbidId({ id }),
    forbidAddress: (key, until) => void forbidAddress({ key, until }),
    appendPost: journal.appendPost,
    appendChange: journal.appendChange,
  });

  function put(note: Note, batch: IndexBatch): void {
    const event = eventJson(note);
    const row = {
      id: note.id,
      key: note.key,
      createdAt: note.createdAt,
      postType: note.postType,
      expiresAt: note.expiresAt ?? null,
      event,
    };
    parser.cache(event, note);
    let moment = momentOf(datedAt(note), note.id);
    while (isCheckpoint(moment) || insert({ ...row, moment }) === 0) moment--;
    series.add(moment, note);
    batch.add(moment, note);
  }

  return {
    accept: (notes: readonly IncomingNote[]): WriteResult<readonly AcceptOutcome[]> =>
      changing((archive) => {
        const outcomes = new Map<IncomingNote, AcceptOutcome>();
        for (const incoming of inArchivingOrder(notes)) {
          outcomes.set(incoming, acceptNote(incoming, archive));
          if (incoming.relay !== undefined) sightings.add(incoming.note.id, incoming.relay);
        }
        return notes.map((incoming) => outcomes.get(incoming) ?? 'known');
      }),

    delete: (deletion: Deletion): WriteResult<number> =>
      changing((archive) => applyDeletion(deletion, archive)),

    nextExpiryMs(): number | undefined {
      const next = nextExpiry.get();
      return next && next.expires_at * 1000;
    },

    /** Deletes some of the notes that expired at or before `now` (seconds); returns how many, 0 once none are left. */
    deleteExpired: (now: number): WriteResult<number> =>
      changing((archive) => {
        const rows = expired.all({ now });
        for (const row of rows) deleteNote(row, archive);
        return rows.length;
      }),
  };
}
