import type { Pool } from 'pg';
import type { Log } from '../../lib/log.ts';
import type { EventToNote } from '../../note/event-to-note.ts';
import { createEventParser, type NoteFrom } from '../event-parser.ts';
import { createKeyvs } from '../rules/keyv-storage.ts';
import { pageOf } from '../rules/search-hits.ts';
import type { Store } from '../store.ts';
import { createActivity } from './activity-table.ts';
import { createArchive } from './archive/archive.ts';
import { createArchiveWriter } from './archive/archive-writer.ts';
import { createHashtagTable } from './archive/hashtag-table.ts';
import { createJournal } from './archive/journal.ts';
import { createNoteReader } from './archive/note-reader.ts';
import { createNoteTable } from './archive/note-table.ts';
import { createSeriesTable } from './archive/series-table.ts';
import { createSightings } from './archive/sightings.ts';
import { createDailyStats } from './daily-stats.ts';
import { createDeliveries } from './delivery/deliveries.ts';
import { createDestinations } from './delivery/destinations.ts';
import { createEntrySkipper } from './delivery/skip-unwanted.ts';
import { createJournalTable } from './journal-table.ts';
import { createHashtagSuggestions } from './search/hashtags.ts';
import { createSearch } from './search/search.ts';
import { createWordIndex } from './search/word-index.ts';
import { change, select } from './sql.ts';
import { createStats } from './stats.ts';
import { forgetPerson } from './values/forget-person.ts';
import { createValueTable, sweepValues } from './values/value-table.ts';
import type { WriteQueue } from './write-queue.ts';

export interface StoreParts {
  readonly readers: Pool;
  readonly queue: WriteQueue;
  readonly log: Log;
  /** Parses a stored event. */
  readonly noteFrom: NoteFrom;
  /** The same for long events; `noteFrom` by default. */
  readonly readNote?: EventToNote;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const beat = select<{ at: number }>(
  `INSERT INTO pulse (one, at_ms) VALUES (1, :at) ON CONFLICT (one) DO UPDATE SET at_ms = excluded.at_ms RETURNING at_ms AS at`,
);
const cleanIndex = change("SELECT gin_clean_pending_list('word_by_words')");

/** The store on a database that is migrated. Whoever opened its connections closes them. */
export function createStore({ readers, queue, log, noteFrom, readNote, now }: StoreParts): Store {
  const dailyStats = createDailyStats(now);
  const journal = createJournalTable(dailyStats);
  const skipper = createEntrySkipper(journal);
  const parser = createEventParser(noteFrom, readNote);
  const reader = createNoteReader(parser);
  const series = createSeriesTable(readers, reader);
  const sightings = createSightings();
  const writer = createArchiveWriter({
    journal,
    skipper,
    index: createWordIndex(),
    notes: createNoteTable(parser),
    series,
    hashtags: createHashtagTable(),
    sightings,
    parser,
  });
  const search = createSearch(readers);
  const destinations = createDestinations({ readers, queue, dailyStats, now });
  const stats = createStats(readers, now);
  const journalPort = createJournal({ readers, queue, writer, skipper, log });

  return {
    journal: journalPort,
    archive: {
      ...createArchive({ readers, queue, reader, series, sightings }),
      async search(query, { postType, ...page }) {
        const { moments, ...found } = await search(query, postType);
        const notes = await reader.notesAt(readers, pageOf(moments, page));
        return { ...found, notes, total: moments.length };
      },
      hashtags: createHashtagSuggestions(readers),
    },
    destinations,
    deliveries: createDeliveries({ readers, queue, journal, reader, skipper, dailyStats }),
    values: { keyv: createKeyvs(createValueTable({ readers, queue, now })) },
    stats,
    activity: createActivity(readers, queue),
    forget: (names) =>
      queue.write(async (on) => {
        await forgetPerson(on, new Set(names));
        return destinations.forget(on, names);
      }),
    async maintain(nowMs) {
      await journalPort.deleteExpired(nowMs);
      const forgotten = await queue.write((on) => destinations.removeGone(on, nowMs));
      if (forgotten > 0) log.info('destination.forgotten', { count: forgotten });
      await queue.write((on) => sweepValues(on, nowMs));
      await queue.write((on) => stats.forgetOld(on, nowMs));
      await queue.write(cleanIndex);
    },
    async check() {
      const at = Math.floor(now());
      if ((await queue.write((on) => beat.get(on, { at })))?.at !== at)
        throw new Error('Cannot read back what was written to the database');
    },
    close: () => queue.idle(),
  };
}
