import { expect, test } from 'vitest';
import { type Faults, forgedCopy } from '../../src/sandbox/relay/faults.ts';
import { numbersFrom } from './random.ts';
import { alice, follow, mallory, sandboxRelay } from './support.ts';

const NOTES = 40;
const LAST = 'the last one';

test.each([1, 2, 3, 4, 5, 6])(
  'no note is lost, forged or doubled in the trouble of schedule %i',
  async (seed) => {
    const random = numbersFrom(seed);
    const below = (limit: number): number => Math.floor(random() * limit);
    const relays = [
      await sandboxRelay({ maxLimit: 5 }),
      await sandboxRelay({ maxLimit: 7 }),
      await sandboxRelay({ maxLimit: 5 }),
    ] as const;
    const [, , hostile] = relays;
    const nowS = Math.floor(Date.now() / 1000);
    const foreign = mallory.note('not alice', { createdAt: nowS });
    const future = alice.note('too early', { createdAt: nowS + 86_400 });
    const hostility: Partial<Faults> = {
      ahead: (event) => [forgedCopy(event), foreign, { ...foreign, pubkey: alice.pubkey }],
      raw: (id) => ['nonsense', JSON.stringify(['EVENT', id, future]), '["NOTICE","busy"]'],
      copies: 2,
    };
    hostile.faults.set(hostility);

    const troubles: readonly ((relay: (typeof relays)[number]) => void)[] = [
      (relay) => relay.drop(),
      (relay) => relay.faults.set({ mute: true }),
      (relay) => relay.faults.set({ eose: 'half' }),
      (relay) => relay.faults.set({ eose: 'never' }),
      (relay) => relay.faults.set({ connect: 'refuse' }),
      (relay) => relay.faults.set({ forgetful: true }),
      (relay) => relay.faults.set({ dropAfter: 3 + below(20) }),
      (relay) => relay.faults.set({ blackHole: true }),
      (relay) => relay.faults.set({ copies: 3, ignoreLimit: true }),
      (relay) => relay.faults.set({ closed: { reason: 'error: tired', times: 1 + below(3) } }),
      (relay) => relay.faults.set({ closed: { reason: 'rate-limited: hush', times: 1 } }),
    ];
    function mend(relay: (typeof relays)[number]): void {
      relay.faults.clear();
      if (relay === hostile) relay.faults.set(hostility);
    }

    const follower = follow({
      relays,
      random: numbersFrom(seed + 1_000),
      timers: { refreshMs: 40, pageSilenceMs: 60, pageMs: 400, pingMs: 20, deadMs: 150 },
    });
    const published: string[] = [];
    for (let index = 0; index < NOTES; index += 1) {
      // Pairs share a second, some are backdated. (More in one second than a page holds, nobody could find.)
      const backS = below(4) === 0 ? below(3_600) : 100 - (index >> 1);
      const note = alice.note(`note ${index}`, { createdAt: nowS - backS });
      published.push(note.content);
      // Every note is on one relay that is honest, whatever state that is in, and perhaps on others.
      const home = relays[below(2)] ?? relays[0];
      for (const relay of relays) if (relay === home || below(2) === 0) relay.publish(note);
      const victim = relays[below(3)] ?? relays[0];
      if (below(3) > 0) troubles[below(troubles.length)]?.(victim);
      else mend(victim);
      // The next step comes when the follower has done something, so that troubles meet it at work.
      if (below(2) === 0) await follower.until(advanced(follower.items.length));
    }
    for (const relay of relays) mend(relay);
    for (const { url } of relays.slice(0, 2)) {
      const before = follower.items.length;
      await follower.until(() =>
        follower.items.slice(before).some((item) => item.type === 'caught-up' && item.relay === url),
      );
    }
    relays[0].publish(alice.note(LAST, { createdAt: nowS }));
    await follower.until(() =>
      [...published, LAST].every((content) => follower.contents().includes(content)),
    );
    expect(follower.contents().toSorted()).toEqual([...published, LAST].toSorted());

    function advanced(from: number): () => boolean {
      return () => follower.items.length > from;
    }
  },
);
