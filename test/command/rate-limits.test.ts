import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bucket, createRateLimits, RATE_LIMITS } from '../../src/command/rate-limits.ts';
import { createCommandFixture } from '../commands/command.fixture.ts';

const { asker, place } = RATE_LIMITS;

function bench() {
  const clock = { nowMs: 1_000 };
  const limits = createRateLimits(() => clock.nowMs);
  return {
    clock,
    take: (...claims: readonly Bucket[]) => limits.acquire(claims),
    /** How many of `count` are let through. */
    taken: (count: number, ...claims: readonly Bucket[]) =>
      Array.from({ length: count }, () => limits.acquire(claims)).filter(({ waitMs }) => waitMs === 0).length,
  };
}

describe('an allowance', () => {
  test('takes a burst at once, then one every so often', () => {
    const { clock, take, taken } = bench();
    expect(taken(100, ['asker', 'a'])).toBe(asker.burst);
    clock.nowMs += asker.everyMs - 1;
    expect(take(['asker', 'a'])).toEqual({ waitMs: 1, first: false });
    clock.nowMs += 1;
    expect(taken(100, ['asker', 'a'])).toBe(1);
    clock.nowMs += asker.burst * asker.everyMs;
    expect(taken(100, ['asker', 'a'])).toBe(asker.burst);
  });

  test('says once that it is spent, and again only after it was whole in between', () => {
    const { clock, take, taken } = bench();
    taken(asker.burst, ['asker', 'a']);
    expect(take(['asker', 'a'])).toEqual({ waitMs: asker.everyMs, first: true });
    expect(take(['asker', 'a'])).toEqual({ waitMs: asker.everyMs, first: false });
    clock.nowMs += asker.everyMs;
    expect(taken(1, ['asker', 'a'])).toBe(1);
    expect(take(['asker', 'a'])).toMatchObject({ first: false });
    clock.nowMs += asker.burst * asker.everyMs;
    taken(asker.burst, ['asker', 'a']);
    expect(take(['asker', 'a'])).toMatchObject({ first: true });
  });

  test('is one for each kind and id, and is left as it was where another one has no room', () => {
    const { taken } = bench();
    expect(taken(100, ['asker', 'a'], ['place', 'p'])).toBe(asker.burst);
    expect(taken(100, ['asker', 'p'])).toBe(asker.burst);
    expect(taken(100, ['place', 'p'])).toBe(place.burst - asker.burst);
    expect(taken(100, ['asker', 'b'], ['place', 'p'])).toBe(0);
    expect(taken(100, ['asker', 'b'])).toBe(asker.burst);
  });

  test('never gives more in any stretch of time than its burst and its rate', () => {
    const moments = fc.array(fc.integer({ min: 0, max: 2 * asker.everyMs }), { maxLength: 300 });
    const shortest = fc.property(moments, (pauses) => {
      const { clock, take } = bench();
      const taken: number[] = [];
      for (const pause of pauses) {
        clock.nowMs += pause;
        if (take(['asker', 'a']).waitMs === 0) taken.push(clock.nowMs);
      }
      const spans = taken.slice(asker.burst).map((at, index) => at - (taken[index] ?? 0));
      return spans.every((span) => span >= asker.everyMs);
    });
    expect(fc.check(shortest).failed).toBe(false);
  });

  test('is forgotten where ten thousand others were asked of since', () => {
    const { take, taken } = bench();
    for (const id of ['first', 'busy']) taken(100, ['asker', id]);
    for (let other = 0; other < 9_999; other += 1) {
      take(['asker', `other ${other}`]);
      if (other % 5_000 === 0) take(['asker', 'busy']);
    }
    expect(taken(100, ['asker', 'busy'])).toBe(0);
    expect(taken(100, ['asker', 'first'])).toBe(asker.burst);
  });
});

describe('who asks', () => {
  const asking = (id: string, command = 'latest', manages = false) => ({
    command,
    asker: { id, manages, language: 'en' },
    place: 'discord:1',
  });

  test('too much is told when to come back', async () => {
    const { dispatch, clock } = await createCommandFixture();
    for (let count = 0; count < asker.burst; count += 1)
      expect(dispatch.admit(asking('discord:7'))).toEqual({ status: 'admitted' });
    const sentence = (seconds: string) => `Slow down – try again in ${seconds}.`;
    expect(dispatch.admit(asking('discord:7'))).toEqual({
      status: 'refused',
      sentence: sentence('3 seconds'),
      first: true,
    });
    clock.nowMs += 2_000;
    expect(dispatch.admit(asking('discord:7'))).toMatchObject({
      sentence: sentence('1 second'),
      first: false,
    });
    clock.nowMs += 1_000;
    expect(dispatch.admit(asking('discord:7'))).toEqual({ status: 'admitted' });
  });

  test('in a crowd waits with it, but whoever manages the place can still change how it is served', async () => {
    const { dispatch } = await createCommandFixture();
    for (let count = 0; count < place.burst; count += 1) dispatch.admit(asking(`discord:${count}`));
    expect(dispatch.admit(asking('discord:new'))).toMatchObject({ status: 'refused' });
    expect(dispatch.admit(asking('discord:new', 'subscribe'))).toMatchObject({ status: 'refused' });
    expect(dispatch.admit(asking('discord:ada', 'latest', true))).toMatchObject({ status: 'refused' });
    for (let count = 0; count < RATE_LIMITS.manager.burst; count += 1)
      expect(dispatch.admit(asking('discord:ada', 'unsubscribe', true))).toEqual({ status: 'admitted' });
    expect(dispatch.admit(asking('discord:ada', 'subscribe', true))).toMatchObject({ status: 'refused' });
  });

  test('at every letter gets suggestions up to an allowance of its own, and then none for a while', async () => {
    const { dispatch, clock } = await createCommandFixture();
    const typing = { command: 'search', option: 'query', typed: '#h', language: 'en' };
    const suggested = (asker: string) => dispatch.suggest({ ...typing, asker });
    for (let count = 0; count < RATE_LIMITS.suggestion.burst; count += 1)
      expect(await suggested('discord:7')).toEqual(['#harbour']);
    expect(await suggested('discord:7')).toEqual([]);
    expect(await suggested('discord:8')).toEqual(['#harbour']);
    expect(dispatch.admit(asking('discord:7'))).toEqual({ status: 'admitted' });
    clock.nowMs += RATE_LIMITS.suggestion.everyMs;
    expect(await suggested('discord:7')).toEqual(['#harbour']);
    expect(await suggested('discord:7')).toEqual([]);
  });

  test('in any chat finds posts to share up to an allowance of its own', async () => {
    const { dispatch, clock } = await createCommandFixture();
    for (let count = 0; count < RATE_LIMITS.inline.burst; count += 1)
      expect(dispatch.admitInline('telegram:7')).toBe(true);
    expect(dispatch.admitInline('telegram:7')).toBe(false);
    expect(dispatch.admitInline('telegram:8')).toBe(true);
    clock.nowMs += RATE_LIMITS.inline.everyMs;
    expect(dispatch.admitInline('telegram:7')).toBe(true);
  });
});
