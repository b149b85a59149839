import { createHash } from 'node:crypto';
import type { Filter } from 'nostr-tools/filter';
import { describe, expect, test } from 'vitest';
import type { Faults } from '../../../sandbox/relay/faults.ts';
import type { SandboxRelay } from '../../../sandbox/relay/relay.ts';
import { silentLog } from '../../../src/lib/log.ts';
import type { NostrEvent, VerifiedEvent } from '../../../src/note/note.ts';
import { createVerifier, type Verifier } from '../../../src/relays/verify.ts';
import { alice, follow, isRequest, notesUntilNow, sandboxRelay } from '../relays.fixture.ts';

const SOME_S = 1_740_000_000;
const nowS = (): number => Math.floor(Date.now() / 1000);
const idOf = (n: number | string): string => createHash('sha256').update(`event ${n}`).digest('hex');

const comparisons = (relay: SandboxRelay): readonly Filter[] =>
  relay.frames.filter(([type]) => type === 'NEG-OPEN').map((frame) => frame[2] as Filter);
const requests = (relay: SandboxRelay): readonly Filter[] =>
  relay.frames.filter(isRequest).map((frame) => frame[2] as Filter);
const pages = (relay: SandboxRelay): readonly Filter[] =>
  requests(relay).filter(({ limit }) => limit === 500);

/** Audits are due: the last were made long ago, or never. */
const due = { recentMs: 0, wholeMs: Date.now() - 86_400_000 };

/** Notes that nobody signed, for trials with thousands of them, and a verifier to whom that is all the same. */
const template = alice.note('unsigned');
const unsigned = (count: number): readonly NostrEvent[] =>
  Array.from({ length: count }, (_, n) => ({ ...template, id: idOf(n), created_at: SOME_S + n }));
async function credulous(): Promise<Verifier> {
  const verifier = await createVerifier({ now: Date.now, log: silentLog });
  return {
    ...verifier,
    prove: (event) => ({ status: 'verified', event: event as NostrEvent as VerifiedEvent }),
  };
}

describe('a relay that supports NIP-77', () => {
  test('is detected once live, and sends what no page shows', async () => {
    const relay = await sandboxRelay({ negentropy: {}, maxLimit: 5 });
    const dense = Array.from({ length: 17 }, (_, n) => alice.note(`dense ${n}`, { createdAt: SOME_S }));
    relay.publish(...dense, ...notesUntilNow(3));
    const follower = follow({ relays: [relay], support: 'untried' });
    await follower.first('caught-up');
    expect(new Set(follower.contents()).size).toBe(20);
    expect(follower.contents().length).toBe(20);
    expect(comparisons(relay)[0]).toMatchObject({ since: SOME_S, until: SOME_S });
    expect(follower.supports.get(relay.url)).toBe('yes');
    expect(follower.lines.map(({ event }) => event)).not.toContain('page.saturated');
  });

  test('is caught up with from the cursor, without pages', async () => {
    const relay = await sandboxRelay({ negentropy: {} });
    const [known, fresh] = [notesUntilNow(6, 'known'), notesUntilNow(2, 'fresh')];
    relay.publish(...known, ...fresh, alice.note('long ago', { createdAt: SOME_S }));
    const cursorMs = Date.now() - 60_000;
    const follower = follow({
      relays: [relay],
      support: 'yes',
      archived: known,
      saved: { cursorMs, recentMs: cursorMs, wholeMs: cursorMs },
    });
    const { depth, cursorMs: reached } = await follower.first('caught-up');
    expect(depth).toBe('cursor');
    expect(reached).toBeGreaterThan(cursorMs);
    // The last one is due to the live subscription, which asks for some that are stored.
    expect(new Set(follower.contents())).toEqual(new Set(['fresh 0', 'fresh 1', 'long ago']));
    expect(pages(relay)).toEqual([]);
    expect(comparisons(relay)).toMatchObject([{ since: Math.floor(cursorMs / 1000) - 7_200 }]);
    expect(comparisons(relay)[0]?.until).toBeGreaterThanOrEqual(nowS() + 890);
  });

  test('is asked for ids as often as its cap requires', async () => {
    const relay = await sandboxRelay({ negentropy: {}, maxLimit: 3 });
    relay.publish(...notesUntilNow(20));
    const follower = follow({ relays: [relay], support: 'yes' });
    await follower.first('caught-up');
    expect(new Set(follower.contents()).size).toBe(20);
    expect(requests(relay).filter(({ ids }) => ids).length).toBeGreaterThan(5);
  });

  test('is reconciled with window by window', async () => {
    const relay = await sandboxRelay({ negentropy: {} });
    const ours = Array.from({ length: 12_000 }, (_, n) => ({ id: idOf(n), created_at: SOME_S + 10 * n }));
    const missing = Array.from({ length: 12 }, (_, n) =>
      alice.note(`missing ${n}`, { createdAt: SOME_S + 10_000 * n - 5 }),
    );
    relay.publish(...missing);
    const follower = follow({ relays: [relay], support: 'yes', archived: ours });
    await follower.first('caught-up');
    expect(new Set(follower.contents()).size).toBe(12);
    const windows = comparisons(relay);
    expect(windows.length).toBe(3);
    expect(windows.map(({ until = 0 }) => until + 1).slice(1)).toEqual(
      windows.map(({ since }) => since).slice(0, -1),
    );
    expect(windows.at(-1)?.since).toBeUndefined();
  });

  test('is reconciled with again if too much is missing at once', async () => {
    const relay = await sandboxRelay({ negentropy: { frameLimit: 60_000 } });
    relay.publish(...unsigned(7_000));
    const follower = follow({ relays: [relay], support: 'yes', verifier: await credulous() });
    await follower.first('caught-up');
    expect(follower.archive.size).toBe(7_000);
    expect(comparisons(relay).length).toBeGreaterThan(1);
    const batches = requests(relay).flatMap(({ ids }) => (ids ? [ids.length] : []));
    expect(Math.max(...batches)).toBe(200);
  });

  test('that finds a set too large is paged, and later reconciled with', async () => {
    const relay = await sandboxRelay({ negentropy: { maxRecords: 10 } });
    relay.publish(...notesUntilNow(20));
    const follower = follow({ relays: [relay], support: 'untried', saved: due });
    await follower.first('caught-up', relay, 2);
    expect(new Set(follower.contents()).size).toBe(20);
    expect(follower.supports.get(relay.url)).toBe('yes');
  });

  test('that demands authentication is reconciled with after it', async () => {
    const { botKeyFrom } = await import('../../../src/relays/bot-key.ts');
    const relay = await sandboxRelay({ negentropy: {}, admission: {} });
    relay.publish(...notesUntilNow(20));
    const follower = follow({ relays: [relay], support: 'yes', key: botKeyFrom('7'.repeat(64)) });
    await follower.first('caught-up');
    expect(follower.contents().length).toBe(20);
    expect(pages(relay)).toEqual([]);
  });
});

