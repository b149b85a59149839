import { expect, test } from 'vitest';
import { createNoteJourneys } from '../../src/status/activity/note-journeys.ts';
import { watchHealth } from '../../src/status/health-watch.ts';
import { type SnapshotParts, takeSnapshot } from '../../src/status/page/snapshot.ts';
import { createStatusPage } from '../../src/status/page/status-page.ts';
import { news, subscribe } from '../contract/store-notes.fixture.ts';
import { memoryStore } from '../delivery/delivery.fixture.ts';

const NOW_MS = Date.UTC(2026, 4, 20, 14, 40);
const parts = (more: Partial<SnapshotParts> = {}): SnapshotParts => ({
  store: memoryStore(),
  platforms: ['discord', 'telegram'],
  healthWatch: watchHealth(
    async () => ({}),
    () => NOW_MS,
    NOW_MS,
  ),
  journeys: createNoteJourneys({ now: () => NOW_MS }),
  saveActivity: async () => undefined,
  relays: () => [],
  authorName: () => 'Mara',
  now: () => NOW_MS,
  startedAtMs: NOW_MS,
  timeZone: 'UTC',
  ...more,
});

test('it knows who waits for the newest posts, and who is suspended why, by platform', async () => {
  const store = memoryStore();
  for (const id of ['discord:1', 'discord:2', 'telegram:3', 'telegram:4']) await subscribe(store, id);
  await store.destinations.suspend('telegram:4', 'Press Start.', false);
  await store.journal.accept([news({ words: 'one' })]);
  await store.deliveries.skip('discord:1', 1);
  const { notes, platforms, totals } = await takeSnapshot(parts({ store }));
  expect(notes?.map(({ awaiting }) => awaiting)).toEqual([{ discord: 1, telegram: 1 }]);
  expect(platforms.map(({ suspended }) => suspended.map(({ id }) => id))).toEqual([[], ['telegram:4']]);
  expect(platforms[1]?.stats?.suspended).toEqual([{ reason: 'Press Start.', count: 1 }]);
  expect(totals?.notes).toBe(1);
});

test('while the store fails, it shows what it knows without it', async () => {
  const store = memoryStore();
  await store.close();
  const page = createStatusPage({
    ...parts({
      store,
      healthWatch: watchHealth(
        async () => ({ store: 'disk I/O error' }),
        () => NOW_MS,
        NOW_MS,
      ),
    }),
    steady: () => 0,
  });
  const text = await page();
  expect(text).toContain('The archive isn&#39;t accessible.');
  expect(text).toContain('unknown');
});

test('however many ask, everybody is asked once in five seconds, in their language', async () => {
  let asked = 0;
  let nowMs = 0;
  const relays = () => {
    asked += 1;
    return [];
  };
  const page = createStatusPage({ ...parts({ relays }), steady: () => nowMs });
  const [first, second] = await Promise.all([page('en-GB,de;q=0.5'), page('fr')]);
  expect(first).toBe(second);
  expect(asked).toBe(1);
  expect(await page('zh-CN,zh;q=0.9')).toContain('<html lang="zh-CN">');
  expect(asked).toBe(2);
  nowMs = 5_001;
  await page('en');
  expect(asked).toBe(3);
});
