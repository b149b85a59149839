import { generateSecretKey } from 'nostr-tools/pure';
import { describe, expect, test } from 'vitest';
import type { SandboxRelay, SandboxRelayOptions } from '../../../sandbox/relay/relay.ts';
import { type Log, silentLog } from '../../../src/lib/log.ts';
import type { NostrEvent } from '../../../src/note/note.ts';
import { botKeyFrom } from '../../../src/relays/bot-key.ts';
import type { RelayError } from '../../../src/relays/relay-errors.ts';
import type { RelayState } from '../../../src/relays/relay-stream.ts';
import { isConnected } from '../../../src/status/relay-health.ts';
import { followIntoArchive } from '../archive.fixture.ts';
import { alice, isRequest, sandboxRelay } from '../relays.fixture.ts';

const key = botKeyFrom(Buffer.from(generateSecretKey()).toString('hex'));
const QUICKER = { pageSilenceMs: 120, refreshMs: 300, rateLimitMs: 60, rateLimitMaxMs: 200 };
const isAuth = (frame: readonly unknown[]): boolean => frame[0] === 'AUTH';
const nowS = Math.floor(Date.now() / 1000);

/** What the author has written: short notes, now and then a comment or an article, the newest some minutes ago. */
function history(count: number): readonly NostrEvent[] {
  const known = histories.get(count);
  if (known) return known;
  const written = Array.from({ length: count }, (_, index) => {
    const createdAt = nowS - 60 * (count + 5 - index);
    if (index % 10 === 3)
      return alice.note(`page ${index}`, { kind: 30_023, tags: [['d', `${index}`]], createdAt });
    return alice.note(`note ${index}`, { kind: index % 10 === 6 ? 1_111 : 1, createdAt });
  });
  histories.set(count, written);
  return written;
}
/** Signed once for all tests. */
const histories = new Map<number, readonly NostrEvent[]>();
const contents = (events: readonly NostrEvent[]): readonly string[] =>
  events.map(({ content }) => content).toSorted();
const ofKinds =
  (kinds: readonly number[]) =>
  (event: NostrEvent): boolean =>
    kinds.includes(event.kind);

interface Expected {
  /** Kinds of which nothing comes. */
  readonly without?: readonly number[];
  /** What is said of the relay in the end. */
  readonly error?: RelayError;
  readonly says?: string;
  /** How often the key is shown. */
  readonly shown?: number;
}

const ALL: Expected = {};
const EVERYTHING = [1, 1_111, 30_023];
const AFTER_KEY: Expected = { shown: 1 };
const KEY_WANTED: Expected = { without: EVERYTHING, error: 'needs-key' };
/** Without a key it can't be told; the reason given for it says that this may help. */
const KEY_GUESSED: Expected = { without: EVERYTHING, error: 'lost', says: 'set BOT_KEY' };
const says = (words: string) => ({ wording: { words } });
const LATE = { challenge: 'late' } as const;
const STRFRY = { wording: 'strfry' } as const;
const NOTICE = { refusing: 'notice' } as const;

