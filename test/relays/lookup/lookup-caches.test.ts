import { noteEncode } from 'nostr-tools/nip19';
import { describe, expect, test } from 'vitest';
import { type CacheEntry, createBoundedCache } from '../../../src/relays/lookup/bounded-cache.ts';
import { isRequest, sandboxRelay } from '../relays.fixture.ts';
import { asked, fog, ida, idaProfile, lookupOver, mentioning, quoting, saying } from './lookup.fixture.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

describe('the time limit', () => {
  test('ends a look-up and its connections after 2.5 seconds', async () => {
    const own = await sandboxRelay();
    own.faults.set({ mute: true });
    const { resolve, clock } = lookupOver({ relays: [own] });
    const resolving = resolve(mentioning());
    let settled = false;
    void resolving.then(() => (settled = true));
    await own.received(isRequest);
    clock.advance(2_499);
    await new Promise(setImmediate);
    expect(settled).toBe(false);
    clock.advance(1);
    expect((await resolving).name(ida.pubkey)).toBeUndefined();
    await own.connected(0);
    expect(clock.waiting).toBe(0);
  });

  test('keeps what was found in time', async () => {
    const [own, slow] = [await sandboxRelay(), await sandboxRelay()];
    own.publish(fog);
    slow.faults.set({ mute: true });
    const { resolve, clock } = lookupOver({ relays: [own], indexers: [slow] });
    const resolving = resolve(quoting());
    await slow.received(isRequest);
    clock.advance(2_500);
    const knowledge = await resolving;
    expect(knowledge.note(fog.id)?.event.content).toBe('Fog until ten.');
    expect(knowledge.name(ida.pubkey)).toBeUndefined();
  });

  test('applies to a relay that never finishes the handshake', async () => {
    const own = await sandboxRelay();
    own.faults.set({ connect: 'no-upgrade' });
    const { resolve, clock } = lookupOver({ relays: [own] });
    const resolving = resolve(mentioning());
    await expect.poll(() => clock.waiting).toBe(2);
    clock.advance(2_500);
    expect((await resolving).name(ida.pubkey)).toBeUndefined();
  });
});

describe('a cached result', () => {
  test('isn’t looked up again', async () => {
    const own = await sandboxRelay();
    own.publish(idaProfile, fog);
    const { resolve, clock } = lookupOver({ relays: [own] });
    await resolve(quoting());
    await own.connected(0);
    const before = own.frames.length;
    clock.advance(DAY_MS - 1);
    const knowledge = await resolve(quoting());
    expect(knowledge.note(fog.id)?.event.content).toBe('Fog until ten.');
    expect(knowledge.name(ida.pubkey)).toBe('Ida Moor');
    expect(own.frames).toHaveLength(before);
  });

  test('is never larger than 64 KiB, though larger events are shown', async () => {
    const own = await sandboxRelay();
    const tags = Array.from({ length: 500 }, (_, n) => ['r', `https://a.example/${'a'.repeat(200)}/${n}`]);
    const large = ida.note('Fog until ten.', { tags });
    own.publish(large);
    const { resolve, kept } = lookupOver({ relays: [own] });
    const note = saying(`nostr:${noteEncode(large.id)}`);
    expect((await resolve(note)).note(large.id)?.event.content).toBe('Fog until ten.');
    expect(kept(large.id)).toBeUndefined();
  });

  test('from yesterday is used while the name is looked up again', async () => {
    const own = await sandboxRelay();
    own.publish(idaProfile);
    const { resolve, clock, kept } = lookupOver({ relays: [own] });
    await resolve(mentioning());
    own.publish(ida.note(JSON.stringify({ name: 'Ida M.' }), { kind: 0 }));
    clock.advance(DAY_MS);
    expect((await resolve(mentioning())).name(ida.pubkey)).toBe('Ida Moor');
    await expect.poll(() => kept(ida.pubkey)).toEqual({ name: 'Ida M.' });
    expect((await resolve(mentioning())).name(ida.pubkey)).toBe('Ida M.');
    expect(asked(own)).toHaveLength(2);
    await own.connected(0);
  });

  test('from yesterday stays if nobody knows the name any more', async () => {
    const own = await sandboxRelay();
    own.publish(idaProfile);
    const { resolve, clock, kept } = lookupOver({ relays: [own] });
    await resolve(mentioning());
    own.faults.set({ connect: 'refuse' });
    clock.advance(DAY_MS);
    await resolve(mentioning());
    await expect.poll(() => clock.waiting).toBe(0);
    expect(kept(ida.pubkey)).toEqual({ name: 'Ida Moor' });
  });
});

