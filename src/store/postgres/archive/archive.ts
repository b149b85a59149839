import type { Pool } from 'pg';
import type { Archive } from '../../archive.ts';
import { snapshot } from '../snapshot.ts';
import type { WriteQueue } from '../write-queue.ts';
import { createBrowser } from './browse.ts';
import { knownInRange } from './known-ids.ts';
import type { NoteReader } from './note-reader.ts';
import { postCounts } from './post-times.ts';
import { randomNote } from './random-note.ts';
import type { SeriesTable } from './series-table.ts';
import type { Sightings } from './sightings.ts';

interface Parts {
  readonly readers: Pool;
  readonly queue: WriteQueue;
  readonly reader: NoteReader;
  readonly series: SeriesTable;
  readonly sightings: Sightings;
}

/** The archive, except for what search answers. */
export function createArchive({
  readers,
  queue,
  reader,
  series,
  sightings,
}: Parts): Omit<Archive, 'search' | 'hashtags'> {
  const browser = createBrowser(readers, reader);
  return {
    latest: (page) => reader.latest(readers, page),
    find: (idOrKey) => reader.find(readers, idOrKey),
    series: series.all,
    notesInSeries: series.notesIn,
    neighbours: series.neighbours,
    browse: browser.page,
    entriesBetween: browser.entriesBetween,
    cursorOf: browser.cursorOf,
    months: browser.months,
    wasDeleted: browser.wasDeleted,
    postCounts: (...range) => postCounts(readers, ...range),
    randomNote: (share, postTypes) => randomNote(readers, reader, share, postTypes),
    known: (ids) => reader.known(readers, ids),
    knownInRange: (range, count) => snapshot(readers, (on) => knownInRange(on, range, count)),
    recordSighting: (id, relay) => queue.write((on) => sightings.add(on, [{ id, relay }]), `note ${id}`),
    relaysOf: (id) => sightings.of(readers, id),
  };
}
