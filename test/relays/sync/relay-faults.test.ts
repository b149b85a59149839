import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { startRelay } from '../../../sandbox/relay/relay.ts';
import { NOTE_KINDS } from '../../../src/note/event-to-note.ts';
import { follow, isRequest, notesUntilNow, sandboxRelay } from '../relays.fixture.ts';

describe('an unreachable relay', () => {
  test('at the start is tried until it is up', async () => {
    const first = await startRelay();
    const { url } = first;
    await first.stop();
    const follower = follow({ relays: [url] });
    expect(await follower.first('interrupted')).toEqual({
      type: 'interrupted',
      relay: url,
      reason: 'ECONNREFUSED',
    });
    await follower.first('interrupted', undefined, 3);
    const second = await sandboxRelay({ port: Number(new URL(url).port) });
    second.publish(...notesUntilNow(1));
    await follower.first('caught-up');
    expect(follower.contents()).toEqual(['note 0']);
  });

  test('that resets connections is retried', async () => {
    const relay = await sandboxRelay();
    relay.faults.set({ connect: 'refuse' });
    const follower = follow({ relays: [relay] });
    expect((await follower.first('interrupted', relay, 2)).reason).toMatch(/ECONNRESET|hang up/);
    relay.faults.clear();
    await follower.first('caught-up');
  });

  test('that never answers the handshake times out', async () => {
    const relay = await sandboxRelay();
    relay.faults.set({ connect: 'no-upgrade' });
    const follower = follow({ relays: [relay], timeouts: { connectMs: 60 } });
    expect((await follower.first('interrupted')).reason).toMatch(/handshake/i);
    relay.faults.clear();
    await follower.first('caught-up');
  });

  test('that answers with a redirect isn’t followed there', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.end('HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1:9/\r\n\r\n');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as { port: number };
    const follower = follow({ relays: [`ws://127.0.0.1:${port}`] });
    expect((await follower.first('interrupted')).reason).toBe('Unexpected server response: 302');
    await follower.stop();
    server.close();
  });
});

describe('a lost connection', () => {
  test('comes back, and nothing published meanwhile is missed', async () => {
    const relay = await sandboxRelay();
    const follower = follow({ relays: [relay] });
    await follower.first('caught-up');
    relay.drop();
    relay.publish(...notesUntilNow(3, 'meanwhile'));
    await follower.first('caught-up', relay, 2);
    relay.publish(...notesUntilNow(1, 'live'));
    await follower.first('event', relay, 4);
    expect(follower.contents().toSorted()).toEqual(['live 0', 'meanwhile 0', 'meanwhile 1', 'meanwhile 2']);
  });

  test('during a catch-up leaves the cursor alone', async () => {
    const relay = await sandboxRelay();
    relay.publish(...notesUntilNow(20));
    relay.faults.set({ dropAfter: 14 });
    const follower = follow({ relays: [relay] });
    await follower.first('interrupted', relay, 2);
    expect(follower.contents().length).toBeGreaterThan(0);
    expect(follower.progress.size).toBe(0);
    relay.faults.clear();
    await follower.first('caught-up');
    expect(new Set(follower.contents()).size).toBe(20);
    expect(follower.contents().length).toBe(20);
  });

  test('without a FIN is noticed by missing pongs', async () => {
    const relay = await sandboxRelay();
    const follower = follow({ relays: [relay], timeouts: { pingMs: 20, deadMs: 200 } });
    await follower.first('caught-up');
    relay.faults.set({ blackHole: true });
    relay.publish(...notesUntilNow(1, 'unheard'));
    expect((await follower.first('interrupted')).reason).toBe('no sign of life');
    relay.faults.clear();
    await follower.first('event');
    expect(follower.contents()).toEqual(['unheard 0']);
  });

  test('survives on pings alone while nothing is published', async () => {
    const relay = await sandboxRelay();
    const follower = follow({ relays: [relay], timeouts: { pingMs: 10, deadMs: 400, refreshMs: 1_200 } });
    await follower.first('caught-up', relay, 2);
    expect(follower.items.map((item) => item.type)).toEqual(['caught-up', 'caught-up']);
    expect(relay.connections()).toBe(1);
    expect(follower.relays.states()[0]?.error).toBeUndefined();
  });
});

