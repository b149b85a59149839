import { expect, test } from 'vitest';
import { timeWords } from '../../src/note/times.ts';
import { en } from '../../src/text/en.ts';
import { zh } from '../../src/text/zh.ts';

const at = Date.UTC(2025, 8, 1, 19, 5) / 1000;

test.each([
  ['date', en, 'UTC', '1 September 2025'],
  ['moment', en, 'UTC', '1 September 2025, 19:05 UTC'],
  ['moment', en, 'Etc/UTC', '1 September 2025, 19:05 UTC'],
  ['moment', en, 'America/New_York', '1 September 2025, 15:05'],
  ['ago', en, 'UTC', '1 Sep 2025'],
  ['day', en, 'UTC', '1 Sep 2025'],
  ['clock', en, 'America/New_York', '15:05'],
  ['day', zh, 'UTC', '2025年9月1日'],
  ['date', zh, 'Asia/Shanghai', '2025年9月2日'],
  ['moment', zh, 'Asia/Shanghai', '2025年9月2日 03:05'],
  ['moment', zh, 'UTC', '2025年9月1日 19:05（UTC）'],
] as const)('a %s (%#)', (style, texts, timeZone, expected) => {
  expect(timeWords({ at, style }, texts, timeZone)).toBe(expected);
});
