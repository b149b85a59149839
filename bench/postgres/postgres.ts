import { Keyv } from 'keyv';
import { silentLog } from '../../src/lib/log.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import type { NostrEvent } from '../../src/note/note.ts';
import { openStore } from '../../src/store/sqlite/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { findPrograms } from '../../test/store/postgres/throw-away-server.ts';
import { asking, times, WARM_UP } from '../archive/answers.ts';
import { archiveEvents } from '../archive/generated-notes.ts';
import { prepareArchive } from '../archive/prepared-archive.ts';
import { sampleQueries } from '../archive/sample-queries.ts';
import type { Measurement, Run, Size, Table } from '../measurement.ts';
import { median } from '../timing.ts';
import { fillDirectly, noteBatches, prepareBareInsert } from './notes.ts';
import { measureRecording } from './recording.ts';
import { type BenchDatabase, withDatabase } from './server.ts';

interface PostgresSize {
  readonly notes: number;
  readonly lines: number;
  /** Batches of notes archived through the store, and as many by bare SQL. */
  readonly batches: number;
  readonly destinations: number;
}

const SIZES: Readonly<Record<Size, PostgresSize>> = {
  full: { notes: 1_000_000, lines: 200, batches: 50, destinations: 5_000 },
  quick: { notes: 2_000, lines: 5, batches: 2, destinations: 100 },
};
/** As in intake. */
const BATCH = 200;
const WANTED = { ingest: 2_000, recorded: 2_500 };

type Figures = Readonly<Record<string, Awaited<ReturnType<typeof times>>>>;

/** How long answers take. What buttons lead to is kept in memory, so that no answer waits for the disk. */
async function searchTimes(store: Store, lines: number): Promise<Figures> {
  const ask = asking({ archive: store.archive, values: { keyv: () => new Keyv() } });
  const figures: Record<string, Awaited<ReturnType<typeof times>>> = {};
  for (const one of sampleQueries(lines + WARM_UP))
    if (!one.kind.startsWith('latest')) figures[one.kind] = await times(ask, one);
  return figures;
}

async function measureIngest({ store, bare }: BenchDatabase, events: Iterator<NostrEvent>, batches: number) {
  const rounds: { readonly ours: number; readonly bare: number }[] = [];
  const perSecond = async (count: number, work: () => Promise<unknown>): Promise<number> => {
    const began = performance.now();
    await work();
    return (count / (performance.now() - began)) * 1_000;
  };
  for (let round = 0; round < batches; round += 1) {
    const [mine = [], others = []] = [...noteBatches(events, 2 * BATCH, BATCH)];
    const insert = prepareBareInsert(others);
    rounds.push({
      ours: await perSecond(mine.length, () =>
        store.journal.accept(mine.map((note) => ({ note, news: false }))),
      ),
      bare: await perSecond(others.length, () => insert(bare)),
    });
  }
  return {
    what: 'notes archived and indexed, 200 at a time',
    perSecond: median(rounds.map(({ ours }) => ours)),
    bare: median(rounds.map((round) => round.bare)),
    share: median(rounds.map((round) => round.ours / round.bare)),
  };
}

async function measure({ size, data, notes: asked }: Run): Promise<readonly Table[]> {
  const { lines, batches, destinations, ...sized } = SIZES[size];
  const notes = asked ?? sized.notes;
  const programs = findPrograms();
  if (programs === undefined)
    return [{ about: 'Not measured: this machine has no PostgreSQL.', columns: {}, rows: [] }];

  const sqlite = openStore({
    path: (await prepareArchive(data, notes)).path,
    log: silentLog,
    noteFrom: eventToNote,
  });
  const theirs = await searchTimes(sqlite, lines);
  await sqlite.close();

  const { searches, ingest, recorded } = await withDatabase(programs, async (database) => {
    const events = archiveEvents(notes + 2 * BATCH * (batches + 1));
    await fillDirectly(database.bare, events, notes);
    const made = await searchTimes(database.store, lines);
    const archived = await measureIngest(database, events, batches);
    const posts = [...noteBatches(events, BATCH, BATCH)].flat().filter(({ postType }) => postType === 'note');
    return {
      searches: made,
      ingest: archived,
      recorded: await measureRecording(database, posts, destinations),
    };
  });

  const many = notes.toLocaleString('en');
  return [
    {
      about: `From the command line to the answer, ${lines} questions of each kind, at ${many} notes.`,
      columns: {
        kind: { head: 'question' },
        p50: { head: 'Postgres, p50', as: 'ms' },
        p99: { head: 'p99', as: 'ms' },
        pause: { head: 'longest pause', as: 'ms' },
        sqliteP50: { head: 'SQLite, p50', as: 'ms' },
        sqliteP99: { head: 'p99', as: 'ms' },
      },
      rows: Object.entries(searches).map(([kind, figures]) => ({
        kind,
        ...figures,
        sqliteP50: theirs[kind]?.p50 ?? '',
        sqliteP99: theirs[kind]?.p99 ?? '',
      })),
    },
    {
      about: `Durable writes, in turn with bare SQL that writes the same rows, prepared beforehand: medians. At ${many} notes; ${destinations.toLocaleString('en')} destinations, 64 messages on their way at once.`,
      columns: {
        what: { head: 'per second' },
        perSecond: { head: 'Postrider', as: 'count' },
        bare: { head: 'bare SQL', as: 'count' },
        share: { head: 'share', as: 'percent' },
        wanted: { head: 'target, at least', as: 'count' },
      },
      rows: [
        { ...ingest, wanted: WANTED.ingest },
        { ...recorded, wanted: WANTED.recorded },
      ],
    },
  ];
}

/** The Postgres engine next to SQLite and to bare SQL. */
export const postgres: Measurement = { name: 'postgres', run: measure };