describe('a silent relay', () => {
  test('is given up, and tried again', async () => {
    const relay = await sandboxRelay();
    relay.publish(...notesUntilNow(1));
    relay.faults.set({ mute: true });
    const follower = follow({ relays: [relay], timeouts: { pageSilenceMs: 250 } });
    expect((await follower.first('interrupted')).reason).toBe('no EOSE');
    relay.faults.clear();
    await follower.first('caught-up');
    expect(follower.contents()).toEqual(['note 0']);
  });

  test.each(['never', 'half'] as const)(
    'EOSE %s: all events come, but the catch-up doesn’t count',
    async (eose) => {
      const relay = await sandboxRelay({ maxLimit: 6 });
      relay.publish(...notesUntilNow(20));
      relay.faults.set({ eose });
      const follower = follow({ relays: [relay], timeouts: { pageSilenceMs: 50, refreshMs: 60 } });
      await follower.first('event', relay, 20);
      await follower.first('interrupted', relay, 2);
      expect(follower.contents().length).toBe(20);
      expect(follower.items.some((item) => item.type === 'caught-up')).toBe(false);
      expect(relay.connections()).toBe(1);
      relay.faults.clear();
      await follower.first('caught-up');
      expect(follower.contents().length).toBe(20);
      expect(follower.relays.states()[0]?.error).toBeUndefined();
    },
  );

  test('one page without EOSE among others doesn’t count', async () => {
    const relay = await sandboxRelay({ maxLimit: 6 });
    relay.publish(...notesUntilNow(20));
    relay.faults.set({ eose: 'never' });
    const follower = follow({ relays: [relay], timeouts: { pageSilenceMs: 150, refreshMs: 100 } });
    await relay.received(isRequest, 2);
    relay.faults.clear();
    expect((await follower.first('interrupted')).reason).toBe('no EOSE');
    expect(follower.progress.size).toBe(0);
    expect(new Set(follower.contents()).size).toBe(20);
    await follower.first('caught-up');
  });

  test('events after an unfinished catch-up are live at once', async () => {
    const relay = await sandboxRelay();
    relay.publish(...notesUntilNow(3));
    relay.faults.set({ eose: 'never' });
    const follower = follow({ relays: [relay], timeouts: { pageSilenceMs: 50 } });
    await follower.first('interrupted');
    expect(follower.relays.states()).toMatchObject([{ state: 'catching-up', error: { kind: 'silent' } }]);
    relay.publish(...notesUntilNow(1, 'live'));
    await follower.first('event', relay, 4);
    expect(follower.items.at(-1)).toMatchObject({ type: 'event', stored: false });
  });

  test('a page that never ends is given up', async () => {
    const relay = await sandboxRelay();
    relay.faults.set({ eose: 'never' });
    const follower = follow({ relays: [relay], timeouts: { pageSilenceMs: 1_000, pageMs: 80 } });
    expect((await follower.first('interrupted')).reason).toBe('no EOSE');
  });
});

describe('CLOSED', () => {
  test.each([
    ['rate-limited: slow down', 'rate-limited: slow down', 1],
    ['auth-required: who are you', 'needs a key: set BOT_KEY', 2],
    ['restricted: members only', 'restricted: members only', 2],
    ['blocked: go away', 'blocked: go away', 2],
    ['invalid: too many kinds', 'invalid: too many kinds', 1],
    ['unsupported: too many kinds', 'unsupported: too many kinds', 1],
    ['error: shutting down', 'error: shutting down', 2],
    ['', 'closed by the relay', 2],
  ])('"%s" interrupts, and the catch-up is made good', async (closed, reason, connections) => {
    const relay = await sandboxRelay();
    relay.publish(...notesUntilNow(3));
    relay.faults.set({ closed: { reason: closed, times: 1, only: 'pages' } });
    const follower = follow({ relays: [relay] });
    expect((await follower.first('interrupted')).reason).toBe(reason);
    await follower.first('caught-up');
    expect(new Set(follower.contents()).size).toBe(3);
    // A further connection starts counting subscriptions anew.
    const live = relay.frames.filter((frame) => frame[0] === 'REQ' && frame[1] === 'sub:1');
    expect(live.length).toBe(connections);
  });

  test('of the live subscription alone is noticed', async () => {
    const relay = await sandboxRelay();
    const follower = follow({ relays: [relay] });
    relay.faults.set({ closed: { reason: 'error: too idle', times: 1, only: 'live' } });
    await follower.first('caught-up');
    relay.publish(...notesUntilNow(1, 'live'));
    await follower.first('event');
    expect(follower.contents()).toEqual(['live 0']);
  });

  test('"invalid" makes the filter name fewer kinds, and still a limit', async () => {
    const relay = await sandboxRelay();
    relay.faults.set({ closed: { reason: 'invalid: too many kinds', times: 1 } });
    const follower = follow({ relays: [relay] });
    await follower.first('caught-up');
    const filters = relay.frames
      .filter(isRequest)
      .map((frame) => frame[2] as { kinds: number[]; limit?: number });
    const after = filters.slice(2);
    expect(new Set(after.flatMap(({ kinds }) => kinds)).size).toBe(NOTE_KINDS.length + 5);
    expect(Math.max(...after.map(({ kinds }) => kinds.length))).toBe(3);
    expect(after.filter(({ limit }) => limit === 500).length).toBe(Math.ceil((NOTE_KINDS.length + 5) / 3));
    expect(after.every(({ limit }) => limit !== undefined)).toBe(true);
  });

  test('for every request doesn’t cause a flood of requests', async () => {
    const relay = await sandboxRelay();
    relay.faults.set({ closed: { reason: 'rate-limited: no', times: Number.POSITIVE_INFINITY } });
    const follower = follow({ relays: [relay], timeouts: { rateLimitMs: 60, rateLimitMaxMs: 600 } });
    const startedMs = performance.now();
    await follower.first('interrupted', relay, 4);
    // 60 + 120 + 240 ms lie between four tries.
    expect(performance.now() - startedMs).toBeGreaterThan(400);
    expect(relay.connections()).toBe(1);
  });

  test('of a relay that wants a key shows in the state', async () => {
    const relay = await sandboxRelay({ admission: {} });
    const follower = follow({ relays: [relay], timeouts: { quarantineMs: 60_000 } });
    expect((await follower.first('interrupted')).reason).toBe('needs a key: set BOT_KEY');
    await relay.connected(0);
    expect(follower.relays.states()).toMatchObject([
      { state: 'waiting', error: { kind: 'needs-key', reason: 'needs a key: set BOT_KEY' } },
    ]);
  });
});
