import { describe, expect, onTestFinished, test } from 'vitest';
import { createBoundedQueue } from '../../src/lib/bounded-queue.ts';
import { silentLog } from '../../src/lib/log.ts';
import { type Connection, connect } from '../../src/relays/connection/connection.ts';
import { createRelayBackoff } from '../../src/relays/relay-backoff.ts';
import { classifyReason } from '../../src/relays/relay-errors.ts';
import { normalizeRelayUrl } from '../../src/relays/relay-url.ts';
import { TIMEOUTS } from '../../src/relays/timeouts.ts';
import { follow, isRequest, sandboxRelay } from './relays.fixture.ts';

describe('relay addresses', () => {
  test.each([
    ['wss://relay.example.com', 'wss://relay.example.com/'],
    [' WSS://Relay.Example.com:443/ ', 'wss://relay.example.com/'],
    ['ws://relay.example.com:80/x//y/', 'ws://relay.example.com/x/y'],
    ['wss://relay.example.com/?b=2&a=1#top', 'wss://relay.example.com/?a=1&b=2'],
    ['https://relay.example.com', undefined],
    ['relay.example.com', undefined],
    ['wss://user:word@relay.example.com', undefined],
    ['wss://', undefined],
    ['', undefined],
    [`wss://relay.example.com/${'x'.repeat(3_000)}`, undefined],
  ])('%s is written %s', (text, url) => {
    expect(normalizeRelayUrl(text)).toBe(url);
  });
});

test('a connection that is not read makes the relay wait, and loses nothing', async () => {
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

describe('after CLOSED', () => {
  test.each([
    ['rate-limited: slow down', 'slow-down'],
    ['auth-required: log in', 'authenticate'],
    ['restricted: no', 'quarantine'],
    ['blocked: no', 'quarantine'],
    ['invalid: filter', 'simplify'],
    ['unsupported: filter', 'simplify'],
    ['error: internal', 'reconnect'],
    ['pow: difficulty 30', 'reconnect'],
    ['going to sleep', 'reconnect'],
    ['', 'reconnect'],
    // As relays write them.
    ['ERROR: auth-required: log in', 'authenticate'],
    ['ERROR:auth-required:log in', 'authenticate'],
    ['error: error: Auth-Required : log in', 'authenticate'],
    ['AUTH-REQUIRED', 'authenticate'],
    ['auth_required: log in', 'authenticate'],
    ['Authentication required: log in', 'authenticate'],
    ['ERROR: rate-limited: slow down', 'slow-down'],
    ['RATE LIMITED:slow down', 'slow-down'],
    ['ERROR: restricted: no', 'quarantine'],
    ['Blocked:no', 'quarantine'],
    ['ERROR: bad req: too many kinds in filter: 19', 'simplify'],
    ['error:Invalid: filter', 'simplify'],
    ['ERROR: too many concurrent REQs', 'simplify'],
    ['error: too many kinds (max 10)', 'simplify'],
    ['limit too large', 'simplify'],
    ['too many requests at once', 'simplify'],
    ['too many requests', 'slow-down'],
    ['ERROR: Slow down there', 'slow-down'],
    ['Error: please authenticate first', 'authenticate'],
    ['error: shutting down idle subscription', 'reconnect'],
    ['error: constructor: no', 'reconnect'],
  ])('"%s" asks to %s', (reason, remedy) => {
    expect(classifyReason(reason).recovery).toBe(remedy);
  });

  test('waits double, up to their limits, until a catch-up is complete', () => {
    const backoff = createRelayBackoff(TIMEOUTS, () => 1);
    const seconds = (remedy: Parameters<typeof backoff.next>[0], count: number): number[] =>
      Array.from({ length: count }, () => backoff.next(remedy) / 1000);
    expect(seconds('reconnect', 11)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    expect(seconds('slow-down', 6)).toEqual([60, 120, 240, 480, 900, 900]);
    expect(seconds('quarantine', 6)).toEqual([3_600, 7_200, 14_400, 28_800, 57_600, 86_400]);
    backoff.reset();
    expect(seconds('reconnect', 1)).toEqual([1]);
  });

  test('leaves a relay alone at its third misdeed within ten minutes, longer each time', () => {
    let nowMs = 0;
    const backoff = createRelayBackoff(
      TIMEOUTS,
      () => 1,
      () => nowMs,
    );
    const strike = (minutes: number): number => {
      nowMs += minutes * 60_000;
      return backoff.next('strike') / 1000;
    };
    expect([strike(0), strike(6), strike(6)]).toEqual([1, 2, 4]);
    expect(strike(1)).toBe(3_600);
    expect([strike(60), strike(1), strike(1)]).toEqual([8, 16, 7_200]);
  });

  test('reconnection is spread over the whole wait', () => {
    const backoff = createRelayBackoff(TIMEOUTS, () => 0.25);
    expect([backoff.next('reconnect'), backoff.next('reconnect')]).toEqual([250, 500]);
  });
});

describe('the line', () => {
  test('keeps the order of all producers and holds them back when it is full', async () => {
    const channel = createBoundedQueue<number>(2, new AbortController().signal);
    const done: number[] = [];
    const pushing = [1, 2, 3].map(async (item) => {
      await channel.push(item);
      done.push(item);
    });
    await pushing[0];
    expect(done).toEqual([1]);
    const items = channel.items[Symbol.asyncIterator]();
    expect([(await items.next()).value, (await items.next()).value]).toEqual([1, 2]);
    await Promise.all(pushing);
    expect((await items.next()).value).toBe(3);
  });

  test('ends for producers and consumer when the signal aborts', async () => {
    const stopping = new AbortController();
    const channel = createBoundedQueue<number>(1, stopping.signal);
    const items = channel.items[Symbol.asyncIterator]();
    const waiting = items.next();
    const pushing = [channel.push(1), channel.push(2), channel.push(3)];
    stopping.abort();
    await Promise.all([...pushing, channel.push(4)]);
    expect((await waiting).done).toBe(true);
  });
});

describe('the clock', () => {
  test('that jumps makes every relay connect and catch up anew', async () => {
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

  test('that jumps ends the wait for a relay that was given up', async () => {
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
});
