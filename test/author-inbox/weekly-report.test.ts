import { expect, test } from 'vitest';
import { createWeeklyReport } from '../../src/author-inbox/weekly-report.ts';
import { en } from '../../src/i18n/en/catalogue.ts';
import type { PlatformStats } from '../../src/store/stats.ts';

/** Monday, 1 June 2026, midnight (UTC). */
const MONDAY_MS = Date.UTC(2026, 5, 1);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const QUIET: PlatformStats = {
  posts: 0,
  delivered: 0,
  refused: 0,
  joined: 0,
  left: 0,
  active: 0,
  waiting: 0,
  suspended: [],
};

function bench(
  figures: Partial<Record<'discord' | 'telegram', Partial<PlatformStats>>> = {},
  counted = { came: 0, answered: 0 },
) {
  const told = new Map<string, string>();
  const asked: string[] = [];
  const clock = { nowMs: MONDAY_MS };
  const due = createWeeklyReport({
    inbox: {
      async messageAuthor(name, words) {
        if (told.has(name)) return false;
        told.set(name, words);
        return true;
      },
      countSuggestions: async () => counted,
    },
    async figures(platform, fromMs, untilMs) {
      asked.push(`${platform} ${new Date(fromMs).toISOString()} ${new Date(untilMs).toISOString()}`);
      return { ...QUIET, ...figures[platform as 'discord' | 'telegram'] };
    },
    platforms: ['discord', 'telegram'],
    beganAtMs: MONDAY_MS - 30 * DAY_MS,
    texts: en,
    now: () => clock.nowMs,
  });
  return { told, asked, clock, due };
}

test('a week is reported once', async () => {
  const { told, asked, clock, due } = bench();
  const steps: readonly (readonly [hours: number, told: readonly string[]])[] = [
    [8, ['week 2026-05-25']],
    [9, ['week 2026-05-25', 'week 2026-06-01']],
    [10, ['week 2026-05-25', 'week 2026-06-01']],
    [7 * 24 + 8, ['week 2026-05-25', 'week 2026-06-01']],
    // Nobody was here for two Mondays.
    [3 * 7 * 24 + 50, ['week 2026-05-25', 'week 2026-06-01', 'week 2026-06-22']],
  ];
  for (const [hours, expected] of steps) {
    clock.nowMs = MONDAY_MS + hours * HOUR_MS;
    await due();
    expect([...told.keys()]).toEqual(expected);
  }
  expect(asked).toContain('discord 2026-05-25T00:00:00.000Z 2026-06-01T00:00:00.000Z');
});

test('weeks before the archive are not reported', async () => {
  const { told, clock, due } = bench();
  clock.nowMs = MONDAY_MS - 30 * DAY_MS + HOUR_MS;
  await due();
  expect(told.size).toBe(0);
});

test('the report counts deliveries and failures', async () => {
  const { told, clock, due } = bench(
    {
      discord: {
        posts: 12,
        delivered: 3_400,
        active: 287,
        joined: 9,
        left: 2,
        waiting: 3,
        refused: 1,
        suspended: [{ reason: 'Missing Access', count: 4 }],
      },
      telegram: { posts: 12, delivered: 1, active: 1 },
    },
    { came: 5, answered: 2 },
  );
  clock.nowMs = MONDAY_MS + 9 * HOUR_MS;
  await due();
  expect(told.get('week 2026-06-01')?.split('\n')).toEqual([
    'Your week on Discord and Telegram · 25 May 2026 – 31 May 2026',
    '',
    'You published 12 posts.',
    'Discord: delivered 3,400 times to 287 channels.',
    '  9 joined, 2 left.',
    '  3 deliveries still queued.',
    '  1 post was rejected because of its content.',
    "  4 channels can't be reached: Missing Access",
    'Telegram: delivered once to 1 chat.',
    '5 suggestions received, 2 answered.',
  ]);
});