/** What a relay is like; what comes of it without a key, and with one. */
const MANNERS: readonly (readonly [string, SandboxRelayOptions, Expected, Expected])[] = [
  ['strfry’s three kinds a filter', { ...STRFRY, maxKinds: 3 }, ALL, ALL],
  ['the same, told by NOTICE as older strfrys do', { ...STRFRY, ...NOTICE, maxKinds: 3 }, ALL, ALL],
  ['the same in capitals', { wording: 'capitals', maxKinds: 3 }, ALL, ALL],
  ['the same, without a reason', { wording: 'vague', maxKinds: 3 }, ALL, ALL],
  ['the same, without a reason, by NOTICE', { wording: 'vague', ...NOTICE, maxKinds: 3 }, ALL, ALL],
  ['one kind a filter', { ...STRFRY, maxKinds: 1 }, ALL, ALL],
  [
    'strfry’s allowed kinds',
    { ...STRFRY, maxKinds: 3, allowedKinds: [1, 30_023] },
    { without: [1_111] },
    { without: [1_111] },
  ],
  [
    'allowed kinds, without a reason',
    { wording: 'vague', allowedKinds: [1, 1_111] },
    { without: [30_023] },
    { without: [30_023] },
  ],
  ['articles alone', { allowedKinds: [30_023] }, { without: [1, 1_111] }, { without: [1, 1_111] }],
  ['limits that are not too large', { maxAsked: 100 }, ALL, ALL],
  ['small limits, told by NOTICE', { ...NOTICE, maxAsked: 100 }, ALL, ALL],
  ['small limits, without a reason, by NOTICE', { ...NOTICE, wording: 'vague', maxAsked: 30 }, ALL, ALL],
  ['no limit at all', { maxAsked: 0 }, ALL, ALL],
  ['no limit at all, and sorts oldest first', { maxAsked: 0, oldestFirst: true }, ALL, ALL],
  ['few kinds, and sorts oldest first where no limit is named', { maxKinds: 3, oldestFirst: true }, ALL, ALL],
  ['one subscription at a time', { ...STRFRY, maxSubscriptions: 1 }, ALL, ALL],
  ['one subscription at a time, told by NOTICE', { ...NOTICE, ...STRFRY, maxSubscriptions: 1 }, ALL, ALL],
  ['one subscription of three kinds', { ...STRFRY, maxSubscriptions: 1, maxKinds: 3 }, ALL, ALL],
  [
    'one subscription of three kinds with a small limit, by NOTICE',
    { ...NOTICE, ...STRFRY, maxSubscriptions: 1, maxKinds: 3, maxAsked: 50 },
    ALL,
    ALL,
  ],
  ['some requests at a time', { ...STRFRY, rate: { requests: 4, perMs: 150 } }, ALL, ALL],
  [
    'some requests at a time, told by NOTICE',
    { ...STRFRY, ...NOTICE, rate: { requests: 4, perMs: 150 } },
    ALL,
    ALL,
  ],
  ['a key', { admission: {} }, KEY_WANTED, AFTER_KEY],
  ['a key, in strfry’s words', { ...STRFRY, admission: { challenge: 'late' } }, KEY_WANTED, AFTER_KEY],
  ['a key, in capitals', { wording: 'capitals', admission: {} }, KEY_WANTED, AFTER_KEY],
  ['a key, by NOTICE', { ...NOTICE, admission: {} }, KEY_WANTED, AFTER_KEY],
  ['a key, by a challenge and silence', { admission: {}, refusing: 'silent' }, KEY_WANTED, AFTER_KEY],
  ['a key, by a challenge and an empty EOSE', { admission: {}, refusing: 'empty' }, KEY_WANTED, AFTER_KEY],
  [
    'a key for short notes, like strfry',
    { ...STRFRY, restricted: { kinds: [1] } },
    { without: [1], error: 'needs-key' },
    AFTER_KEY,
  ],
  [
    'a key for all that is written, like strfry',
    { ...STRFRY, restricted: { kinds: [1, 1_111, 30_023] } },
    KEY_WANTED,
    AFTER_KEY,
  ],
  [
    'a key for short notes, and three kinds a filter, like strfry',
    { ...STRFRY, restricted: { kinds: [1] }, maxKinds: 3 },
    { without: [1], error: 'needs-key' },
    AFTER_KEY,
  ],
  [
    'the key of somebody involved, like strfry',
    { ...STRFRY, restricted: { kinds: [1], involved: true } },
    { without: [1], error: 'needs-key' },
    { without: [1], error: 'refuses-key', shown: 1 },
  ],
  [
    'a key, in words that say so',
    { ...says('You are not authenticated'), admission: {} },
    KEY_WANTED,
    AFTER_KEY,
  ],
  [
    'a key, under another prefix, by NOTICE',
    { ...says('restricted: this relay requires NIP-42 authentication'), ...NOTICE, admission: {} },
    KEY_WANTED,
    AFTER_KEY,
  ],
  ['a key, in brackets', { ...says('[auth-required] hello'), admission: LATE }, KEY_WANTED, AFTER_KEY],
  ['a key, in words of its own', { ...says('需要认证'), admission: {} }, KEY_GUESSED, AFTER_KEY],
  ['a key, without a word', { ...says(''), admission: LATE }, KEY_GUESSED, AFTER_KEY],
  [
    'a key, in words of its own by NOTICE',
    { ...says('谁？'), ...NOTICE, admission: {} },
    { ...KEY_GUESSED, error: 'refuses-filter' },
    AFTER_KEY,
  ],
  ['a key, by hanging up', { ...says(''), refusing: 'hang-up', admission: {} }, KEY_GUESSED, AFTER_KEY],
  ['few kinds, and calls it blocked', { ...says('blocked'), ...NOTICE, maxKinds: 3 }, ALL, ALL],
  ['few kinds, and calls it restricted', { ...says('restricted: too many kinds'), maxKinds: 3 }, ALL, ALL],
  [
    'one subscription, and calls it blocked',
    { ...says('blocked: too many subscriptions'), maxSubscriptions: 1 },
    ALL,
    ALL,
  ],
  [
    'some requests at a time, and calls it blocked',
    { ...says('blocked: too many requests, the limit is 4'), rate: { requests: 4, perMs: 150 } },
    ALL,
    ALL,
  ],
  ['nothing, and gives ten at a time in no order', { maxLimit: 10, unsorted: true }, ALL, ALL],
  ['strfry’s own restrictions', { ...STRFRY, restricted: { kinds: [4, 1_059], involved: true } }, ALL, ALL],
];

