import { expect, test } from 'vitest';
import { followIntoArchive } from '../archive.fixture.ts';
import { alice, sandboxRelay } from '../relays.fixture.ts';

const HOUR_S = 3_600;

/** A clock that a test sets forward. */
function handClock() {
  let aheadMs = 0;
  return {
    now: () => Date.now() + aheadMs,
    nowS: () => Math.floor((Date.now() + aheadMs) / 1000),
    forward(seconds: number): void {
      aheadMs += seconds * 1000;
    },
  };
}
// Clocks that jump are another matter.
const timeouts = { refreshMs: 30, pageSilenceMs: 200, clockTickMs: 3_600_000 };

test.each([
  ['by paging', {}],
  ['by comparing', { negentropy: {} }],
])('a note from the future is refused until it is nearly due (%s)', async (_, rules) => {
  const clock = handClock();
  const relay = await sandboxRelay({ ...rules, now: clock.now });
  const beganAt = clock.nowS();
  const follower = await followIntoArchive({ relays: [relay], now: clock.now, beganAt, timeouts });
  await follower.until(() => follower.reports() > 1);
  const note = alice.note('from tomorrow', { createdAt: clock.nowS() + 24 * HOUR_S });
  relay.publish(note);
  const rejections = () =>
    follower.counters
      .all()
      .find(({ name, labels }) => name === 'events_rejected_total' && labels['reason'] === 'from the future');
  await follower.until(() => (rejections()?.value ?? 0) > 0);
  expect(await follower.archived()).toEqual([]);
  clock.forward(23 * HOUR_S);
  const before = follower.reports();
  await follower.until(() => follower.reports() > before + 2);
  expect(await follower.posts()).toEqual([]);
  clock.forward(HOUR_S - 800);
  await follower.until(async () => (await follower.archived()).length > 0);
  const reported = follower.reports();
  await follower.until(() => follower.reports() > reported + 2);
  expect(await follower.archived()).toEqual(['from tomorrow']);
  expect(await follower.posts()).toEqual(['post from tomorrow']);
});

test.each([
  ['by paging', {}],
  ['by comparing', { negentropy: {} }],
])('a note that a relay serves late, dated days ago, is archived and posted once: %s', async (_, rules) => {
  const relay = await sandboxRelay(rules);
  const nowS = Math.floor(Date.now() / 1000);
  const newer = Array.from({ length: 12 }, (_one, n) =>
    alice.note(`newer ${n}`, { createdAt: nowS - 600 + n }),
  );
  relay.publish(...newer);
  const follower = await followIntoArchive({
    relays: [relay],
    beganAt: nowS - 10 * 24 * HOUR_S,
    timeouts: { ...timeouts, resyncMs: 200 },
  });
  await follower.until(async () => (await follower.archived()).length === 12);
  relay.faults.set({ forgetful: true });
  relay.publish(alice.note('late', { createdAt: nowS - 5 * 24 * HOUR_S }));
  await follower.until(async () => (await follower.archived()).includes('late'));
  const reported = follower.reports();
  await follower.until(() => follower.reports() > reported + 3);
  expect((await follower.posts()).filter((post) => post === 'post late').length).toBe(1);
  expect((await follower.posts()).length).toBe(13);
});