describe('a missing event', () => {
  test.each([
    ['a name', 10 * MINUTE_MS, mentioning, idaProfile],
    ['a note', HOUR_MS, quoting, fog],
  ])('%s is asked for again only after a while', async (_, ms, naming, event) => {
    const own = await sandboxRelay();
    const { resolve, clock } = lookupOver({ relays: [own] });
    await resolve(naming());
    own.publish(event);
    clock.advance(ms - 1);
    await resolve(naming());
    expect(asked(own)).toHaveLength(1);
    clock.advance(1);
    const knowledge = await resolve(naming());
    expect(knowledge.name(ida.pubkey) ?? knowledge.note(fog.id)?.id).toBeDefined();
  });

  test('is looked up again after a minute if no relay answered', async () => {
    const own = await sandboxRelay();
    own.faults.set({ connect: 'refuse' });
    const { resolve, clock } = lookupOver({ relays: [own] });
    await resolve(quoting());
    own.faults.clear();
    own.publish(fog);
    clock.advance(MINUTE_MS - 1);
    expect((await resolve(quoting())).note(fog.id)).toBeUndefined();
    clock.advance(1);
    expect((await resolve(quoting())).note(fog.id)?.id).toBe(fog.id);
  });
});

describe('concurrent look-ups', () => {
  test('of the same note are one', async () => {
    const own = await sandboxRelay();
    own.publish(idaProfile);
    const { resolve } = lookupOver({ relays: [own] });
    const note = mentioning();
    const [one, two] = await Promise.all([resolve(note), resolve(note)]);
    expect(one).toBe(two);
    expect(asked(own)).toHaveLength(1);
  });

  test('of the same person in two notes are one', async () => {
    const own = await sandboxRelay();
    own.publish(idaProfile);
    const { resolve } = lookupOver({ relays: [own] });
    const both = await Promise.all([resolve(mentioning()), resolve(mentioning())]);
    expect(both.map((knowledge) => knowledge.name(ida.pubkey))).toEqual(['Ida Moor', 'Ida Moor']);
    expect(asked(own)).toHaveLength(1);
  });
});

test('shutdown ends a look-up at once, and nothing is cached', async () => {
  const own = await sandboxRelay();
  own.faults.set({ mute: true });
  const { resolve, stop, clock, kept } = lookupOver({ relays: [own] });
  const resolving = resolve(mentioning());
  await own.received(isRequest);
  stop();
  expect((await resolving).name(ida.pubkey)).toBeUndefined();
  await own.connected(0);
  expect(clock.waiting).toBe(0);
  expect(kept(ida.pubkey)).toBeUndefined();
  expect((await resolve(mentioning())).name(ida.pubkey)).toBeUndefined();
});

test('if storage fails, nothing is known, and nothing breaks', async () => {
  const fail = () => Promise.reject(new Error('disk full'));
  const { resolve } = lookupOver({ storage: () => ({ get: fail, set: fail }) });
  const knowledge = await resolve(quoting());
  expect(knowledge.note(fog.id)).toBeUndefined();
});

describe('a cache', () => {
  const values = new Map<string, CacheEntry<number>>();
  const shelf = {
    get: async (key: string) => values.get(key),
    set: async (key: string, value: CacheEntry<number>) => values.set(key, value),
  };

  test('forgets expired entries', async () => {
    let nowMs = 1_000;
    const cache = createBoundedCache(shelf, () => nowMs);
    await cache.set('a', 1, 500);
    nowMs = 1_499;
    expect((await cache.get('a'))?.value).toBe(1);
    nowMs = 1_500;
    expect(await cache.get('a')).toBeUndefined();
  });

  test('has 4,096 slots, and never confuses keys that share one', async () => {
    const cache = createBoundedCache(shelf, () => 0);
    for (let n = 0; n < 20_000; n += 1) await cache.set(`key ${n}`, n, 1_000);
    expect(values.size).toBeLessThanOrEqual(4_096);
    const wrong: number[] = [];
    let found = 0;
    for (let n = 0; n < 20_000; n += 1) {
      const kept = await cache.get(`key ${n}`);
      if (kept) found += 1;
      if (kept && kept.value !== n) wrong.push(n);
    }
    expect(wrong).toEqual([]);
    expect(found).toBe(values.size);
  });
});
