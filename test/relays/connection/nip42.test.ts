import { generateSecretKey } from 'nostr-tools/pure';
import { describe, expect, test } from 'vitest';
import type { SandboxRelayOptions } from '../../../sandbox/relay/relay.ts';
import { botKeyFrom } from '../../../src/relays/bot-key.ts';
import { follow, isRequest, notesUntilNow, sandboxRelay } from '../relays.fixture.ts';

const key = botKeyFrom(Buffer.from(generateSecretKey()).toString('hex'));
const isAuth = (frame: readonly unknown[]): boolean => frame[0] === 'AUTH';
const answersTo = (frames: readonly (readonly unknown[])[]) =>
  frames.filter(isAuth).map((frame) => frame[1] as { pubkey: string; kind: number; tags: string[][] });

async function lockedRelay(admission: SandboxRelayOptions['admission'] = {}) {
  const relay = await sandboxRelay({ admission });
  relay.publish(...notesUntilNow(3));
  return relay;
}

describe('a relay that demands authentication', () => {
  test.each(['at-once', 'late'] as const)('gets it, and is asked again (challenge %s)', async (challenge) => {
    const relay = await lockedRelay({ challenge });
    const follower = follow({ relays: [relay], key });
    await follower.first('caught-up');
    expect(follower.contents()).toEqual(['note 2', 'note 1', 'note 0']);
    expect(answersTo(relay.frames)).toMatchObject([{ pubkey: key.pubkey, kind: 22_242 }]);
    expect(follower.relays.states()[0]?.error).toBeUndefined();
    expect(follower.items.map(({ type }) => type)).not.toContain('interrupted');
  });

  test('gets none for a bare challenge', async () => {
    const relay = await sandboxRelay();
    relay.publish(...notesUntilNow(1));
    relay.faults.set({ raw: () => ['["AUTH","who are you?"]'] });
    const follower = follow({ relays: [relay], key });
    await follower.first('caught-up');
    expect(relay.frames.filter(isAuth)).toEqual([]);
  });

  test('gets it on each connection, for that connection’s challenge', async () => {
    const relay = await lockedRelay();
    const follower = follow({ relays: [relay], key });
    await follower.first('caught-up');
    relay.drop();
    await follower.first('caught-up', relay, 2);
    const challenges = answersTo(relay.frames).map(({ tags }) => tags.find(([name]) => name === 'challenge'));
    expect(challenges.length).toBe(2);
    expect(challenges[0]).not.toEqual(challenges[1]);
  });

  test('gets an answer to its newest challenge', async () => {
    const relay = await lockedRelay({ challenge: 'late' });
    relay.faults.set({ beforeRefusal: () => ['["AUTH","an old one"]'] });
    const follower = follow({ relays: [relay], key });
    await follower.first('caught-up');
    expect(answersTo(relay.frames).length).toBe(1);
  });

  test('may send its challenge after it has refused', async () => {
    const relay = await lockedRelay({ challenge: 'after-refusal' });
    const follower = follow({ relays: [relay], key });
    await follower.first('caught-up');
    expect(follower.contents().length).toBe(3);
  });

  test('and never confirms is asked again all the same', async () => {
    const relay = await lockedRelay();
    relay.faults.set({ okay: 'never' });
    const follower = follow({ relays: [relay], key, timeouts: { pageSilenceMs: 60 } });
    await follower.first('caught-up');
    expect(follower.contents().length).toBe(3);
  });
});

describe('a relay that keeps refusing', () => {
  const nobody = (): boolean => false;
  const quarantineMs = 60_000;

  test('without a key: "needs key"', async () => {
    const relay = await lockedRelay();
    const follower = follow({ relays: [relay], timeouts: { quarantineMs } });
    expect((await follower.first('interrupted')).reason).toBe('needs a key: set BOT_KEY');
    await relay.connected(0);
    expect(follower.relays.states()).toMatchObject([{ state: 'waiting', error: { kind: 'needs-key' } }]);
    expect(relay.frames.filter(isAuth)).toEqual([]);
  });

  test.each([
    ['because it does not admit its owner', { admits: nobody }, /^restricted: /, 'refuses-key', 4],
    ['as if it had none', { admits: nobody, stubborn: true }, /^refuses our key$/, 'refuses-key', 4],
    ['as one that is not right', { clock: -3_600_000 }, /^refuses our key$/, 'refuses-key', 2],
  ] as const)(
    'our key (%s) is left alone, and the state says why',
    async (_, how, reason, kind, requests) => {
      const relay = await lockedRelay(how);
      const follower = follow({ relays: [relay], key, timeouts: { quarantineMs } });
      expect((await follower.first('interrupted')).reason).toMatch(reason);
      await relay.connected(0);
      expect(follower.relays.states()).toMatchObject([{ state: 'waiting', error: { kind } }]);
      expect(relay.frames.filter(isAuth).length).toBe(1);
      expect(relay.frames.filter(isRequest).length).toBe(requests);
    },
  );

  test('after it was satisfied gets the key on a new connection', async () => {
    const relay = await lockedRelay();
    const follower = follow({ relays: [relay], key, timeouts: { refreshMs: 20 } });
    await follower.first('caught-up');
    relay.faults.set({ closed: { reason: 'auth-required: once more', times: 1 } });
    expect((await follower.first('interrupted')).reason).toBe('asks for our key again');
    const before = follower.items.length;
    await follower.until(() => follower.items.slice(before).some(({ type }) => type === 'caught-up'));
    expect(answersTo(relay.frames).length).toBe(2);
  });

  test('without any challenge is tried again later', async () => {
    const relay = await sandboxRelay();
    relay.faults.set({ closed: { reason: 'auth-required: guess', times: 1 } });
    const follower = follow({ relays: [relay], key, timeouts: { pageSilenceMs: 40 } });
    expect((await follower.first('interrupted')).reason).toBe('no challenge');
    await follower.first('caught-up');
  });
});
