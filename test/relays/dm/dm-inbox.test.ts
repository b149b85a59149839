import { createHash } from 'node:crypto';
import { createRumor, createSeal, createWrap } from 'nostr-tools/nip59';
import { generateSecretKey } from 'nostr-tools/pure';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDmClient } from '../../../sandbox/relay/fake-dm-client.ts';
import type { SandboxRelay } from '../../../sandbox/relay/relay.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { botKeyFrom } from '../../../src/relays/bot-key.ts';
import { readDirectMessages } from '../../../src/relays/dm/dm-inbox.ts';
import {
  createDirectMessage,
  type DirectMessage,
  giftWrap,
  unwrapDirectMessage,
} from '../../../src/relays/dm/nip17.ts';
import { createPublisher } from '../../../src/relays/publish.ts';
import { createRelayAccess } from '../../../src/relays/relay-access.ts';
import { createVerifier } from '../../../src/relays/verify.ts';
import { alice, mallory, QUICK, sandboxRelay } from '../relays.fixture.ts';

const key = botKeyFrom(Buffer.from(generateSecretKey()).toString('hex'));
const verifier = await createVerifier({ now: Date.now, log: silentLog });
/** strfry as it comes, once it was told its `serviceUrl`. */
const STRFRY = { restricted: { kinds: [4, 1_059], involved: true }, wording: 'strfry' } as const;
const dated = () => ({ nowMs: Date.now(), random: Math.random });
const opened = (wrap: unknown) => unwrapDirectMessage(wrap, { key, from: alice.pubkey, verifier });
/** Whose key `authorNamed` gives the name. */
const secretOf = (name: string) => createHash('sha256').update(`author named ${name}`).digest();

function publishing() {
  const over = new AbortController();
  onTestFinished(() => over.abort());
  const { lookupOf } = createRelayAccess([], true);
  return createPublisher({
    key,
    timeouts: { ...QUICK, pageSilenceMs: 300 },
    log: silentLog,
    signal: over.signal,
    now: Date.now,
    lookupOf,
  });
}

/** Reads the bot's letters at the relays until the test ends. */
function reading(
  relays: readonly SandboxRelay[],
  refuse: (letter: DirectMessage) => boolean = () => false,
  settledUntil = 0,
) {
  const over = new AbortController();
  const letters: DirectMessage[] = [];
  let look = (): void => undefined;
  const run = readDirectMessages({
    urls: relays.map(({ url }) => url),
    key,
    from: alice.pubkey,
    verifier,
    async onMessage(letter) {
      if (refuse(letter)) throw new Error('The disk is full');
      letters.push(letter);
      look();
    },
    settledUntil,
    timeouts: { ...QUICK, dmRestMs: 1 },
    log: silentLog,
    signal: over.signal,
    now: Date.now,
    random: Math.random,
  });
  onTestFinished(async () => {
    over.abort();
    await run;
  });
  return {
    letters,
    came: (count: number) =>
      new Promise<void>((resolve) => {
        look = () => letters.length >= count && resolve();
        look();
      }),
  };
}

