import { expect, onTestFinished, test } from 'vitest';
import { silentLog } from '../../../src/lib/log.ts';
import { type Connection, connect } from '../../../src/relays/connection/connection.ts';
import { TIMEOUTS } from '../../../src/relays/timeouts.ts';
import { isRequest, sandboxRelay } from '../relays.fixture.ts';

test('a relay waits while its connection isn’t read, and nothing is lost', async () => {
  const relay = await sandboxRelay();
  const total = 20_000;
  relay.faults.set({
    raw: (id) =>
      Array.from({ length: total }, (_, at) => JSON.stringify(['EVENT', id, { at, pad: 'x'.repeat(200) }])),
  });
  const stopping = new AbortController();
  onTestFinished(() => stopping.abort());
  const open = () => connect(relay.url, { timeouts: TIMEOUTS, log: silentLog, signal: stopping.signal });
  async function readAll(connection: Connection, counts: number[] = []): Promise<readonly number[]> {
    const { frames } = await connection.next(5_000);
    counts.push(frames.filter(({ type }) => type === 'event').length);
    return frames.some(({ type }) => type === 'eose') ? counts : readAll(connection, counts);
  }
  const [idle, busy] = [await open(), await open()];
  idle.subscribe({ kinds: [1] });
  await relay.received(isRequest);
  busy.subscribe({ kinds: [1] });
  await readAll(busy);
  // By now the idle one had as much time to receive as the busy one.
  const counts = await readAll(idle);
  expect(counts[0]).toBeLessThan(2_000);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(total);
});
