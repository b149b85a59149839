import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { createMixedEvents } from '../../bench/mixed-notes.ts';
import { median } from '../../bench/timing.ts';

const entry = join(import.meta.dirname, '../../bench/main.ts');

interface Results {
  readonly results: Readonly<
    Record<string, readonly { readonly rows: readonly Readonly<Record<string, unknown>>[] }[]>
  >;
}

async function benchRun(...options: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'bench-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const out = join(folder, 'results.json');
  const args = [entry, '--quick', '--out', out, '--data', folder, ...options];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return { stdout, ...(JSON.parse(await readFile(out, 'utf8')) as Results) };
}

const positive = expect.toSatisfy((value) => typeof value === 'number' && value > 0);
/** A turn of a small note may be too short to be noticed. */
const turn = expect.toSatisfy((value) => typeof value === 'number' && value >= 0);

test('a quick run measures every step and every pattern, and writes what it prints', {
  timeout: 60_000,
}, async () => {
  const { stdout, ...written } = await benchRun('--only', 'speed', '--only', 'hostile');
  const { speed, hostile } = written.results;
  expect(written).toMatchObject({ machine: { node: process.version }, size: 'quick' });
  expect(speed?.[0]?.rows).toEqual(
    ['JSON.parse', 'parse', 'render for Discord', 'render for Telegram'].map((step) => ({
      step,
      notesPerSecond: positive,
      timesJsonParse: positive,
    })),
  );
  expect(hostile?.[0]?.rows.length).toBeGreaterThan(20);
  for (const { pattern, ...times } of hostile?.[0]?.rows ?? []) {
    expect(times).toEqual({ note: positive, noteTurn: turn, article: positive, articleTurn: turn });
    expect(stdout).toContain(`| ${String(pattern)} |`);
  }
});

test('a quick run measures the way from relay to readers on both platforms', async () => {
  const { results } = await benchRun('--only', 'latency', '--only', 'fan-out', '--only', 'limits');
  const platforms = ['discord', 'telegram'];
  const rowsOf = (name: string) => results[name]?.[0]?.rows;
  const timed = { p50: positive, bareP50: positive, timesP50: positive };
  const late = { p99: positive, bareP99: positive, timesP99: positive };
  expect(rowsOf('latency')).toEqual(platforms.map((platform) => ({ platform, ...timed, ...late })));
  expect(rowsOf('fan-out')).toEqual(
    platforms.map((platform) => ({ platform, messages: positive, bare: positive, share: positive })),
  );
  const used = {
    limit: positive,
    messages: positive,
    share: positive,
    refused: expect.any(Number) as number,
  };
  expect(rowsOf('limits')).toEqual(platforms.map((platform) => ({ platform, ...used })));
}, 60_000);

test('a measurement that there is not is refused, with those that there are', async () => {
  await expect(benchRun('--only', 'nothing')).rejects.toThrow(/there is speed, hostile/);
});

test('mixed events are the same for the same seed, and no two have one id', () => {
  const [one, two, other] = [1, 1, 2].map((seed) => {
    const next = createMixedEvents(seed);
    return Array.from({ length: 500 }, () => next());
  });
  expect(one).toEqual(two);
  expect(one).not.toEqual(other);
  expect(new Set(one?.map(({ id }) => id)).size).toBe(500);
});

test('the mix has long pieces, pictures and answers beside short notes', () => {
  const next = createMixedEvents(3);
  const events = Array.from({ length: 2_000 }, () => next());
  const short = events.filter(({ content }) => content.length < 600).length;
  expect(short).toBeGreaterThan(1_200);
  expect(events.filter(({ content }) => content.length > 1_000).length).toBeGreaterThan(40);
  expect(new Set(events.map(({ kind }) => kind)).size).toBeGreaterThan(3);
});

test.each([
  [[3, 1, 2], 2],
  [[1, 4, 2, 3], 3],
  [[5], 5],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});
