import { createHash } from 'node:crypto';
import { nip77 } from 'nostr-tools';
import { describe, expect, test } from 'vitest';
import { createResponder, type Item } from '../../sandbox/relay/negentropy.ts';
import { numbersFrom } from '../relays/random.fixture.ts';

const idOf = (n: number): string => createHash('sha256').update(`event ${n}`).digest('hex');

/** What nostr-tools' side of the protocol finds out, and in how many rounds. */
function compared(ours: readonly Item[], respond: (message: string) => string, frameLimit?: number) {
  const storage = new nip77.NegentropyStorageVector();
  for (const { createdAt, id } of ours) storage.insert(createdAt, id);
  storage.seal();
  const negentropy = new nip77.Negentropy(storage, frameLimit);
  const [have, need] = [new Set<string>(), new Set<string>()];
  let longest = 0;
  let message: string | null = negentropy.initiate();
  let rounds = 0;
  for (; message !== null && rounds < 300; rounds += 1) {
    const answer = respond(message);
    longest = Math.max(longest, answer.length / 2);
    message = negentropy.reconcile(
      answer,
      (id) => have.add(id),
      (id) => need.add(id),
    );
  }
  return { have: [...have].sort(), need: [...need].sort(), longest, rounds };
}

const without = (items: readonly Item[], others: readonly Item[]): readonly string[] => {
  const ids = new Set(others.map(({ id }) => id));
  return items.flatMap(({ id }) => (ids.has(id) ? [] : [id])).sort();
};

describe('the sandbox relay’s side of NIP-77', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('finds every difference of two sets with the reference: %i', (seed) => {
    const random = numbersFrom(seed);
    for (let trial = 0; trial < 12; trial += 1) {
      const [size, span] = [Math.floor(random() ** 3 * 3_000), 1 + Math.floor(random() * 500)];
      const all = Array.from({ length: size }, (_, n) => ({
        createdAt: 1_700_000_000 + Math.floor(random() * span),
        id: idOf(seed * 1e6 + trial * 1e4 + n),
      }));
      const [often, seldom] = [random(), random()];
      const ours = all.filter(() => random() < often);
      const theirs = all.filter(() => random() < seldom || random() < 0.5);
      const limit = random() < 0.5 ? Number.POSITIVE_INFINITY : 4_096;
      const { have, need, longest } = compared(ours, createResponder(theirs, limit), 4_096);
      expect(need).toEqual(without(theirs, ours));
      expect(have).toEqual(without(ours, theirs));
      expect(longest).toBeLessThanOrEqual(limit);
    }
  });

  test('agrees about equal sets in one round', () => {
    const items = Array.from({ length: 1_000 }, (_, n) => ({ createdAt: 1_700_000_000 + n, id: idOf(n) }));
    expect(compared(items, createResponder(items))).toMatchObject({ have: [], need: [], rounds: 1 });
    expect(compared([], createResponder([]))).toMatchObject({ have: [], need: [], rounds: 1 });
  });

  test.each(['', '60', '62', '6100', '61000003', '61000001ff', 'zz'])('refuses "%s"', (message) => {
    expect(() => createResponder([])(message)).toThrow(RangeError);
  });
});
