import { expect, test } from 'vitest';
import { alice, follow, notesUntilNow, sandboxRelay } from '../relays.fixture.ts';

// A catch-up that is broken off goes on where it was. These are about what it must not leave out then.

const daysAgoS = (days: number): number => Math.floor(Date.now() / 1000) - Math.floor(86_400 * days);
/** A day apart, the newest a day old. */
const old = (count: number) =>
  Array.from({ length: count }, (_, n) => alice.note(`old ${n}`, { createdAt: daysAgoS(n + 1) }));
/** More than the live subscription asks for. */
const newer = () => notesUntilNow(12, 'newer');

test('the last hours are requested again', async () => {
  const relay = await sandboxRelay({ maxLimit: 5 });
  relay.publish(...old(40), ...newer());
  relay.faults.set({ dropAfter: 50 });
  const follower = follow({ relays: [relay] });
  await follower.first('interrupted');
  relay.faults.clear();
  relay.publish(alice.note('meanwhile', { createdAt: daysAgoS(0) - 1_800 }));
  await follower.first('caught-up');
  expect(follower.contents()).toContain('meanwhile');
  expect(new Set(follower.contents()).size).toBe(53);
});

test('pages without EOSE are requested again', async () => {
  const relay = await sandboxRelay({ maxLimit: 5 });
  const hidden = alice.note('hidden', { createdAt: daysAgoS(3.5) });
  relay.publish(...old(8), ...newer(), hidden);
  relay.faults.set({ eose: 'never', withheld: ({ id }) => id === hidden.id });
  const follower = follow({ relays: [relay], timeouts: { pageSilenceMs: 60, refreshMs: 30 } });
  await follower.first('interrupted', relay, 2);
  expect(new Set(follower.contents()).size).toBe(20);
  relay.faults.clear();
  await follower.first('caught-up');
  expect(follower.contents()).toContain('hidden');
});

test('after a complete backfill the next one skips nothing', async () => {
  const relay = await sandboxRelay({ maxLimit: 5 });
  const hidden = alice.note('hidden', { createdAt: daysAgoS(3.5) });
  relay.publish(...old(8), ...newer(), hidden);
  relay.faults.set({ withheld: ({ id }) => id === hidden.id });
  const follower = follow({
    relays: [relay],
    saved: { recentMs: 0, wholeMs: Date.now() - 86_400_000 },
    timeouts: { refreshMs: 20, resyncMs: 50 },
  });
  const audits = () => follower.items.filter((item) => item.type === 'caught-up' && item.depth === 'recent');
  await follower.until(() => audits().length > 0);
  const before = follower.items.length;
  relay.faults.clear();
  await follower.first('event', relay, 21);
  expect(
    follower.items.slice(before).flatMap((item) => (item.type === 'event' ? [item.event.id] : [])),
  ).toEqual([hidden.id]);
});

test('checkpoints survive any number of lost connections', async () => {
  const relay = await sandboxRelay({ maxLimit: 5 });
  relay.publish(...old(60), ...newer());
  const untils = (from: number): readonly number[] =>
    relay.frames.slice(from).flatMap(([type, , filter]) => {
      const { until, limit } = (filter ?? {}) as { until?: number; limit?: number };
      return type === 'REQ' && limit === 500 && until !== undefined ? [until] : [];
    });
  // Six frames for each request: the first connection gets far, the next ones end just where old notes begin.
  relay.faults.set({ dropAfter: 80 });
  const follower = follow({ relays: [relay] });
  await follower.first('interrupted');
  const deepest = Math.min(...untils(0));
  relay.faults.set({ dropAfter: 27 });
  await follower.first('interrupted', relay, 4);
  const before = relay.frames.length;
  relay.faults.clear();
  await follower.first('caught-up');
  expect(new Set(follower.contents()).size).toBe(72);
  const old3S = daysAgoS(3);
  expect(untils(before).filter((until) => until < old3S && until > deepest + 5 * 86_400)).toEqual([]);
});
