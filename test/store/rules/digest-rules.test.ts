import { describe, expect, test } from 'vitest';
import { MAX_LINES } from '../../../src/note/present/digest.ts';
import { digestEnd, digestOf, isFarBehind } from '../../../src/store/rules/digest-rules.ts';
import { newInFlight } from '../../../src/store/rules/in-flight.ts';
import { note } from '../../contract/store-notes.fixture.ts';

const THRESHOLD = { count: 3, beforeS: 100, flood: 9 };

describe('where a digest may end', () => {
  const place = { position: 10, nextSeq: 11, head: 14 };
  test.each<[string, Parameters<typeof digestEnd>, number | undefined]>([
    ['at the head, if more entries wait than the threshold', [place, THRESHOLD], 14],
    ['nowhere, if fewer wait', [{ ...place, head: 13 }, THRESHOLD], undefined],
    ['nowhere without a threshold', [place, undefined], undefined],
    ['where it was begun', [{ ...place, inFlight: newInFlight(12) }, THRESHOLD], 12],
    ['where it was begun, without a threshold', [{ ...place, inFlight: newInFlight(12) }, undefined], 12],
    ['nowhere, if a post was begun', [{ ...place, inFlight: newInFlight(11) }, THRESHOLD], undefined],
  ])('%s', (_, given, end) => {
    expect(digestEnd(...given)).toBe(end);
  });
});

describe('being far behind', () => {
  const posts = (count: number, oldestS: number) =>
    Array.from({ length: count }, (_, n) => ({ createdAt: oldestS + count - 1 - n }));
  test.each<[string, number, number, boolean]>([
    ['many posts, the oldest old', 4, 99, true],
    ['many posts, the oldest recent', 4, 100, false],
    ['few posts, however old', 3, 0, false],
    ['very many posts, however recent', 10, 1_000, true],
    ['no posts', 0, 0, false],
  ])('%s', (_, count, oldestS, isFar) => {
    expect(isFarBehind(posts(count, oldestS), THRESHOLD)).toBe(isFar);
  });
});

test('a digest shows the newest notes and counts the others', () => {
  const keys = Array.from({ length: MAX_LINES + 2 }, (_, n) => `${n}`);
  const { notes, more } = digestOf(keys, (key) => note({ name: key }));
  expect(notes.map(({ event }) => event.content)).toEqual(keys.slice(0, MAX_LINES));
  expect(more).toBe(2);
});

test('a note that no longer exists is counted, not shown', () => {
  expect(digestOf(['a', 'b'], (key) => (key === 'a' ? undefined : note({ name: key })))).toMatchObject({
    notes: [{ event: { content: 'b' } }],
    more: 1,
  });
});
