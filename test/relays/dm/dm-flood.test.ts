import { randomBytes } from 'node:crypto';
import { getConversationKey } from 'nostr-tools/nip44';
import { generateSecretKey, getPublicKey } from 'nostr-tools/pure';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { SandboxRelay } from '../../../sandbox/relay/relay.ts';
import { silentLog } from '../../../src/lib/log.ts';
import type { NostrEvent } from '../../../src/note/note.ts';
import { botKeyFrom } from '../../../src/relays/bot-key.ts';
import { readDirectMessages } from '../../../src/relays/dm/dm-inbox.ts';
import type { DirectMessage } from '../../../src/relays/dm/nip17.ts';
import { createPacedQueue } from '../../../src/relays/dm/paced-queue.ts';
import { openProcessedIds, type ProcessedIdsStorage } from '../../../src/relays/dm/processed-ids.ts';
import { createVerifier, eventId } from '../../../src/relays/verify.ts';
import { alice, isRequest, mallory, QUICK, sandboxRelay } from '../relays.fixture.ts';

const secret = generateSecretKey();
const key = botKeyFrom(Buffer.from(secret).toString('hex'));
const verifier = await createVerifier({ now: Date.now, log: silentLog });
const nowS = (): number => Math.floor(Date.now() / 1000);
const DAY_S = 86_400;

/** A wrap in all that can be told without opening it; nobody verifies the signature of one. */
function junk(n: number, createdAt = nowS() - (n % (2 * DAY_S)), bytes = 99 + 32): NostrEvent {
  const content = Buffer.concat([Buffer.of(2), randomBytes(bytes - 1)]).toString('base64');
  const pubkey = n % 2 === 0 ? mallory.pubkey : randomBytes(32).toString('hex');
  const unsigned = { pubkey, created_at: createdAt, kind: 1_059, tags: [['p', key.pubkey]], content };
  return { ...unsigned, id: eventId(unsigned), sig: '0'.repeat(128) };
}
const flood = (count: number, createdAt?: number): NostrEvent[] =>
  Array.from({ length: count }, (_, n) => junk(n, createdAt));

/** The author's letter in a wrap that is dated so many seconds back. */
function reply(words: string, backS: number): NostrEvent {
  const { id: _, sig, ...wrap } = alice.directMessage(key.pubkey, words);
  const dated = { ...wrap, created_at: nowS() - backS };
  return { ...dated, id: eventId(dated), sig };
}

/** Wraps that are kept, over restarts too. */
function shelf(): ProcessedIdsStorage {
  const pages = new Map<string, never>();
  return {
    set: async (name, page) => void pages.set(name, page as never),
    async *iterator() {
      yield* pages;
    },
  };
}

/** Reads the bot's letters, and counts how many wraps are opened, until the test ends or it is stopped. */
function reading(relays: readonly SandboxRelay[], kept?: ProcessedIdsStorage) {
  const over = new AbortController();
  const words: string[] = [];
  let look = (): void => {};
  const counts = { opened: 0 };
  const run = readDirectMessages({
    urls: relays.map(({ url }) => url),
    key: {
      ...key,
      decrypt(pubkey, payload) {
        counts.opened += 1;
        return key.decrypt(pubkey, payload);
      },
    },
    from: alice.pubkey,
    verifier,
    async onMessage(letter: DirectMessage) {
      words.push(letter.content);
      look();
    },
    ...(kept && { storage: kept }),
    timeouts: { ...QUICK, dmRestMs: 1, pageSilenceMs: 3_000 },
    log: silentLog,
    signal: over.signal,
    now: Date.now,
    random: Math.random,
  });
  const stop = async (): Promise<void> => {
    over.abort();
    await run;
  };
  onTestFinished(stop);
  return {
    words,
    counts,
    stop,
    came: (count: number) =>
      new Promise<void>((resolve) => {
        look = () => words.length >= count && resolve();
        look();
      }),
  };
}

