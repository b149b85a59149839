import type { Client } from 'pg';
import { silentLog } from '../../../../src/lib/log.ts';
import type { Archive } from '../../../../src/store/archive.ts';
import { createEventParser, type NoteFrom } from '../../../../src/store/event-parser.ts';
import type { Journal } from '../../../../src/store/journal.ts';
import { createArchive } from '../../../../src/store/postgres/archive/archive.ts';
import { createArchiveWriter } from '../../../../src/store/postgres/archive/archive-writer.ts';
import { createHashtagTable } from '../../../../src/store/postgres/archive/hashtag-table.ts';
import { createJournal } from '../../../../src/store/postgres/archive/journal.ts';
import { createNoteReader } from '../../../../src/store/postgres/archive/note-reader.ts';
import { createNoteTable } from '../../../../src/store/postgres/archive/note-table.ts';
import { createSeriesTable } from '../../../../src/store/postgres/archive/series-table.ts';
import { createSightings } from '../../../../src/store/postgres/archive/sightings.ts';
import { connect, createReaders } from '../../../../src/store/postgres/connection.ts';
import { createDailyStats } from '../../../../src/store/postgres/daily-stats.ts';
import { createEntrySkipper } from '../../../../src/store/postgres/delivery/skip-unwanted.ts';
import { createJournalTable } from '../../../../src/store/postgres/journal-table.ts';
import { migrate } from '../../../../src/store/postgres/migrations/migrate.ts';
import { createWordIndex } from '../../../../src/store/postgres/search/word-index.ts';
import { findServer } from '../../../../src/store/postgres/server-address.ts';
import { createWriteQueue } from '../../../../src/store/postgres/write-queue.ts';

/** Journal and archive on a database. */
export interface OpenArchive {
  readonly client: Client;
  readonly journal: Journal;
  readonly archive: ReturnType<typeof createArchive>;
  close(): Promise<void>;
}

export async function openArchive(
  url: string,
  noteFrom: NoteFrom,
  readNote?: (event: Parameters<NoteFrom>[0]) => Promise<ReturnType<NoteFrom>>,
): Promise<OpenArchive> {
  const address = await findServer(url);
  const { client } = await connect(address);
  await migrate(client);
  const readers = createReaders(address);
  const queue = createWriteQueue(client);
  const parser = createEventParser(noteFrom, readNote);
  const reader = createNoteReader(parser);
  const journal = createJournalTable(createDailyStats(Date.now));
  const skipper = createEntrySkipper(journal);
  const series = createSeriesTable(readers, reader);
  const sightings = createSightings();
  const notes = createNoteTable(parser);
  const hashtags = createHashtagTable();
  const index = createWordIndex();
  const parts = { journal, skipper, index, notes, series, hashtags, sightings, parser };
  const writer = createArchiveWriter(parts);
  return {
    client,
    journal: createJournal({ readers, queue, writer, skipper, log: silentLog }),
    archive: createArchive({ readers, queue, reader, series, sightings }) satisfies Partial<Archive>,
    async close() {
      await queue.idle();
      await client.end();
      await readers.end();
    },
  };
}
