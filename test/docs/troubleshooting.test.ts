import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { en } from '../../src/i18n/en/catalogue.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createMetrics } from '../../src/lib/metrics.ts';
import { ERROR_CODES } from '../../src/platform/discord/api/errors.ts';
import { ERROR_RULES } from '../../src/platform/telegram/api/errors.ts';
import { createStatusReport } from '../../src/status/report.ts';
import { EXPLANATIONS } from '../../src/store/sqlite/sqlite-errors.ts';
import { memoryStore } from '../delivery/delivery.fixture.ts';
import { eventsAtLevel } from '../log-calls.fixture.ts';

const page = readFileSync(new URL('../../docs/troubleshooting.md', import.meta.url), 'utf8');

/** The rows of a section's tables, by cells. */
function rowsOf(heading: string): readonly (readonly string[])[] {
  const [, ...sections] = page.split(/^## /mu);
  const section = sections.find((one) => one.startsWith(`${heading}\n`)) ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
    .map((line) => line.slice(2, -2).split(' | '));
}

const quotedIn = (cell = ''): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/gu)].map(([, name = '']) => name);

test('every warning and every error of the log has its entry, with something to do, and no other', () => {
  const explained = rowsOf('Log events').flatMap(([events]) => quotedIn(events));
  expect([...explained].sort()).toEqual(eventsAtLevel('warn', 'error'));
  expect(
    rowsOf('Log events').filter((cells) => cells.length !== 3 || cells.some((cell) => cell === '')),
  ).toEqual([]);
});

test('whatever keeps the database from being opened has its entry', () => {
  const explained = rowsOf('Starting').flatMap(([words]) => quotedIn(words));
  const missing = Object.values(EXPLANATIONS).filter((trouble) => {
    const [clause = ''] = trouble.split(';');
    return !explained.some((words) => words.endsWith(clause));
  });
  expect(missing).toEqual([]);
});

test('every metric has its entry, and no other', () => {
  const { registry } = createMetrics(systemClock);
  createStatusReport({
    stats: memoryStore().stats,
    checks: [],
    relays: () => [],
    registry,
    startedAtMs: 0,
    build: { version: '0.1.0', node: '26.0.0' },
  });
  const metrics = registry.getMetricsAsArray().map(({ name }) => name);
  expect(metrics.length).toBeGreaterThan(20);
  const explained = rowsOf('Metrics').flatMap(([name]) => quotedIn(name));
  expect([...explained].sort()).toEqual([...metrics].sort());
});

test('every error code of Discord that means something to us has its entry', () => {
  const explained = rowsOf('Discord error codes').flatMap(([codes = '']) => codes.match(/\d+/gu) ?? []);
  expect(Object.keys(ERROR_CODES).length).toBeGreaterThan(30);
  expect(Object.keys(ERROR_CODES).filter((code) => !explained.includes(code))).toEqual([]);
});

test('every close code that Discord ends for good with has its entry', () => {
  const explained = rowsOf('Discord close codes').map(([code]) => code);
  expect(Object.keys(en.discord.refused.closings).filter((code) => !explained.includes(code))).toEqual([]);
});

test('every fault of Telegram that means something to us has its entry, under its code', () => {
  const explained = rowsOf('Telegram errors');
  const missing = ERROR_RULES.filter(
    ({ code, description }) =>
      !explained.some(
        ([found, texts]) =>
          found === String(code) &&
          (description === undefined || quotedIn(texts).some((text) => description.test(text))),
      ),
  );
  expect(missing).toEqual([]);
});