describe('the author’s direct messages come', () => {
  test.each([
    [600, 500, DAY_S],
    [600, 100, 2 * DAY_S - 60],
    [1_200, 500, 13 * DAY_S],
  ])('behind %i stored wraps of strangers, %i per page', async (count, maxLimit, backS) => {
    const relay = await sandboxRelay({ maxLimit });
    relay.publish(...flood(count), reply('Here', backS));
    const { came, counts } = reading([relay]);
    await came(1);
    // Each once, and two layers of the author's.
    expect(counts.opened).toBeLessThanOrEqual(count + 2);
  });

  test('behind wraps of a single second, as many as a page holds', async () => {
    const relay = await sandboxRelay({ maxLimit: 50 });
    relay.publish(...flood(300, nowS() - 3_600), reply('Here', DAY_S));
    const { came, words } = reading([relay]);
    await came(1);
    expect(words).toEqual(['Here']);
  });

  test('live behind 1,500 of strangers, each opened once', async () => {
    const relays = [await sandboxRelay(), await sandboxRelay(), await sandboxRelay()];
    const { came, counts, words } = reading(relays);
    for (const relay of relays) await relay.received(([type]) => type === 'CLOSE');
    const burst = flood(1_500);
    for (const relay of relays) relay.publish(...burst, alice.directMessage(key.pubkey, 'Live'));
    await came(1);
    expect(words).toEqual(['Live']);
    expect(counts.opened).toBeLessThanOrEqual(1_500 + 6);
  });

  test('from a calm relay while another floods', async () => {
    const [busy, calm] = [await sandboxRelay(), await sandboxRelay()];
    busy.publish(...flood(3_000));
    calm.publish(reply('Calm', 60));
    const { came, counts } = reading([busy, calm]);
    await came(1);
    expect(counts.opened).toBeLessThan(600);
  });

  test('over lost connections, and nothing is opened twice', async () => {
    const relay = await sandboxRelay({ maxLimit: 50 });
    relay.publish(...flood(400), reply('Here', 5 * DAY_S));
    relay.faults.set({ dropAfter: 120 });
    const { came, counts } = reading([relay]);
    await came(1);
    expect(counts.opened).toBeLessThanOrEqual(402);
    // What came while it was cut off, dated back, is found as well.
    relay.drop();
    relay.publish(reply('Later', DAY_S + 3_600));
    await came(2);
  });

  test.each([
    { maxAsked: 100 },
    { maxSubscriptions: 1 },
    { maxAsked: 100, refusing: 'notice' },
    { rate: { requests: 3, perMs: 40 } },
  ] as const)(
    'from a relay with the rules %j',
    async (rules) => {
      const relay = await sandboxRelay({ ...rules, wording: 'strfry' });
      relay.publish(...flood(300), reply('Here', DAY_S));
      const { came, words } = reading([relay]);
      await came(1);
      expect(words).toEqual(['Here']);
    },
    40_000,
  );

  test('after a restart, and nothing is opened twice', async () => {
    const relay = await sandboxRelay();
    relay.publish(...flood(600), reply('First', DAY_S));
    const kept = shelf();
    const before = reading([relay], kept);
    await before.came(1);
    await before.stop();
    relay.publish(reply('Second', 60));
    const after = reading([relay], kept);
    await after.came(1);
    expect(before.counts.opened + after.counts.opened).toBeLessThanOrEqual(600 + 4);
    expect(after.words).toContain('Second');
  });
});

test('obvious junk isn’t opened', async () => {
  const relay = await sandboxRelay();
  const wrap = junk(0);
  relay.publish(
    { ...wrap, content: `${wrap.content.slice(0, -4)}AAA=`, id: '1'.repeat(64) },
    { ...wrap, content: `B${wrap.content.slice(1)}`, id: '2'.repeat(64) },
    junk(2, nowS(), 99 + 33),
    {
      ...wrap,
      tags: [['p', key.pubkey], ...Array.from({ length: 200 }, () => ['t', 'x'])],
      id: '3'.repeat(64),
    },
    { ...alice.directMessage(key.pubkey, 'Forged'), content: wrap.content },
    reply('Here', 60),
  );
  const { came, counts } = reading([relay]);
  await came(1);
  expect(counts.opened).toBe(2);
});

test('a forged copy can’t keep out the real message', async () => {
  const [liar, honest] = [await sandboxRelay(), await sandboxRelay()];
  const letter = reply('Here', 60);
  liar.publish({ ...letter, content: junk(0).content });
  const { came, words } = reading([liar, honest]);
  await liar.received(isRequest, 2);
  honest.publish(letter);
  await came(1);
  expect(words).toEqual(['Here']);
});

test('the conversation key is that of NIP-44', () => {
  for (let n = 0; n < 20; n += 1) {
    const other = generateSecretKey();
    const pubkey = getPublicKey(other);
    const theirs = botKeyFrom(Buffer.from(other).toString('hex'));
    expect(theirs.decrypt(key.pubkey, key.encrypt(pubkey, 'Tides'))).toBe('Tides');
    expect(getConversationKey(secret, pubkey)).toEqual(getConversationKey(other, key.pubkey));
  }
});

test('the latest 50,000 processed ids survive a restart', async () => {
  const ids = Array.from({ length: 50_600 }, () => randomBytes(32).toString('hex'));
  const kept = shelf();
  const settled = await openProcessedIds(1_000, kept);
  for (const id of ids) await settled.add(id);
  await settled.save();
  for (const memory of [settled, await openProcessedIds(1_000, kept)]) {
    expect(memory.has(ids[0] ?? '')).toBe(false);
    expect(ids.slice(-49_500).every((id) => memory.has(id))).toBe(true);
    expect(memory.has(randomBytes(32).toString('hex'))).toBe(false);
  }
});

test('paced work runs in order, with rests', async () => {
  let nowMs = 0;
  const order: string[] = [];
  const turns = createPacedQueue({
    workMs: 10,
    restMs: 1,
    signal: AbortSignal.timeout(10_000),
    monotonic: () => nowMs,
  });
  const work = (name: string) =>
    turns(() => {
      order.push(name);
      nowMs += 6;
    });
  const busy = [work('a 1'), work('b 1'), work('a 2'), work('b 2')];
  await busy[1];
  await new Promise(setImmediate);
  expect(order).toEqual(['a 1', 'b 1']);
  await Promise.all(busy);
  expect(order).toEqual(['a 1', 'b 1', 'a 2', 'b 2']);
});
