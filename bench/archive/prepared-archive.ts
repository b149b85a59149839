import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { silentLog } from '../../src/lib/log.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import type { NostrEvent, Note, VerifiedEvent } from '../../src/note/note.ts';
import { MIGRATIONS } from '../../src/store/sqlite/migrations/migrate.ts';
import { openStore } from '../../src/store/sqlite/open-store.ts';
import { percentile } from '../timing.ts';
import { archiveEvents, SEED } from './generated-notes.ts';

/** How long filling an archive took: parsing, archiving and indexing. */
export interface FillTime {
  readonly notesPerSecond: number;
  /** Of the transactions, each of which blocks everything else in the process. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Notes per transaction, as in intake. */
const BATCH = 200;

/**
 * A database with that many notes, created unless there is one of this schema, which takes minutes for a million. Work on
 * a copy if you change it.
 */
export async function prepareArchive(
  data: string,
  count: number,
): Promise<{ readonly path: string; readonly filling: FillTime }> {
  const path = join(data, `archive-${SEED}-${count}-schema-${MIGRATIONS.length}.db`);
  const told = `${path}.json`;
  if (!existsSync(told)) {
    // An interrupted attempt starts over.
    for (const end of ['', '-wal', '-shm']) rmSync(`${path}.part${end}`, { force: true });
    const filling = await fill(`${path}.part`, count);
    renameSync(`${path}.part`, path);
    writeFileSync(told, JSON.stringify(filling));
  }
  return { path, filling: JSON.parse(readFileSync(told, 'utf8')) as FillTime };
}

async function fill(path: string, count: number): Promise<FillTime> {
  const store = openStore({ path, log: silentLog, noteFrom: eventToNote });
  const times: number[] = [];
  const archive = async (notes: readonly Note[]): Promise<void> => {
    const began = performance.now();
    await store.journal.accept(notes.map((note) => ({ note, news: false })));
    times.push(performance.now() - began);
  };
  let parseMs = 0;
  for (const events of batches(archiveEvents(count), BATCH)) {
    const began = performance.now();
    const notes = events.flatMap((event) => eventToNote(event as VerifiedEvent) ?? []);
    parseMs += performance.now() - began;
    await archive(notes);
  }
  await store.maintain(Date.now());
  await store.close();
  const tookMs = parseMs + times.reduce((sum, ms) => sum + ms, 0);
  return {
    notesPerSecond: (count / tookMs) * 1000,
    p50Ms: percentile(times, 0.5),
    p99Ms: percentile(times, 0.99),
  };
}

function* batches(events: Iterable<NostrEvent>, size: number): Generator<readonly NostrEvent[], void> {
  let batch: NostrEvent[] = [];
  for (const event of events) {
    batch.push(event);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
