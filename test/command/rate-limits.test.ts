import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bucket, createRateLimits, RATE_LIMITS } from '../../src/command/rate-limits.ts';
import { createCommandFixture } from '../commands/command.fixture.ts';

const { user, chat } = RATE_LIMITS;

function bench() {
  const clock = { nowMs: 1_000 };
  const limits = createRateLimits(() => clock.nowMs);
  return {
    clock,
    take: (...claims: readonly Bucket[]) => limits.acquire(claims),
    /** How many of `count` are allowed. */
    taken: (count: number, ...claims: readonly Bucket[]) =>
      Array.from({ length: count }, () => limits.acquire(claims)).filter(({ waitMs }) => waitMs === 0).length,
  };
}

describe('a bucket', () => {
  test('allows a burst, then one per interval', () => {
    const { clock, take, taken } = bench();
    expect(taken(100, ['user', 'a'])).toBe(user.burst);
    clock.nowMs += user.everyMs - 1;
    expect(take(['user', 'a'])).toEqual({ waitMs: 1, isFirstRefusal: false });
    clock.nowMs += 1;
    expect(taken(100, ['user', 'a'])).toBe(1);
    clock.nowMs += user.burst * user.everyMs;
    expect(taken(100, ['user', 'a'])).toBe(user.burst);
  });

  test('reports the first refusal, and again only after it was full in between', () => {
    const { clock, take, taken } = bench();
    taken(user.burst, ['user', 'a']);
    expect(take(['user', 'a'])).toEqual({ waitMs: user.everyMs, isFirstRefusal: true });
    expect(take(['user', 'a'])).toEqual({ waitMs: user.everyMs, isFirstRefusal: false });
    clock.nowMs += user.everyMs;
    expect(taken(1, ['user', 'a'])).toBe(1);
    expect(take(['user', 'a'])).toMatchObject({ isFirstRefusal: false });
    clock.nowMs += user.burst * user.everyMs;
    taken(user.burst, ['user', 'a']);
    expect(take(['user', 'a'])).toMatchObject({ isFirstRefusal: true });
  });

  test('is separate for each kind and id, and isn’t used if another one is exhausted', () => {
    const { taken } = bench();
    expect(taken(100, ['user', 'a'], ['chat', 'p'])).toBe(user.burst);
    expect(taken(100, ['user', 'p'])).toBe(user.burst);
    expect(taken(100, ['chat', 'p'])).toBe(chat.burst - user.burst);
    expect(taken(100, ['user', 'b'], ['chat', 'p'])).toBe(0);
    expect(taken(100, ['user', 'b'])).toBe(user.burst);
  });

  test('never allows more in any period than its burst and its rate', () => {
    const moments = fc.array(fc.integer({ min: 0, max: 2 * user.everyMs }), { maxLength: 300 });
    const shortest = fc.property(moments, (pauses) => {
      const { clock, take } = bench();
      const taken: number[] = [];
      for (const pause of pauses) {
        clock.nowMs += pause;
        if (take(['user', 'a']).waitMs === 0) taken.push(clock.nowMs);
      }
      const spans = taken.slice(user.burst).map((at, index) => at - (taken[index] ?? 0));
      return spans.every((span) => span >= user.everyMs);
    });
    expect(fc.check(shortest).failed).toBe(false);
  });

  test('is dropped after ten thousand others were used', () => {
    const { take, taken } = bench();
    for (const id of ['first', 'busy']) taken(100, ['user', id]);
    for (let other = 0; other < 9_999; other += 1) {
      take(['user', `other ${other}`]);
      if (other % 5_000 === 0) take(['user', 'busy']);
    }
    expect(taken(100, ['user', 'busy'])).toBe(0);
    expect(taken(100, ['user', 'first'])).toBe(user.burst);
  });
});

describe('a user', () => {
  const setup = async () => {
    const { handler, clock } = await createCommandFixture({ isLimited: true });
    return { handler, clock };
  };

  test('gets completions at every keystroke up to a limit of their own, then none for a while', async () => {
    const { handler, clock } = await setup();
    const typing = { command: 'search', option: 'query', typed: '#h', language: 'en' };
    const completed = (id: string) => handler.autocomplete({ ...typing, user: id });
    for (let count = 0; count < RATE_LIMITS.suggestion.burst; count += 1)
      expect(await completed('discord:7')).toEqual(['#harbour']);
    expect(await completed('discord:7')).toEqual([]);
    expect(await completed('discord:8')).toEqual(['#harbour']);
    clock.nowMs += RATE_LIMITS.suggestion.everyMs;
    expect(await completed('discord:7')).toEqual(['#harbour']);
    expect(await completed('discord:7')).toEqual([]);
  });

  test('finds posts to share in any chat up to a limit of their own', async () => {
    const { handler, clock } = await setup();
    const found = async (id: string) =>
      (await handler.shareNotes({ words: '', offset: '', user: id, language: 'en' })) !== undefined;
    for (let count = 0; count < RATE_LIMITS.inline.burst; count += 1)
      expect(await found('telegram:7')).toBe(true);
    expect(await found('telegram:7')).toBe(false);
    expect(await found('telegram:8')).toBe(true);
    clock.nowMs += RATE_LIMITS.inline.everyMs;
    expect(await found('telegram:7')).toBe(true);
  });
});
