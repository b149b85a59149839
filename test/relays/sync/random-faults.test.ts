import { expect, test } from 'vitest';
import { type Faults, forgedCopy } from '../../../sandbox/relay/faults.ts';
import type { SandboxRelay, SandboxRelayOptions } from '../../../sandbox/relay/relay.ts';
import { botKeyFrom } from '../../../src/relays/bot-key.ts';
import { followIntoArchive } from '../archive.fixture.ts';
import { numbersFrom } from '../random.fixture.ts';
import { alice, mallory, sandboxRelay } from '../relays.fixture.ts';

const NOTES = 40;
const SEEDS = Number(process.env['SCHEDULES'] ?? 6);
const QUICKER = {
  refreshMs: 40,
  pageSilenceMs: 80,
  pageMs: 500,
  pingMs: 20,
  deadMs: 150,
  resyncMs: 150,
  resyncRetryMs: 50,
  fullResyncMs: 600,
  supportMs: 200,
};
const key = botKeyFrom('2b'.repeat(32));

/** What the relay that limits is like, in each schedule another way. */
const MANNERS: readonly SandboxRelayOptions[] = [
  { admission: {} },
  { admission: {}, wording: 'strfry', maxKinds: 3 },
  { restricted: { kinds: [1, 6, 30_023] }, wording: 'strfry' },
  { admission: {}, refusing: 'empty' },
  { admission: {}, refusing: 'notice', wording: 'strfry', maxAsked: 100 },
  { wording: 'vague', maxSubscriptions: 1, maxAsked: 20 },
];

/** Three relays: one that compares (NIP-77), one that limits and has manners of its own, and a hostile one. */
async function threeRelays(nowS: number, manners: SandboxRelayOptions = {}) {
  const comparing = await sandboxRelay({ maxLimit: 5, negentropy: {} });
  const limiting = await sandboxRelay({ maxLimit: 7, rate: { requests: 60, perMs: 300 }, ...manners });
  const hostile = await sandboxRelay({ maxLimit: 5, negentropy: {} });
  const foreign = mallory.note('not alice', { createdAt: nowS });
  const future = alice.note('too early', { createdAt: nowS + 86_400 });
  const hostility: Partial<Faults> = {
    ahead: (event) => [forgedCopy(event), foreign, { ...foreign, pubkey: alice.pubkey }],
    raw: (id) => ['nonsense', JSON.stringify(['EVENT', id, future]), '["NOTICE","busy"]', '["AUTH","you?"]'],
    inventedIds: () => ['ab'.repeat(32)],
    copies: 2,
  };
  hostile.faults.set(hostility);
  return {
    comparing,
    limiting,
    hostile,
    mend(relay: SandboxRelay): void {
      relay.faults.clear();
      if (relay === hostile) relay.faults.set(hostility);
    },
  };
}

type Trouble = (relay: SandboxRelay, below: (limit: number) => number) => void;
const TROUBLES: readonly Trouble[] = [
  (relay) => relay.drop(),
  (relay) => relay.faults.set({ mute: true }),
  (relay) => relay.faults.set({ eose: 'half' }),
  (relay) => relay.faults.set({ eose: 'never' }),
  (relay) => relay.faults.set({ eose: 'early' }),
  (relay) => relay.faults.set({ connect: 'refuse' }),
  (relay) => relay.faults.set({ forgetful: true }),
  (relay) => relay.faults.set({ blackHole: true }),
  (relay) => relay.faults.set({ copies: 3, ignoreLimit: true }),
  (relay) => relay.faults.set({ okay: 'never' }),
  (relay, below) => relay.faults.set({ dropAfter: 3 + below(20) }),
  (relay, below) => relay.faults.set({ closed: { reason: 'error: tired', times: 1 + below(3) } }),
  (relay) => relay.faults.set({ closed: { reason: 'rate-limited: hush', times: 1 } }),
  (relay) => relay.faults.set({ closed: { reason: 'auth-required: again', times: 1 } }),
  // It says EOSE, and has more: some of it is served only later.
  (relay, below) => {
    const digit = below(16).toString(16);
    relay.faults.set({ withheld: ({ id }) => id.startsWith(digit) || id.endsWith(digit) });
  },
  (relay, below) => {
    const ways = ['silent', 'notice', 'closed', 'refused', 'nonsense', 'hang-up'] as const;
    relay.faults.set({ negotiation: ways[below(ways.length)] ?? 'silent' });
  },
];

test.each(Array.from({ length: SEEDS }, (_, n) => n + 1))(
  'whatever goes wrong (schedule %i), each note is archived and posted once',
  async (seed) => {
    const random = numbersFrom(seed);
    const below = (limit: number): number => Math.floor(random() * limit);
    const nowS = Math.floor(Date.now() / 1000);
    const { comparing, limiting, hostile, mend } = await threeRelays(nowS, MANNERS[seed % MANNERS.length]);
    const relays = [comparing, limiting, hostile];
    const beganAt = nowS - 100_000;
    const follower = await followIntoArchive({
      relays,
      key,
      beganAt,
      random: numbersFrom(seed + 1_000),
      timeouts: QUICKER,
    });

    const published: { readonly content: string; readonly isNews: boolean }[] = [];
    function publish(content: string, createdAt: number, home: SandboxRelay): void {
      const note = alice.note(content, { createdAt });
      published.push({ content, isNews: createdAt > beganAt });
      for (const relay of relays) if (relay === home || below(2) === 0) relay.publish(note);
    }
    for (let index = 0; index < NOTES; index += 1) {
      // Every note is on one relay that is honest, whatever state that is in, and perhaps on others.
      const home = below(2) === 0 ? comparing : limiting;
      // Pairs share a second; some are backdated, by minutes, by days, or to before all this began.
      const back = [below(3_600), 86_400 + below(3_600), 864_000 + below(3_600)][below(12)];
      publish(`note ${index}`, nowS - (back ?? 100 - (index >> 1)), home);
      // More in one second than a page holds: only comparing shows it.
      if (index % 20 === 7)
        for (let more = 0; more < 12; more += 1) publish(`dense ${index} ${more}`, nowS - 5_000, comparing);
      const victim = relays[below(3)] ?? comparing;
      if (below(3) > 0) TROUBLES[below(TROUBLES.length)]?.(victim, below);
      else mend(victim);
      // The next step comes when the follower has done something, so that troubles meet it at work.
      const { length } = published;
      const before = follower.reports();
      if (below(2) === 0) await follower.until(() => follower.reports() > before || length > NOTES + 20);
    }
    for (const relay of relays) mend(relay);
    publish('the last one', nowS, limiting);
    await follower.until(async () => {
      const archived = new Set(await follower.archived());
      return published.every(({ content }) => archived.has(content));
    });

    expect((await follower.archived()).toSorted()).toEqual(
      published.map(({ content }) => content).toSorted(),
    );
    const news = published.filter(({ isNews }) => isNews).map(({ content }) => `post ${content}`);
    await follower.until(async () => (await follower.posts()).length >= news.length);
    expect((await follower.posts()).toSorted()).toEqual(news.toSorted());
  },
);
