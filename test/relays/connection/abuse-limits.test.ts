import { describe, expect, test } from 'vitest';
import { silentLog } from '../../../src/lib/log.ts';
import { NOTE_KINDS } from '../../../src/note/event-to-note.ts';
import { createAbuseBudget } from '../../../src/relays/connection/abuse-budget.ts';
import { createVerifier, type Verifier } from '../../../src/relays/verify.ts';
import { alice, follow, isRequest, mallory, notesUntilNow, sandboxRelay } from '../relays.fixture.ts';

describe('a relay that limits', () => {
  test('page size is asked for more pages', async () => {
    const relay = await sandboxRelay({ maxLimit: 3 });
    relay.publish(...notesUntilNow(20));
    const follower = follow({ relays: [relay] });
    await follower.first('caught-up');
    expect(new Set(follower.contents()).size).toBe(20);
  });

  test('the rate is waited for, and a catch-up continues where it was', async () => {
    const relay = await sandboxRelay({ maxLimit: 5, rate: { requests: 4, perMs: 80 } });
    relay.publish(...notesUntilNow(60));
    const follower = follow({ relays: [relay], timeouts: { rateLimitMs: 90, rateLimitMaxMs: 3_000 } });
    await follower.first('interrupted');
    expect(follower.relays.states()).toMatchObject([{ state: 'waiting', error: { kind: 'rate-limited' } }]);
    await follower.first('caught-up');
    expect(new Set(follower.contents()).size).toBe(60);
    expect(relay.connections()).toBe(1);
    // Some fifteen pages and as many refusals; beginning anew each time would never have come to an end.
    expect(relay.frames.filter(isRequest).length).toBeLessThan(45);
  });

  test('the rate of live subscriptions is subscribed to again', async () => {
    const relay = await sandboxRelay();
    relay.faults.set({ closed: { reason: 'rate-limited: not so fast', times: 1, only: 'live' } });
    const follower = follow({ relays: [relay] });
    await follower.first('caught-up');
    relay.publish(...notesUntilNow(1, 'live'));
    await follower.first('event');
    expect(follower.contents()).toEqual(['live 0']);
  });

  test('the kinds per filter is asked for a few at a time', async () => {
    const relay = await sandboxRelay({ maxKinds: 3 });
    relay.publish(...notesUntilNow(5), alice.note('page', { kind: 30_023, tags: [['d', 'x']] }));
    const follower = follow({ relays: [relay] });
    await follower.first('caught-up');
    expect(follower.contents().length).toBe(6);
    relay.publish(...notesUntilNow(1, 'live'));
    await follower.first('event', relay, 7);
    const kinds = relay.frames.filter(isRequest).map((frame) => (frame[2] as { kinds: number[] }).kinds);
    expect(new Set(kinds.flat())).toEqual(new Set([0, 5, 10_002, 10_050, 10_063, ...NOTE_KINDS]));
  });

  test('the life of connections is caught up with over several', async () => {
    const relay = await sandboxRelay({ maxLimit: 5 });
    relay.publish(...notesUntilNow(120));
    relay.faults.set({ dropAfter: 40 });
    const follower = follow({ relays: [relay], timeouts: { overlapMs: 60_000 } });
    await follower.first('caught-up');
    expect(new Set(follower.contents()).size).toBe(120);
    expect(follower.items.filter(({ type }) => type === 'interrupted').length).toBeGreaterThan(3);
  });
});

/** A verifier that counts what is asked of it. */
async function countingVerifier() {
  const verifier = await createVerifier({ now: Date.now, log: silentLog });
  const counts = { screened: 0, proved: 0 };
  const counting: Verifier = {
    ...verifier,
    screen(candidate, wanted) {
      counts.screened += 1;
      return verifier.screen(candidate, wanted);
    },
    prove(event) {
      counts.proved += 1;
      return verifier.prove(event);
    },
  };
  return { counts, verifier: counting };
}

