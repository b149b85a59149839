import { describe, expect, test } from 'vitest';
import { createRelayCandidates, type RetiredRelays } from '../../src/relays/relay-candidates.ts';
import { follow, notesUntilNow, sandboxRelay } from './relays.fixture.ts';

const DAY_MS = 86_400_000;
const several = (count: number) => Promise.all(Array.from({ length: count }, () => sandboxRelay()));
const urls = (relays: readonly { readonly url: string }[]): readonly string[] => relays.map(({ url }) => url);

describe('strangers’ relays', () => {
  test('are followed, up to eight, without disturbing others', async () => {
    const relay = await sandboxRelay();
    const further = await several(9);
    const follower = follow({ relays: [relay], allowPrivate: true });
    follower.relays.addHints([relay.url, ...urls(further), ...urls(further)]);
    expect(urls(follower.relays.states())).toEqual(urls([relay, ...further.slice(0, 8)]));
    for (const { url } of further.slice(0, 8)) await follower.until(() => follower.progress.has(url));
  });

  test('are refused if they are private, or no relays', async () => {
    const relay = await sandboxRelay();
    const follower = follow({ relays: [] });
    const wrong = [relay.url, 'ws://10.1.2.3', 'wss://localhost', 'wss://[::1]/', 'https://example.com', 'x'];
    follower.relays.addHints(wrong);
    await follower.relays.setAuthorRelays(wrong);
    expect(follower.relays.states()).toEqual([]);
  });

  test('an invalid address of the operator’s is an error', () => {
    expect(() => follow({ relays: ['https://example.com'] })).toThrow(
      'Cannot follow relay "https://example.com"',
    );
  });
});

describe('the author’s relay list', () => {
  test('is followed as it changes, and retired relays for 30 days', async () => {
    const [own, first, second] = [await sandboxRelay(), await sandboxRelay(), await sandboxRelay()];
    let nowMs = Date.now();
    const follower = follow({
      relays: [own],
      allowPrivate: true,
      now: () => nowMs,
      timeouts: { retiredTickMs: 10, clockTickMs: 3_600_000 },
    });
    await follower.relays.setAuthorRelays([first.url]);
    await follower.first('caught-up', first);
    await follower.relays.setAuthorRelays([second.url]);
    await follower.first('caught-up', second);
    expect(urls(follower.relays.states())).toEqual(urls([own, first, second]));
    expect(Object.keys(follower.former())).toEqual([first.url]);
    first.publish(...notesUntilNow(1, 'still heard'));
    await follower.first('event', first);

    nowMs += 31 * DAY_MS;
    await first.connected(0);
    expect(urls(follower.relays.states())).toEqual(urls([own, second]));
    // It may come back; then it goes on from there.
    expect(follower.progress.get(first.url)?.cursorMs).toBeDefined();
  });

  test('is remembered over a restart, with retired relays', async () => {
    const [own, gone, longGone] = [await sandboxRelay(), await sandboxRelay(), await sandboxRelay()];
    const former: RetiredRelays = {
      [gone.url]: Date.now() - 29 * DAY_MS,
      [longGone.url]: Date.now() - 31 * DAY_MS,
    };
    const follower = follow({ relays: [own], allowPrivate: true, former });
    await follower.first('caught-up', gone);
    expect(urls(follower.relays.states())).toEqual(urls([own, gone]));
  });

  test('never replaces the operator’s relays', async () => {
    const own = await sandboxRelay();
    const hostile = await several(20);
    const follower = follow({ relays: [own], allowPrivate: true });
    for (let from = 0; from < 20; from += 5) {
      await follower.relays.setAuthorRelays(urls([...hostile.slice(from, from + 5), own]));
      expect(urls(follower.relays.states())).toContain(own.url);
      expect(follower.relays.states().length).toBeLessThanOrEqual(9);
    }
    await follower.relays.setAuthorRelays([]);
    own.publish(...notesUntilNow(1));
    await follower.first('event', own);
    expect(Object.keys(follower.former()).length).toBeLessThanOrEqual(16);
  });

  test('a relay that is dropped is no longer waited for', async () => {
    const [own, ...others] = await several(9);
    const mute = await sandboxRelay();
    mute.faults.set({ mute: true });
    const follower = follow({ relays: [own?.url ?? ''], allowPrivate: true });
    await follower.relays.setAuthorRelays([mute.url]);
    await mute.connected(1);
    await follower.relays.setAuthorRelays(urls(others));
    expect((await follower.first('interrupted', mute)).reason).toBe('no longer followed');
    await mute.connected(0);
  });
});

describe('the ranking', () => {
  function listOf(retired: RetiredRelays = {}) {
    const saved: RetiredRelays[] = [];
    let nowMs = 1_000 * DAY_MS;
    const list = createRelayCandidates({
      retired,
      save: async (one) => void saved.push(one),
      keptMs: 30 * DAY_MS,
      now: () => nowMs,
    });
    return { list, saved, later: (days: number) => (nowMs += days * DAY_MS) };
  }

  test('puts listed relays first, then hints, then retired ones', async () => {
    const { list, later } = listOf({ 'wss://old': 990 * DAY_MS });
    list.addHints(['wss://hint']);
    await list.setListed(['wss://a', 'wss://b']);
    later(1);
    await list.setListed(['wss://c']);
    expect(list.ranked()).toEqual(['wss://c', 'wss://hint', 'wss://a', 'wss://b', 'wss://old']);
    later(21);
    expect(list.ranked()).toEqual(['wss://c', 'wss://hint', 'wss://a', 'wss://b']);
  });

  test('a relay that returns is listed, not retired', async () => {
    const { list, saved } = listOf();
    await list.setListed(['wss://a']);
    await list.setListed([]);
    await list.setListed(['wss://a']);
    expect(saved).toEqual([{}, { 'wss://a': 1_000 * DAY_MS }, {}]);
    expect(list.ranked()).toEqual(['wss://a']);
  });
});