describe('a relay that doesn’t support NIP-77', () => {
  test.each([
    ['silent', 'no'],
    ['notice', 'no'],
    ['closed', 'no'],
    ['refused', 'no'],
    ['nonsense', 'no'],
    ['hang-up', 'no'],
  ] as const)('and is %s when it is tried is paged, and not tried again', async (negotiation, support) => {
    const relay = await sandboxRelay({ negentropy: {} });
    relay.publish(...notesUntilNow(3));
    relay.faults.set({ negotiation });
    const follower = follow({
      relays: [relay],
      support: 'untried',
      saved: due,
      timeouts: { pageSilenceMs: 300, refreshMs: 40 },
    });
    await follower.first('caught-up', relay, 4);
    expect(follower.contents().length).toBe(3);
    expect(follower.supports.get(relay.url)).toBe(support);
    expect(comparisons(relay).length).toBe(1);
  });

  test('any more, and hangs up, is paged in the end', async () => {
    const relay = await sandboxRelay({ negentropy: {} });
    relay.publish(...notesUntilNow(20));
    relay.faults.set({ negotiation: 'hang-up' });
    const follower = follow({ relays: [relay], support: 'yes' });
    await follower.first('caught-up');
    expect(follower.contents().length).toBe(20);
    expect(comparisons(relay).length).toBe(3);
  });

  test('or takes only few kinds at a time is paged', async () => {
    const relay = await sandboxRelay({ negentropy: {}, maxKinds: 3 });
    const follower = follow({ relays: [relay], support: 'untried', timeouts: { refreshMs: 20 } });
    await follower.first('caught-up', relay, 3);
    expect(comparisons(relay)).toEqual([]);
    expect(follower.supports.get(relay.url)).toBe('no');
  });

  test('though it was thought to is paged from then on', async () => {
    const relay = await sandboxRelay();
    relay.publish(...notesUntilNow(20));
    const follower = follow({ relays: [relay], support: 'yes', timeouts: { pageSilenceMs: 80 } });
    await follower.first('caught-up');
    expect(follower.contents().length).toBe(20);
    expect(follower.supports.get(relay.url)).toBe('no');
  });

  test('or is just silent is tried again', async () => {
    const relay = await sandboxRelay({ negentropy: {} });
    const follower = follow({
      relays: [relay],
      support: 'untried',
      saved: due,
      timeouts: { pageSilenceMs: 50, refreshMs: 30, resyncRetryMs: 60 },
    });
    await follower.first('caught-up');
    relay.faults.set({ mute: true });
    await follower.first('interrupted');
    expect(follower.supports.get(relay.url)).not.toBe('no');
    relay.faults.clear();
    await follower.until(() => follower.supports.get(relay.url) === 'yes' && follower.items.length > 4);
  });
});

describe('negentropy is trusted no more than pages', () => {
  async function broken(faults: Partial<Faults>, pageSilenceMs = 60) {
    const relay = await sandboxRelay({ negentropy: { frameLimit: 60_000 } });
    relay.publish(...notesUntilNow(30));
    relay.faults.set(faults);
    const follower = follow({ relays: [relay], support: 'yes', timeouts: { pageSilenceMs, refreshMs: 60 } });
    return { relay, follower };
  }

  test.each([
    ['an event does not come, nor an EOSE', { eose: 'never', inventedIds: () => [idOf('invented')] }],
    ['the connection is lost', { dropAfter: 15 }],
  ] as const)('the cursor stays where %s', async (_, faults) => {
    const { relay, follower } = await broken(faults);
    await follower.first('interrupted');
    expect(follower.progress.size).toBe(0);
    relay.faults.clear();
    await follower.first('caught-up');
    expect(new Set(follower.contents()).size).toBe(30);
  });

  test('a relay that lists events without having them is paged', async () => {
    let named = 0;
    const inventedIds = () => Array.from({ length: 6_000 }, () => idOf(`invented ${(named += 1)}`));
    const { relay, follower } = await broken({ inventedIds }, 5_000);
    await follower.first('caught-up');
    expect(new Set(follower.contents()).size).toBe(30);
    expect(pages(relay).length).toBeGreaterThan(0);
    expect(follower.supports.get(relay.url)).toBe('no');
  });
});
