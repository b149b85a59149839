import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { createMixedEvents } from '../../bench/mixed-notes.ts';
import { median } from '../../bench/timing.ts';

const entry = join(import.meta.dirname, '../../bench/main.ts');

test('a quick run measures every step and every pattern, and writes what it prints', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const out = join(folder, 'results.json');
  const { stdout } = await promisify(execFile)(process.execPath, [entry, '--quick', '--out', out]);
  const results = JSON.parse(await readFile(out, 'utf8')) as {
    readonly speed: { readonly notes: number; readonly steps: readonly { readonly step: string }[] };
    readonly hostile: { readonly patterns: readonly { readonly pattern: string }[] };
  };
  const positive = expect.toSatisfy((value) => typeof value === 'number' && value > 0);
  expect(results).toMatchObject({
    machine: { node: process.version },
    speed: {
      notes: 200,
      steps: ['JSON.parse', 'parse', 'render for Discord', 'render for Telegram'].map((step) => ({
        step,
        notesPerSecond: positive,
        timesJsonParse: positive,
      })),
    },
    hostile: { plainMs: { 'kind 1': positive, article: positive } },
  });
  expect(results.hostile.patterns.length).toBeGreaterThan(20);
  for (const name of [
    ...results.speed.steps.map(({ step }) => step),
    ...results.hostile.patterns.map(({ pattern }) => pattern),
  ])
    expect(stdout).toContain(`| ${name} |`);
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
