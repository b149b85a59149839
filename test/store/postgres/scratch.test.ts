import { afterAll, beforeAll, describe } from 'vitest';
import { silentLog } from '../../../src/lib/log.ts';
import { createEventParser } from '../../../src/store/event-parser.ts';
import { createArchive } from '../../../src/store/postgres/archive/archive.ts';
import { createArchiveWriter } from '../../../src/store/postgres/archive/archive-writer.ts';
import { createHashtagTable } from '../../../src/store/postgres/archive/hashtag-table.ts';
import { createJournal } from '../../../src/store/postgres/archive/journal.ts';
import { createNoteReader } from '../../../src/store/postgres/archive/note-reader.ts';
import { createNoteTable } from '../../../src/store/postgres/archive/note-table.ts';
import { createSeriesTable } from '../../../src/store/postgres/archive/series-table.ts';
import { createSightings } from '../../../src/store/postgres/archive/sightings.ts';
import { connect, createReaders } from '../../../src/store/postgres/connection.ts';
import { createDailyStats } from '../../../src/store/postgres/daily-stats.ts';
import { createJournalTable } from '../../../src/store/postgres/journal-table.ts';
import { migrate } from '../../../src/store/postgres/migrations/migrate.ts';
import { createWriteQueue } from '../../../src/store/postgres/write-queue.ts';
import type { Store } from '../../../src/store/store.ts';
import { describeAccept } from '../../contract/store-accept.ts';
import { describeArchive } from '../../contract/store-archive.ts';
import { describeBrowsing } from '../../contract/store-browsing.ts';
import { describeKnownIds } from '../../contract/store-known-ids.ts';
import { describeLists } from '../../contract/store-lists.ts';
import { describeSeries } from '../../contract/store-series.ts';
import { noteOf } from '../../contract/store-notes.fixture.ts';
import { afterEach, beforeEach } from 'vitest';
import { createEntrySkipper } from '../../../src/store/postgres/delivery/skip-unwanted.ts';
import { createWordIndex } from '../../../src/store/postgres/search/word-index.ts';
import { createHashtagSuggestions } from '../../../src/store/postgres/search/hashtags.ts';
import { useTestServer } from './server.fixture.ts';

export async function partial(url: string, now = Date.now) {
  const connection = await connect(url);
  const readers = createReaders(url);
  const queue = createWriteQueue(connection);
  const parser = createEventParser(noteOf);
  const reader = createNoteReader(parser);
  const journal = createJournalTable(createDailyStats(now));
  const series = createSeriesTable(readers, reader);
  const sightings = createSightings();
  const skipper = createEntrySkipper(journal);
  const index = createWordIndex();
  const hashtags = createHashtagSuggestions(readers);
  const writer = createArchiveWriter({
    journal, skipper, index, notes: createNoteTable(parser), series, hashtags: createHashtagTable(), sightings, parser });
  let closed = false;
  const j = createJournal({ readers, queue, writer, skipper, log: silentLog });
  return {
    journal: j,
    archive: { ...createArchive({ readers, queue, reader, series, sightings }), hashtags },
    stats: { totals: async () => ({ notes: (await readers.query('select count from note_count')).rows[0].count,
      waiting: (await readers.query('select seq from head')).rows[0].seq }) },
    maintain: async (nowMs: number) => void (await j.deleteExpired(nowMs)),
    check: async () => { await connection.query('select 1'); },
    async close() { if (closed) return; closed = true; await queue.idle(); await connection.end(); await readers.end(); },
  } as unknown as Store;
}

describe('pg', () => {
  const server = useTestServer();
  let template = '';
  beforeAll(async () => {
    template = await server.createDatabase();
    const c = await connect(template);
    await migrate(c);
    await c.end();
  });
  const context: { store: Store; reopen(now?: () => number): Promise<Store> } = { store: undefined as never, reopen: async (now) => { const s = await partial(url, now); opened.push(s); return s; } };
  let opened: Store[] = [];
  let url = '';
  beforeEach(async () => {
    url = await server.createDatabase(/\/(\w+)\?/.exec(template)?.[1]);
    opened = [];
    context.store = await context.reopen();
  });
  afterEach(async () => { for (const s of opened) await s.close(); });
  describe('archive', () => describeArchive(context));
  describe('known', () => describeKnownIds(context));
  describe('series', () => describeSeries(context));
  describe('browsing', () => describeBrowsing(context));
  describe('lists', () => describeLists(context));
  describe('accept', () => describeAccept(context));
});