const ROWS = MANNERS.flatMap(([wants, rules, without, withKey]) => [
  { wants, rules, expected: without, who: 'a stranger', key: undefined },
  { wants, rules, expected: withKey, who: 'one with a key', key },
]);

function stateOf(follower: Awaited<ReturnType<typeof followIntoArchive>>, relay: SandboxRelay) {
  const state = follower.relays.states().find(({ url }) => url === relay.url);
  if (!state) throw new Error('It is not followed');
  return state;
}

const isSettled = (state: RelayState): boolean => ['live', 'withholding'].includes(state.state);

describe('a relay that wants', () => {
  test.each(ROWS)('$wants: $who gets what it allows', async ({ rules, expected, ...row }) => {
    const events = history(130);
    const relay = await sandboxRelay({ maxLimit: 40, ...rules });
    relay.publish(...events);
    const { without = [], error, shown = 0 } = expected;
    const isDue = (event: NostrEvent): boolean => !ofKinds(without)(event);
    const isClosed = without.length === EVERYTHING.length;
    const follower = await followIntoArchive({
      relays: [relay],
      timeouts: { ...QUICKER, quarantineMs: isClosed ? 60_000 : 60 },
      beganAt: nowS - 1,
      ...(row.key && { key: row.key }),
    });
    await follower.until(() =>
      isClosed ? stateOf(follower, relay).error?.kind === error : isSettled(stateOf(follower, relay)),
    );
    // As it is now: what is asked for next may be refused once more.
    const settled = stateOf(follower, relay);
    expect((await follower.archived()).toSorted()).toEqual(contents(events.filter(isDue)));
    expect(settled.error?.kind).toBe(error);
    expect(settled.error?.reason ?? '').toContain(expected.says ?? '');
    expect(isConnected(settled)).toBe(error === undefined);
    expect(relay.frames.filter(isAuth).length).toBe(shown);
    if (isClosed) return;

    // What is written from now on comes as well.
    const [fresh] = [
      alice.note('live', {
        kind: without.includes(1) ? 30_023 : 1,
        tags: [['d', 'live']],
        createdAt: nowS + 1,
      }),
    ];
    relay.publish(fresh);
    await follower.until(async () => (await follower.archived()).includes('live'));
    expect(await follower.posts()).toEqual(['post live']);
  });
});

describe('what a relay accepts', () => {
  const refused = (relay: SandboxRelay): number =>
    relay.frames
      .filter(isRequest)
      .filter((frame) => ((frame[2] as { kinds?: unknown[] }).kinds?.length ?? 0) > 3).length;

  test('is remembered over restarts', async () => {
    const relay = await sandboxRelay({ ...STRFRY, maxKinds: 3, maxLimit: 40 });
    relay.publish(...history(30));
    const first = await followIntoArchive({ relays: [relay], timeouts: QUICKER, beganAt: nowS });
    await first.until(() => isSettled(stateOf(first, relay)));
    expect(refused(relay)).toBeGreaterThan(0);
    const before = refused(relay);
    const again = await followIntoArchive({
      relays: [relay],
      timeouts: QUICKER,
      beganAt: nowS,
      records: first.records,
    });
    await again.until(() => isSettled(stateOf(again, relay)));
    expect(refused(relay)).toBe(before);
  });

  test('isn’t judged by one unexplained refusal or an outage', async () => {
    const relay = await sandboxRelay();
    relay.publish(...history(30));
    relay.faults.set({ closed: { reason: 'error: database is down', times: 12 } });
    const follower = await followIntoArchive({ relays: [relay], timeouts: QUICKER, beganAt: nowS });
    await follower.until(() => isSettled(stateOf(follower, relay)));
    expect((await follower.archived()).length).toBe(30);
    const kept = await follower.records.capabilities(relay.url).get();
    expect(kept?.refused ?? []).toEqual([]);
  });
});