describe('a message from the bot', () => {
  test('can be read by another client, and hides sender and date', () => {
    const letter = createDirectMessage(key, { to: alice.pubkey, words: '潮水 and tides' }, Date.now());
    const wrap = giftWrap(letter, key, alice.pubkey, { nowMs: Date.now(), random: () => 1 });
    expect(alice.unwrap(wrap)).toEqual({
      id: letter.id,
      from: key.pubkey,
      words: '潮水 and tides',
      at: letter.created_at,
    });
    expect(JSON.stringify(wrap)).not.toContain(key.pubkey);
    expect(wrap.created_at).toBeLessThan(letter.created_at - 2 * 86_400 + 2);
    expect(() => mallory.unwrap(wrap)).toThrow('invalid MAC');
  });

  test.each([
    {},
    { knownWriters: true },
    { knownWriters: true, wording: 'strfry' },
    { knownWriters: true, wording: 'capitals' },
    { knownWriters: true, wording: { words: 'blocked: only members write here' } },
    { knownWriters: true, wording: { words: 'restricted: please authenticate' } },
    { knownWriters: true, wording: { words: '需要认证' } },
    { knownWriters: true, wording: { words: '' } },
    { knownWriters: true, refusing: 'notice', wording: { words: 'You are not authenticated' } },
    { knownWriters: true, refusing: 'notice', wording: { words: '请先认证' } },
    { knownWriters: true, refusing: 'silent' },
    { letters: 'refused' },
    { letters: 'left-out' },
    STRFRY,
  ] as const)('reaches the inbox at a relay with the rules %j', async (rules) => {
    const relay = await sandboxRelay(rules);
    const inbox = await openDmClient(alice, relay.url);
    onTestFinished(inbox.stop);
    const letter = createDirectMessage(key, { to: alice.pubkey, words: 'Tides, please' }, Date.now());
    const wrap = giftWrap(letter, key, alice.pubkey, dated());
    await expect(publishing()(wrap, [relay.url])).resolves.toEqual([relay.url]);
    await expect(inbox.next()).resolves.toMatchObject({ id: letter.id, words: 'Tides, please' });
  });

  test('is published if any of several relays accepts it', async () => {
    const [well, mute, gone] = [await sandboxRelay(), await sandboxRelay(), await sandboxRelay()];
    mute.faults.set({ mute: true });
    await gone.stop();
    const over = new AbortController();
    onTestFinished(() => over.abort());
    const publish = createPublisher({
      key,
      timeouts: { ...QUICK, pageSilenceMs: 500 },
      log: silentLog,
      signal: over.signal,
      now: Date.now,
      lookupOf: () => undefined,
    });
    const wrap = giftWrap(
      createDirectMessage(key, { to: alice.pubkey, words: 'x' }, Date.now()),
      key,
      alice.pubkey,
      dated(),
    );
    await expect(publish(wrap, [mute.url, well.url])).resolves.toEqual([well.url]);
    // A repeat is as good.
    await expect(publish(wrap, [well.url])).resolves.toEqual([well.url]);
    await expect(publish(wrap, [mute.url])).resolves.toEqual([]);
  });
});

