import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { silentLog } from '../../src/lib/log.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import type { NostrEvent, Note, VerifiedEvent } from '../../src/note/note.ts';
import { MIGRATIONS } from '../../src/store/sqlite/migrations/migrate.ts';
import { openStore } from '../../src/store/sqlite/open-store.ts';
import { percentile } from '../timing.ts';
import { archiveEvents, SEED } from './generated-notes.ts';

/** How an archive was filled: parsed, archived and indexed, so many notes a transaction. */
export interface FillTime {
  readonly notesPerSecond: number;
  /** Of the transactions, each of which holds up everything else in the process. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** As many as the intake takes at a time. */
const BATCH = 200;

/**
 * The file of an archive of so many notes, made where there is none of this schema yet: minutes for a million. Whoever
 * changes it works on a copy.
 */
export async function prepareArchive(
  data: string,
  count: number,
): Promise<{ readonly path: string; readonly filling: FillTime }> {
  const path = join(data, `archive-${SEED}-${count}-schema-${MIGRATIONS.length}.db`);
  const told = `${path}.json`;
  if (!existsSync(told)) {
    // Broken off half-way, it is made again.
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
  for (const events of lots(archiveEvents(count), BATCH)) {
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

function* lots(events: Iterable<NostrEvent>, size: number): Generator<readonly NostrEvent[], void> {
  let lot: NostrEvent[] = [];
  for (const event of events) {
    lot.push(event);
    if (lot.length < size) continue;
    yield lot;
    lot = [];
  }
  if (lot.length > 0) yield lot;
}