describe('a relay that shows no notes', () => {
  test('is withholding if others show some, until it does too', async () => {
    const [full, bare] = [await sandboxRelay(), await sandboxRelay()];
    full.publish(...history(20));
    bare.faults.set({ withheld: () => true });
    bare.publish(...history(20));
    const follower = await followIntoArchive({ relays: [full, bare], timeouts: QUICKER, beganAt: nowS });
    await follower.until(() => stateOf(follower, bare).error?.kind === 'withholds');
    expect(isConnected(stateOf(follower, bare))).toBe(false);
    await follower.until(() => isSettled(stateOf(follower, full)));
    expect(stateOf(follower, full).error).toBeUndefined();
    bare.faults.clear();
    await follower.until(() => stateOf(follower, bare).error === undefined);
    expect(isConnected(stateOf(follower, bare))).toBe(true);
  });

  test('isn’t withholding if it shows the first one itself', async () => {
    const relay = await sandboxRelay();
    const follower = await followIntoArchive({ relays: [relay], timeouts: QUICKER, beganAt: nowS });
    await follower.until(() => isSettled(stateOf(follower, relay)));
    relay.publish(alice.note('first', { createdAt: nowS + 1 }));
    await follower.until(async () => (await follower.archived()).includes('first'));
    expect(stateOf(follower, relay).error).toBeUndefined();
  });

  test('isn’t withholding if no relay shows any', async () => {
    const relays = [await sandboxRelay(), await sandboxRelay()];
    const follower = await followIntoArchive({ relays, timeouts: QUICKER, beganAt: nowS });
    await follower.until(() => relays.every((relay) => isSettled(stateOf(follower, relay))));
    expect(relays.map((relay) => stateOf(follower, relay).error)).toEqual([undefined, undefined]);
  });
});

test('what was withheld before there was a key is fetched', async () => {
  const events = history(60);
  const relay = await sandboxRelay({ ...STRFRY, restricted: { kinds: [1] } });
  relay.publish(...events);
  const stranger = await followIntoArchive({ relays: [relay], timeouts: QUICKER, beganAt: nowS });
  await stranger.until(() => isSettled(stateOf(stranger, relay)));
  const known = await followIntoArchive({
    relays: [relay],
    timeouts: { ...QUICKER, overlapMs: 1_000 },
    beganAt: nowS,
    records: stranger.records,
    key,
  });
  await known.until(() => isSettled(stateOf(known, relay)));
  const notes = events.filter(ofKinds([1]));
  expect(await known.archived()).toEqual(expect.arrayContaining([...contents(notes)]));
});

test('a relay that challenges again during a catch-up gets an answer', async () => {
  const events = history(130);
  const relay = await sandboxRelay({ admission: { renewedAfter: 4 }, maxLimit: 20 });
  relay.publish(...events);
  const follower = await followIntoArchive({
    relays: [relay],
    // How far it was read counts only for what is older than this.
    timeouts: {
      ...QUICKER,
      overlapMs: 1_000,
      refreshMs: 600_000,
      retryMs: 600_000,
      quarantineMs: 600_000,
      quarantineMaxMs: 600_000,
    },
    beganAt: nowS,
    key,
  });
  await follower.until(() => isSettled(stateOf(follower, relay)));
  expect((await follower.archived()).toSorted()).toEqual(contents(events));
  expect(relay.frames.filter(isAuth).length).toBeGreaterThan(1);
});

test('a relay is live only once its subscriptions stand', async () => {
  const relay = await sandboxRelay({ ...STRFRY, maxSubscriptions: 1, maxKinds: 3 });
  relay.publish(...history(30));
  const interruptedWhile: string[] = [];
  const record = (event: string): void => {
    if (event === 'relay.interrupted') interruptedWhile.push(stateOf(follower, relay).state);
  };
  const log: Log = { ...silentLog, debug: record, warn: record, with: () => log };
  const follower = await followIntoArchive({ relays: [relay], timeouts: QUICKER, beganAt: nowS, log });
  await follower.until(() => isSettled(stateOf(follower, relay)));
  relay.publish(alice.note('live', { createdAt: nowS + 1 }));
  await follower.until(async () => (await follower.archived()).includes('live'));
  expect(interruptedWhile).toContain('catching-up');
  expect(interruptedWhile).not.toContain('live');
});

test('a relay counts as connected once it has answered', async () => {
  const relay = await sandboxRelay();
  relay.faults.set({ mute: true });
  const follower = await followIntoArchive({
    relays: [relay],
    timeouts: { ...QUICKER, pageSilenceMs: 5_000 },
    beganAt: nowS,
  });
  await relay.received(isRequest, 2);
  expect(stateOf(follower, relay).state).toBe('connecting');
  expect(isConnected(stateOf(follower, relay))).toBe(false);
});
