import type { Filter } from 'nostr-tools/filter';
import { describe, expect, test } from 'vitest';
import type { SandboxRelay } from '../../../sandbox/relay/relay.ts';
import { createResyncPolicy } from '../../../src/relays/sync/resync-policy.ts';
import { TIMEOUTS } from '../../../src/relays/timeouts.ts';
import { alice, follow, isRequest, notesUntilNow, sandboxRelay } from '../relays.fixture.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const daysAgoS = (days: number): number => Math.floor(Date.now() / 1000) - 86_400 * days;
const pages = (relay: SandboxRelay): readonly Filter[] =>
  relay.frames
    .filter(isRequest)
    .map((frame) => frame[2] as Filter)
    .filter(({ limit }) => limit === 500);

/** The relay was caught up with a minute ago; its audits were made so long ago. */
function savedAgo(recentMs: number, wholeMs: number) {
  const now = Date.now();
  return { cursorMs: now - 60_000, recentMs: now - recentMs, wholeMs: now - wholeMs };
}
/** More than the live subscription asks for: what they hide only a catch-up finds. */
const newer = notesUntilNow(12, 'newer');

describe('a resync', () => {
  test('finds what came late and is dated days ago', async () => {
    const relay = await sandboxRelay();
    relay.publish(...newer, alice.note('late', { createdAt: daysAgoS(5) }));
    const follower = follow({ relays: [relay], archived: newer, saved: savedAgo(8 * HOUR_MS, DAY_MS) });
    expect((await follower.first('caught-up', relay, 2)).depth).toBe('recent');
    expect(follower.contents()).toEqual(['late']);
    expect(pages(relay).at(-1)?.since).toBe(Math.floor((Date.now() - TIMEOUTS.recentMs) / 1000));
  });

  test('finds what was left out despite an EOSE', async () => {
    const relay = await sandboxRelay();
    const hidden = alice.note('hidden', { createdAt: daysAgoS(3) });
    relay.publish(...newer, hidden);
    relay.faults.set({ withheld: ({ id }) => id === hidden.id });
    const follower = follow({
      relays: [relay],
      archived: newer,
      saved: savedAgo(0, 0),
      timeouts: { refreshMs: 40, resyncMs: 60, recentMs: TIMEOUTS.recentMs },
    });
    await follower.first('caught-up', relay, 3);
    expect(follower.contents()).toEqual([]);
    relay.faults.clear();
    await follower.first('event');
    expect(follower.contents()).toEqual(['hidden']);
  });

  test('pages everything once a week, despite negentropy', async () => {
    const relay = await sandboxRelay({ negentropy: {} });
    relay.publish(...newer, alice.note('years ago', { createdAt: daysAgoS(2_000) }));
    const follower = follow({
      relays: [relay],
      archived: newer,
      support: 'yes',
      saved: savedAgo(HOUR_MS, 9 * DAY_MS),
    });
    const { depth } = await follower.first('caught-up', relay, 2);
    expect(depth).toBe('whole');
    expect(pages(relay)[0]?.since).toBeUndefined();
    expect(follower.contents()).toEqual(['years ago']);
  });

  test('by negentropy covers the whole history', async () => {
    const relay = await sandboxRelay({ negentropy: {} });
    relay.publish(...newer, alice.note('years ago', { createdAt: daysAgoS(2_000) }));
    const follower = follow({
      relays: [relay],
      archived: newer,
      support: 'yes',
      saved: savedAgo(8 * HOUR_MS, DAY_MS),
    });
    expect((await follower.first('caught-up', relay, 2)).depth).toBe('recent');
    expect(follower.contents()).toEqual(['years ago']);
    expect(pages(relay)).toEqual([]);
  });

  test('isn’t repeated early', async () => {
    const relay = await sandboxRelay();
    relay.publish(...notesUntilNow(3));
    const follower = follow({ relays: [relay], saved: {}, timeouts: { refreshMs: 10 } });
    await follower.first('caught-up', relay, 5);
    const reaches = follower.items.flatMap((item) => (item.type === 'caught-up' ? [item.depth] : []));
    expect(reaches).toEqual(['whole', 'cursor', 'cursor', 'cursor', 'cursor']);
  });

  test('that was interrupted is due again', async () => {
    const relay = await sandboxRelay();
    relay.publish(...newer, alice.note('late', { createdAt: daysAgoS(5) }));
    relay.faults.set({ closed: { reason: 'error: busy', times: 1, only: 'pages', after: 1 } });
    const follower = follow({
      relays: [relay],
      archived: newer,
      saved: savedAgo(8 * HOUR_MS, DAY_MS),
      timeouts: { refreshMs: 30, resyncRetryMs: 60 },
    });
    await follower.first('interrupted');
    expect(follower.progress.get(relay.url)?.recentMs).toBeUndefined();
    await follower.first('event');
    expect(follower.contents()).toEqual(['late']);
  });
});

test('a relay that can’t cope with a resync is still caught up with', async () => {
  const relay = await sandboxRelay();
  const follower = follow({
    relays: [relay],
    saved: savedAgo(8 * HOUR_MS, DAY_MS),
    timeouts: { refreshMs: 15 },
  });
  relay.faults.set({ closed: { reason: 'error: too much', times: 1, only: 'pages', after: 1 } });
  await follower.first('interrupted');
  await follower.until(() => follower.items.filter(({ type }) => type === 'caught-up').length >= 6);
  const reaches = follower.items.flatMap((item) => (item.type === 'caught-up' ? [item.depth] : []));
  expect(new Set(reaches)).toEqual(new Set(['cursor']));
});

describe('is due', () => {
  const nowMs = 1_800_000_000_000;
  const audits = (random: number) =>
    createResyncPolicy(
      TIMEOUTS,
      () => nowMs,
      () => random,
    );
  test.each([
    ['never made', {}, 'no', 'whole'],
    ['made just now', { recentMs: nowMs, wholeMs: nowMs }, 'no', undefined],
    [
      'the recent one six hours ago',
      { recentMs: nowMs - 6 * HOUR_MS, wholeMs: nowMs - DAY_MS },
      'no',
      'recent',
    ],
    ['the whole one an hour ago', { wholeMs: nowMs - HOUR_MS }, 'no', undefined],
    ['the whole one a week ago', { recentMs: nowMs, wholeMs: nowMs - 7 * DAY_MS }, 'yes', 'whole'],
    ['by a clock that was wrong', { recentMs: nowMs, wholeMs: nowMs + 30 * DAY_MS }, 'yes', 'whole'],
    ['never by comparing', { recentMs: nowMs, wholeMs: nowMs }, undefined, 'recent'],
  ] as const)('%s', (_, progress, support, due) => {
    expect(audits(0.5).due(progress, support)).toBe(due);
  });

  test('at another time for each relay', () => {
    const progress = { recentMs: nowMs - 6 * HOUR_MS, wholeMs: nowMs - DAY_MS };
    expect([0, 0.49, 0.51, 1].map((random) => audits(random).due(progress, 'no'))).toEqual([
      'recent',
      'recent',
      undefined,
      undefined,
    ]);
  });
});
