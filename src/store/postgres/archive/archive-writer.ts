import type { EventParser } from '../../event-parser.ts';
import type { AcceptOutcome, Deletion, IncomingNote } from '../../journal.ts';
import { acceptNote, applyDeletion, deleteNote, inArchivingOrder } from '../../rules/archive-changes.ts';
import { type SkipCursor, skipFrom } from '../../rules/skipping.ts';
import type { EntrySkipper } from '../delivery/skip-unwanted.ts';
import type { JournalTable } from '../journal-table.ts';
import type { WordIndex } from '../search/word-index.ts';
import { type Connection, together } from '../sql.ts';
import type { HashtagTable } from './hashtag-table.ts';
import type { NoteTable } from './note-table.ts';
import type { SeriesTable } from './series-table.ts';
import type { Sightings } from './sightings.ts';
import { type Concerned, type StagedChanges, stageChanges } from './staged-changes.ts';

/** The result of a change. `unskipped`: from where on there are positions left to move (`EntrySkipper.skipNew`). */
export interface WriteResult<Result> {
  readonly result: Result;
  readonly unskipped?: SkipCursor;
}

export interface WriterParts {
  readonly journal: JournalTable;
  readonly skipper: EntrySkipper;
  readonly index: WordIndex;
  readonly notes: NoteTable;
  readonly series: SeriesTable;
  readonly hashtags: HashtagTable;
  readonly sightings: Sightings;
  readonly parser: EventParser;
}

export type ArchiveWriter = ReturnType<typeof createArchiveWriter>;

/**
 * Writes archive, index, journal and positions together, many notes at once. Its methods run in the transaction of `on`, on
 * which statements run in the order in which they are sent.
 */
export function createArchiveWriter(parts: WriterParts) {
  const { journal, skipper, index, notes, series, hashtags, sightings } = parts;

  /** Changes the archive and the journal, of what is concerned; then updates the index and the positions. */
  async function changing<Result>(
    on: Connection,
    concerned: Concerned,
    run: (archive: StagedChanges['archive']) => Result,
  ): Promise<WriteResult<Result>> {
    const [head, changes] = await together([journal.lockHead(on), stageChanges(on, concerned, parts)]);
    const result = run(changes.archive);
    await write(on, changes);
    const unskipped = changes.entries.length > 0 && (await skipper.skipNew(on, skipFrom(head)));
    return { result, ...(unskipped && { unskipped }) };
  }

  async function write(on: Connection, changes: StagedChanges): Promise<void> {
    const [, added] = await together([
      notes.remove(on, changes.removed),
      notes.insert(on, changes.added()),
      changes.write(on),
      journal.append(on, changes.entries),
    ]);
    const batch = index.batch();
    for (const moment of changes.removed) batch.remove(moment);
    for (const [moment, note] of added) batch.add(moment, note);
    await together([series.add(on, added), hashtags.add(on, added), batch.write(on)]);
  }

  return {
    async accept(
      on: Connection,
      incoming: readonly IncomingNote[],
    ): Promise<WriteResult<readonly AcceptOutcome[]>> {
      const written = await changing(on, concernedBy(incoming), (archive) => {
        const outcomes = new Map<IncomingNote, AcceptOutcome>();
        for (const one of inArchivingOrder(incoming)) outcomes.set(one, acceptNote(one, archive));
        return incoming.map((one) => outcomes.get(one) ?? 'known');
      });
      await sightings.add(on, sightingsIn(incoming));
      return written;
    },

    delete: (on: Connection, deletion: Deletion): Promise<WriteResult<number>> =>
      changing(on, { ids: [deletion.id, ...deletion.ids], keys: deletion.addresses }, (archive) =>
        applyDeletion(deletion, archive),
      ),

    nextExpiryMs: notes.nextExpiryMs,

    /** Deletes some of the notes that expired at or before `now` (seconds); returns how many, 0 once none are left. */
    async deleteExpired(on: Connection, now: number): Promise<WriteResult<number>> {
      const [, rows] = await together([journal.lockHead(on), notes.expired(on, now)]);
      const concerned = { ids: rows.map(({ id }) => id), keys: rows.map(({ key }) => key) };
      return changing(on, concerned, (archive) => {
        for (const row of rows) deleteNote(row, archive);
        return rows.length;
      });
    },
  };
}

const concernedBy = (incoming: readonly IncomingNote[]): Concerned => ({
  ids: incoming.map(({ note }) => note.id),
  keys: [...new Set(incoming.map(({ note }) => note.key))],
  answered: incoming.flatMap(({ note: { postType, replyTo } }) =>
    postType === 'reply' && replyTo !== undefined ? replyTo : [],
  ),
});

const sightingsIn = (incoming: readonly IncomingNote[]) =>
  incoming.flatMap(({ note, relay }) => (relay === undefined ? [] : { id: note.id, relay }));