describe('what a hostile relay can cost is bounded', () => {
  const forgery = { ...mallory.note('not hers'), pubkey: alice.pubkey };
  const tooLarge = alice.note('x'.repeat(262_145));
  const forgedLarge = { ...tooLarge, id: forgery.id };
  const [known] = notesUntilNow(1);

  test.each([
    ['a hundred thousand forgeries', 100_000, forgery, /forged/, 1_100],
    ['a hundred thousand events of another author', 100_000, mallory.note('hello'), /forged/, 1_100],
    ['giant contents', 600, tooLarge, /can't be processed/, 300],
    ['giant contents that are forged', 600, forgedLarge, /forged/, 300],
    ['the same event over and over', 20_000, known, /endless page/, 3_000],
  ])('%s', async (_, count, event, reason, most) => {
    const relay = await sandboxRelay();
    relay.faults.set({
      eose: 'never',
      raw: (id) =>
        id === 'sub:2' ? Array.from({ length: count }, () => JSON.stringify(['EVENT', id, event])) : [],
    });
    const { counts, verifier } = await countingVerifier();
    const follower = follow({ relays: [relay], verifier });
    expect((await follower.first('interrupted')).reason).toMatch(reason);
    expect(counts.screened).toBeLessThan(most);
    expect(follower.relays.states()).toMatchObject([{ error: { kind: 'misbehaves' } }]);
  });

  test('the same event live, over and over', async () => {
    const relay = await sandboxRelay();
    const follower = follow({ relays: [relay] });
    await follower.first('caught-up');
    // Until then it would push to the pages as well.
    await relay.received(([type]) => type === 'CLOSE', 1);
    relay.faults.set({ copies: 4_000 });
    const [long] = [alice.note('x'.repeat(20_000))];
    relay.publish(long);
    expect((await follower.first('interrupted')).reason).toBe('floods us with events we already have');
    expect(follower.contents()).toEqual([long.content]);
  });

  test('a third strike within ten minutes quarantines it', async () => {
    const relay = await sandboxRelay();
    relay.faults.set({ raw: () => Array.from({ length: 1_000 }, () => '[]') });
    const follower = follow({ relays: [relay], timeouts: { quarantineMs: 3_600_000 } });
    await follower.first('interrupted', relay, 3);
    await relay.connected(0);
    await follower.until(() => follower.relays.states()[0]?.state === 'waiting');
    expect(relay.frames.filter(isRequest).length).toBeLessThanOrEqual(6);
    const waited = follower.lines.filter(({ event }) => event === 'relay.interrupted').length;
    expect(waited).toBe(3);
  });

  test('ten NOTICEs are logged per connection', async () => {
    const relay = await sandboxRelay();
    relay.faults.set({ raw: () => Array.from({ length: 400 }, (_, n) => `["NOTICE","number ${n}"]`) });
    const follower = follow({ relays: [relay] });
    await follower.first('caught-up');
    expect(follower.lines.filter(({ event }) => event === 'notice.received').length).toBe(10);
  });

  test('while the consumer lags, the relay waits', async () => {
    const relay = await sandboxRelay({ maxLimit: 2_000 });
    const notes = notesUntilNow(600);
    relay.publish(...notes);
    relay.faults.set({ ignoreLimit: true });
    const gate = Promise.withResolvers<void>();
    const { counts, verifier } = await countingVerifier();
    const held = follow({ relays: [relay], verifier, before: () => gate.promise });
    const free = follow({ relays: [relay] });
    await free.first('caught-up');
    // The line, and one that has its place in it already.
    expect(counts.proved).toBeLessThanOrEqual(66);
    gate.resolve();
    await held.first('caught-up');
    expect(new Set(held.contents()).size).toBe(600);
  });
});

describe('the abuse budget', () => {
  test('is limited, and recovers with time', () => {
    let nowMs = 0;
    const budget = createAbuseBudget(() => nowMs);
    const spent = (): number => {
      for (let count = 1; ; count += 1) if (!budget.spend('nonsense', 10)) return count;
    };
    expect(spent()).toBe(1_000);
    nowMs = 100_000;
    expect(spent()).toBeGreaterThan(95);
    expect(spent()).toBe(1);
    nowMs = 1e9;
    expect(spent()).toBe(1_000);
  });

  test('isn’t used up by an honest relay', () => {
    const budget = createAbuseBudget(() => 0);
    for (let count = 0; count < 20_000; count += 1) expect(budget.spend('repeat', 500)).toBe(true);
    for (let count = 0; count < 300; count += 1) expect(budget.spend('unfit', 80_000)).toBe(true);
  });
});
