import { describe, expect, test } from 'vitest';
import { NOTE_KINDS } from '../../src/note/event-to-note.ts';
import { alice, follow, isRequest, mallory, notesUntilNow, sandboxRelay } from './relays.fixture.ts';

const SOME_S = 1_740_000_000;
/** A second apart, long ago. Signing takes its time: made once. */
const many = Array.from({ length: 1_234 }, (_, index) => alice.note(`old ${index}`));
const filtersOf = (frames: readonly (readonly unknown[])[]) =>
  frames.filter(isRequest).map((frame) => frame[2] as { since?: number; until?: number; limit?: number });

describe('catch-up', () => {
  test('yields what the relay has, newest first, then caught-up', async () => {
    const relay = await sandboxRelay();
    relay.publish(...notesUntilNow(3));
    const startedMs = Date.now();
    const follower = follow({ relays: [relay] });
    const { cursorMs } = await follower.first('caught-up');
    expect(follower.items.map((item) => item.type)).toEqual(['event', 'event', 'event', 'caught-up']);
    expect(follower.contents()).toEqual(['note 2', 'note 1', 'note 0']);
    expect(follower.items.every((item) => item.type !== 'event' || item.stored)).toBe(true);
    expect(cursorMs).toBeGreaterThanOrEqual(startedMs);
    expect(cursorMs).toBeLessThanOrEqual(Date.now());
    expect(follower.relays.states()).toMatchObject([{ url: relay.url, state: 'live' }]);
  });

  test('finds all of 1,234 notes on a relay that sends 500 at a time', async () => {
    const relay = await sandboxRelay();
    relay.publish(...many);
    const follower = follow({ relays: [relay] });
    await follower.first('caught-up');
    expect(new Set(follower.contents()).size).toBe(1_234);
    expect(follower.contents().length).toBe(1_234);
  });

  test('finds notes that share the second where a page ends', async () => {
    const relay = await sandboxRelay({ maxLimit: 5 });
    for (let index = 0; index < 24; index += 1)
      relay.publish(alice.note(`note ${index}`, { createdAt: SOME_S + Math.floor(index / 3) }));
    const follower = follow({ relays: [relay] });
    await follower.first('caught-up');
    expect(new Set(follower.contents()).size).toBe(24);
  });

  test('gets past a second that holds more than a page, and logs it', async () => {
    const relay = await sandboxRelay({ maxLimit: 5 });
    for (let index = 0; index < 15; index += 1)
      relay.publish(alice.note(`dense ${index}`, { createdAt: SOME_S }));
    relay.publish(
      alice.note('later', { createdAt: SOME_S + 9 }),
      alice.note('earlier', { createdAt: SOME_S - 9 }),
    );
    const follower = follow({ relays: [relay] });
    await follower.first('caught-up');
    expect(follower.contents()).toContain('later');
    expect(follower.contents()).toContain('earlier');
    expect(follower.lines).toContainEqual({ event: 'page.saturated', fields: { second: SOME_S, count: 5 } });
  });

  test('continues past pages with nothing new', async () => {
    const [first, second] = [await sandboxRelay({ maxLimit: 5 }), await sandboxRelay({ maxLimit: 5 })];
    const notes = notesUntilNow(20);
    first.publish(...notes.slice(5));
    second.publish(...notes);
    const follower = follow({ relays: [first] });
    await follower.first('caught-up', first);
    const further = follow({
      relays: [second],
      archived: notes.slice(5),
    });
    await further.first('caught-up', second);
    expect(further.contents()).toEqual(['note 4', 'note 3', 'note 2', 'note 1', 'note 0']);
  });

  test('starts two hours before the cursor, or at the very beginning', async () => {
    const relay = await sandboxRelay();
    const now = Date.now();
    const before = follow({ relays: [relay] });
    await before.first('caught-up');
    await before.stop();
    expect(filtersOf(relay.frames).every((filter) => filter.since === undefined)).toBe(true);
    const seen = relay.frames.length;
    const after = follow({ relays: [relay], saved: { cursorMs: now - 60_000, wholeMs: now } });
    await after.first('caught-up');
    const pages = filtersOf(relay.frames.slice(seen)).filter((filter) => filter.limit === 500);
    expect(pages[0]?.since).toBe(Math.floor((now - 60_000) / 1000) - 7_200);
  });

  test('ignores a cursor from the future', async () => {
    const relay = await sandboxRelay();
    relay.publish(alice.note('very old', { createdAt: SOME_S }));
    const follower = follow({
      relays: [relay],
      saved: { cursorMs: Date.now() + 86_400_000, wholeMs: Date.now() },
    });
    await follower.first('caught-up');
    expect(follower.contents()).toEqual(['very old']);
  });

  test('requests all kinds of the author in one filter, live first', async () => {
    const relay = await sandboxRelay();
    const follower = follow({ relays: [relay] });
    await follower.first('caught-up');
    const kinds = [...NOTE_KINDS, 0, 5, 10_002, 10_050, 10_063];
    expect(relay.frames.filter(isRequest).map((frame) => frame.slice(2))).toEqual([
      [{ authors: [alice.pubkey], kinds, limit: 10 }],
      [{ authors: [alice.pubkey], kinds, limit: 500 }],
      // Where nothing came, short notes alone: what is kept back from strangers is kept back without a word.
      [{ authors: [alice.pubkey], kinds: [1], limit: 1 }],
    ]);
  });

  test('requests a page only once the last one was processed', async () => {
    const relay = await sandboxRelay({ maxLimit: 100 });
    relay.publish(...many.slice(0, 300));
    const gate = Promise.withResolvers<void>();
    const follower = follow({ relays: [relay], before: () => gate.promise });
    await relay.received(isRequest, 2);
    const probe = follow({ relays: [relay] });
    await probe.first('caught-up');
    const held = relay.frames.filter(isRequest).length;
    const other = follow({ relays: [relay] });
    await other.first('caught-up');
    // The second free follower needed as many requests as the first: none of them came from the one that is held.
    expect(relay.frames.filter(isRequest).length - held).toBe(held - 2);
    gate.resolve();
    await follower.first('caught-up');
    expect(follower.contents().length).toBe(300);
  });
});

