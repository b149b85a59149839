import { expect, test } from 'vitest';
import { follow, sandboxRelay } from './relays.fixture.ts';

test('when the clock jumps, every relay reconnects and catches up', async () => {
  const relay = await sandboxRelay();
  let aheadMs = 0;
  const follower = follow({
    relays: [relay],
    now: () => Date.now() + aheadMs,
    timeouts: { clockTickMs: 5 },
  });
  await follower.first('caught-up');
  aheadMs = 31_000;
  await follower.first('caught-up', relay, 2);
  expect(follower.lines.map(({ event }) => event)).toContain('clock.jumped');
});

test('when the clock jumps, a relay in quarantine is tried again', async () => {
  const relay = await sandboxRelay();
  let aheadMs = 0;
  relay.faults.set({ closed: { reason: 'restricted: no', times: 1 } });
  const follower = follow({
    relays: [relay],
    now: () => Date.now() + aheadMs,
    timeouts: { clockTickMs: 5, quarantineMs: 3_600_000 },
  });
  await relay.connected(1);
  await follower.first('interrupted');
  await relay.connected(0);
  aheadMs = -3_600_000;
  await follower.first('caught-up');
  expect(follower.relays.states()[0]?.state).toBe('live');
});
