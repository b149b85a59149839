import { expect, test } from 'vitest';
import { largestFitting } from '../../src/platform/cut-block.ts';
import { escapeMarkdown } from '../../src/platform/discord/render/escape.ts';

test.each([
  [0, 0],
  [1, 0],
  [1, 1],
  [2, 1],
  [7, 3],
  [7, 7],
  [100, 64],
  [100, 99],
])('the largest of 0 to %d that holds up to %d is found', (max, limit) => {
  expect(largestFitting(max, (n) => n <= limit)).toBe(limit);
});

test('what fits is found without asking about much more than fits', () => {
  const asked: number[] = [];
  const fits = (n: number): boolean => {
    asked.push(n);
    return n <= 3_800;
  };
  expect(largestFitting(1_000_000, fits)).toBe(3_800);
  expect(Math.max(...asked)).toBeLessThan(8_000);
  expect(asked.length).toBeLessThan(30);
});

test.each([
  ['# a ###', '\\# a \\#\\#\\#'],
  ['###', '\\#\\#\\#'],
  ['## k', '\\## k'],
  ['a ## \nb #c', 'a \\#\\# \nb #c'],
])('hash signs that begin or end a heading are escaped one by one: %j', (text, expected) => {
  expect(escapeMarkdown(text)).toBe(expected);
});