describe('live', () => {
  test('yields a note as soon as it is published', async () => {
    const relay = await sandboxRelay();
    const follower = follow({ relays: [relay] });
    await follower.first('caught-up');
    relay.publish(alice.note('hello'));
    expect(await follower.first('event')).toMatchObject({ stored: false, relay: relay.url });
  });

  test('yields a note that is backdated by years', async () => {
    const relay = await sandboxRelay();
    const follower = follow({ relays: [relay], saved: { cursorMs: Date.now(), wholeMs: Date.now() } });
    await follower.first('caught-up');
    relay.publish(alice.note('from the drawer', { createdAt: SOME_S }));
    await follower.first('event');
    expect(follower.contents()).toEqual(['from the drawer']);
  });

  test('yields a note once, however many relays send it', async () => {
    const relays = [await sandboxRelay(), await sandboxRelay(), await sandboxRelay()];
    relays[1]?.faults.set({ copies: 2 });
    const stored = notesUntilNow(5, 'stored');
    for (const relay of relays) relay.publish(...stored);
    const follower = follow({ relays });
    for (const relay of relays) await follower.first('caught-up', relay);
    const live = notesUntilNow(5, 'live');
    for (const relay of relays) relay.publish(...live);
    const [last] = [alice.note('last')];
    for (const relay of relays) relay.publish(last);
    await follower.until(() => follower.contents().includes('last'));
    expect(follower.contents().toSorted()).toEqual(
      [...stored, ...live, last].map((note) => note.content).toSorted(),
    );
  });

  test('reports each relay that has a note, unless its copy is forged', async () => {
    const relays = [await sandboxRelay(), await sandboxRelay(), await sandboxRelay()];
    const [first, second, forger] = relays;
    const follower = follow({ relays });
    for (const relay of relays) await follower.first('caught-up', relay);
    const note = alice.note('live', { createdAt: Math.floor(Date.now() / 1000) });
    first?.publish(note);
    await follower.first('event');
    forger?.publish({ ...note, content: 'forged' });
    second?.faults.set({ copies: 2 });
    second?.publish(note);
    const sightings = () => follower.items.filter((item) => item.type === 'sighting');
    await follower.until(() => sightings().length > 0);
    forger?.publish(alice.note('last'));
    await follower.until(() => follower.contents().includes('last'));
    const { id, created_at: createdAt } = note;
    expect(sightings()).toEqual([{ type: 'sighting', id, createdAt, relay: second?.url }]);
  });

  test('finds by refreshing what the relay forgot to push', async () => {
    const relay = await sandboxRelay();
    const follower = follow({ relays: [relay], timeouts: { refreshMs: 20 } });
    await follower.first('caught-up');
    relay.faults.set({ forgetful: true });
    relay.publish(...notesUntilNow(1, 'forgotten'));
    await follower.first('event');
    expect(follower.contents()).toEqual(['forgotten 0']);
    expect(relay.connections()).toBe(1);
  });

  test('replaces its live subscription with every refresh', async () => {
    const relay = await sandboxRelay();
    const follower = follow({ relays: [relay], timeouts: { refreshMs: 5 } });
    await follower.first('caught-up', relay, 6);
    const open = new Set<unknown>();
    const counts = relay.frames.map(([type, subscription]) => {
      if (type === 'REQ') open.add(subscription);
      if (type === 'CLOSE') open.delete(subscription);
      return open.size;
    });
    expect(Math.max(...counts)).toBe(2);
    expect(relay.connections()).toBe(1);
  });

  test('never yields other authors or unrequested kinds', async () => {
    const relay = await sandboxRelay();
    const strange = [mallory.note('not alice'), alice.note('secret', { kind: 4 })];
    relay.faults.set({ raw: (id) => strange.map((event) => JSON.stringify(['EVENT', id, event])) });
    relay.publish(...notesUntilNow(1));
    const follower = follow({ relays: [relay] });
    await follower.first('caught-up');
    expect(follower.contents()).toEqual(['note 0']);
  });
});