describe('a message to the bot', () => {
  test('is accepted if the author sealed and wrote it', () => {
    const result = opened(alice.directMessage(key.pubkey, 'Soon.', 'ab'.repeat(32)));
    expect(result).toMatchObject({
      status: 'opened',
      message: { pubkey: alice.pubkey, content: 'Soon.', kind: 14 },
    });
  });

  const wrote = (words: string, by: string, more: object = {}) => ({
    ...createRumor({ kind: 14, content: words, tags: [['p', key.pubkey]] }, secretOf(by)),
    ...more,
  });
  const sealed = (letter: object, by = 'alice') =>
    createWrap(createSeal(letter as Parameters<typeof createSeal>[0], secretOf(by), key.pubkey), key.pubkey);
  const genuine = JSON.parse(JSON.stringify(alice.directMessage(key.pubkey, 'Soon.'))) as { content: string };

  test.each([
    ['somebody else’s', mallory.directMessage(key.pubkey, 'Soon.')],
    ['for somebody else', alice.directMessage(mallory.pubkey, 'Soon.')],
    ['the author’s only by the name in it', sealed(wrote('Soon.', 'alice'), 'mallory')],
    ['somebody’s that the author sealed', sealed(wrote('Soon.', 'mallory'))],
    [
      'the author’s by its id, and somebody’s by its name',
      sealed(wrote('Soon.', 'alice', { pubkey: mallory.pubkey })),
    ],
    ['with an id that is not its own', sealed(wrote('Soon.', 'alice', { content: 'Never.' }))],
    ['of another kind', sealed(wrote('Soon.', 'alice', { kind: 1 }))],
    ['without tags', sealed(wrote('Soon.', 'alice', { tags: 'none' }))],
    ['too long', sealed(wrote('x'.repeat(20_001), 'alice'))],
    ['damaged', { ...genuine, content: `${genuine.content.slice(0, -8)}AAAAAAA=` }],
    ['no event', 'wrap'],
    ['a note', alice.note('Soon.', { tags: [['p', key.pubkey]] })],
    ['not even sealed', createWrap(wrote('Soon.', 'alice') as never, key.pubkey)],
  ])('is not read when it is %s', (_what, wrap) => {
    expect(opened(JSON.parse(JSON.stringify(wrap)))).toMatchObject({ status: 'rejected' });
  });

  test.each([
    {},
    { letters: 'refused' },
    { letters: 'refused', wording: 'capitals' },
    { letters: 'left-out' },
    STRFRY,
  ] as const)('comes once, whatever the relay is like: %j', async (rules) => {
    const relays = [await sandboxRelay(rules), await sandboxRelay(rules)];
    const [first, second] = [alice.directMessage(key.pubkey, 'One'), alice.directMessage(key.pubkey, 'Two')];
    for (const relay of relays) relay.publish(mallory.directMessage(key.pubkey, 'Spam'), first);
    const { letters, came } = reading(relays);
    await came(1);
    for (const relay of relays) relay.drop();
    for (const relay of relays) relay.publish(second);
    await came(2);
    expect(letters.map(({ content }) => content)).toEqual(['One', 'Two']);
  });

  test('comes once even in a second wrap', async () => {
    const relay = await sandboxRelay();
    const letter = wrote('Once', 'alice');
    relay.publish(sealed(letter), sealed(letter));
    const { letters, came } = reading([relay]);
    await came(1);
    relay.publish(sealed(letter), alice.directMessage(key.pubkey, 'Last'));
    await came(2);
    expect(letters.map(({ content }) => content)).toEqual(['Once', 'Last']);
  });

  test('comes again if it couldn’t be taken', async () => {
    const relay = await sandboxRelay();
    for (let n = 0; n < 45; n += 1) relay.publish(mallory.directMessage(key.pubkey, `Spam ${n}`));
    relay.publish(alice.directMessage(key.pubkey, 'Here'));
    let tries = 0;
    const { letters, came } = reading([relay], () => (tries += 1) === 1);
    await came(1);
    expect(letters.map(({ content }) => content)).toEqual(['Here']);
    expect(tries).toBe(2);
  });

  test('comes from other relays if one never answers AUTH', async () => {
    const [silentOne, well] = [await sandboxRelay({ directMessages: 'left-out' }), await sandboxRelay()];
    silentOne.faults.set({ okay: 'never' });
    for (const relay of [silentOne, well]) relay.publish(alice.directMessage(key.pubkey, 'Here'));
    const { letters, came } = reading([silentOne, well]);
    await came(1);
    expect(letters.map(({ content }) => content)).toEqual(['Here']);
  });

  const nowS = Math.floor(Date.now() / 1000);
  const dated = (created_at: number, words: string) =>
    sealed(createRumor({ kind: 14, content: words, created_at, tags: [] }, secretOf('alice')));

  test('is ignored if it was written before a backup was restored', async () => {
    const relay = await sandboxRelay();
    relay.publish(dated(nowS - 120, 'Before'), dated(nowS - 60, 'At that moment'), dated(nowS - 59, 'After'));
    const { letters, came } = reading([relay], undefined, nowS - 60);
    await came(1);
    relay.publish(alice.directMessage(key.pubkey, 'Last'));
    await came(2);
    expect(letters.map(({ content }) => content)).toEqual(['After', 'Last']);
  });

  test('is ignored if it is old, or from the future', async () => {
    const relay = await sandboxRelay();
    relay.publish(dated(nowS - 15 * 86_400, 'Old'), dated(nowS + 3_600, 'Ahead'), dated(nowS, 'Now'));
    const { letters, came } = reading([relay]);
    await came(1);
    relay.publish(alice.directMessage(key.pubkey, 'Last'));
    await came(2);
    expect(letters.map(({ content }) => content)).toEqual(['Now', 'Last']);
  });
});
