import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { archiveEvents } from '../../bench/archive/generated-notes.ts';
import { sampleQueries } from '../../bench/archive/sample-queries.ts';
import { percentile } from '../../bench/timing.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import type { VerifiedEvent } from '../../src/note/note.ts';

const entry = join(import.meta.dirname, '../../bench/main.ts');

type Rows = readonly Readonly<Record<string, unknown>>[];

async function benchRun(...names: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'bench-archive-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const out = join(folder, 'results.json');
  const only = names.flatMap((name) => ['--only', name]);
  await promisify(execFile)(process.execPath, [entry, '--quick', '--out', out, '--data', folder, ...only]);
  const { results } = JSON.parse(await readFile(out, 'utf8')) as {
    readonly results: Readonly<Record<string, readonly { readonly rows: Rows }[]>>;
  };
  return (name: string, table = 0): Rows => results[name]?.[table]?.rows ?? [];
}

const positive = expect.toSatisfy((value) => typeof value === 'number' && value > 0);
const figure = expect.toSatisfy((value) => typeof value === 'number' && value >= 0);

test('a quick run fills archives, asks them everything, and catches up with a relay', async () => {
  const rowsOf = await benchRun('catch-up', 'answers');
  const [caughtUp] = rowsOf('catch-up');
  expect(caughtUp).toMatchObject({
    perSecond: positive,
    alone: positive,
    share: positive,
    pauseMs: positive,
  });
  const filled = { notesPerSecond: positive, p50Ms: positive, p99Ms: positive };
  expect(rowsOf('answers')).toEqual([500, 1_000].map((notes) => ({ notes, ...filled })));
  const times = { fewP50: positive, fewP99: positive, manyP50: positive, manyP99: positive, pause: figure };
  expect(rowsOf('answers', 1)).toEqual(sampleQueries(1).map(({ kind }) => ({ kind, ...times })));
}, 60_000);

test('a quick run starts the program with much and with nothing, and looks at what it holds', async () => {
  const rowsOf = await benchRun('footprint');
  expect(rowsOf('footprint')).toEqual([
    { what: 'to healthy', full: positive, empty: positive, times: positive, wanted: 1.5 },
  ]);
  const held = { rss: positive, rssTimes: positive, heapUsed: positive, heapTimes: positive };
  expect(rowsOf('footprint', 1)).toEqual(
    ['empty', 'full', 'after broadcast 1', 'after broadcast 2', 'after one to all'].map((what) => ({
      what,
      ...held,
    })),
  );
}, 120_000);

test('a quick run of the largest scale starts with servers, passes chats over and broadcasts', async () => {
  const rowsOf = await benchRun('scale');
  const engines = rowsOf('scale', 1).map(({ engine }) => engine);
  expect(['SQLite', 'PostgreSQL'].slice(0, engines.length)).toEqual(engines);
  expect(engines).not.toEqual([]);
  const held = {
    ms: positive,
    processorMs: positive,
    pauseMs: figure,
    rss: positive,
    peakRss: positive,
    heapUsed: positive,
  };
  const processes = ['without servers', 'one for all'];
  if (engines.length > 1) processes.push('1 of 2, on PostgreSQL', '2 of 2, on PostgreSQL');
  expect(rowsOf('scale')).toEqual(
    processes.map((what) => ({ what, ...held, perServer: expect.any(Number) as number })),
  );
  for (const row of rowsOf('scale', 1))
    expect(row).toMatchObject({ perSecond: positive, hours: positive, rss: positive, peakRss: positive });
  expect(rowsOf('scale', 2)).toEqual(
    engines.map((engine) => ({
      engine,
      visible: positive,
      firstTask: positive,
      accepted: positive,
      pause: figure,
    })),
  );
  expect(rowsOf('scale', 3)).toEqual(
    engines.map((engine) => ({
      engine,
      looks: positive,
      looksLater: positive,
      looksP99: positive,
      totals: positive,
    })),
  );
}, 120_000);

test('the archive of the bench is always the same, newest first, and all of it are notes', () => {
  const [one, two] = [1, 2].map(() => [...archiveEvents(1_000)]);
  expect(one).toEqual(two);
  const dates = one?.map(({ created_at }) => created_at) ?? [];
  expect(dates).toEqual(dates.toSorted((a, b) => b - a));
  const notes = one?.map((event) => eventToNote(event as VerifiedEvent)) ?? [];
  expect(notes).not.toContain(undefined);
  expect(new Set(notes.map((note) => note?.postType))).toEqual(
    new Set(['note', 'reply', 'link', 'missive', 'photo']),
  );
  const chinese = notes.filter((note) => /\p{sc=Han}/u.test(note?.event.content ?? '')).length;
  expect(chinese).toBeGreaterThan(30);
  expect(chinese).toBeLessThan(70);
});

test.each([
  [[5, 1, 4, 2, 3], 0.5, 3],
  [[5, 1, 4, 2, 3], 0.99, 5],
  [[7], 0.01, 7],
])('of %j, a share of %d is not above %d', (values, share, expected) => {
  expect(percentile(values, share)).toBe(expected);
});
