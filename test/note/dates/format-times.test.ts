import { expect, test } from 'vitest';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { zh } from '../../../src/i18n/zh/catalogue.ts';
import { formatTime, formatTimes } from '../../../src/note/dates/format-times.ts';
import { inlineText, paragraph } from '../../../src/note/document.ts';

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
  expect(formatTime({ at, style }, texts, timeZone)).toBe(expected);
});

/** Tuesday, 2 December 2025, a quarter past midnight in Shanghai. */
const NOW_MS = Date.UTC(2025, 11, 1, 16, 15);

test.each([
  [-30, 'just now', '刚刚'],
  [20, 'just now', '刚刚'],
  [5 * 60, '5 min ago', '5 分钟前'],
  [3 * 3_600, '3 h ago', '3 小时前'],
  [13 * 3_600, 'yesterday 11:15', '昨天 11:15'],
  [2 * 86_400, '30 Nov', '11月30日'],
  [400 * 86_400, '28 Oct 2024', '2024年10月28日'],
  [-3 * 86_400, '5 Dec', '12月5日'],
])('%i seconds ago is %s', (passed, english, chinese) => {
  const time = { at: NOW_MS / 1000 - passed, style: 'ago' } as const;
  const put = (texts: typeof en) => formatTime(time, texts, 'Asia/Shanghai', NOW_MS);
  expect([put(en), put(zh)]).toEqual([english, chinese]);
});

test.each([
  ['ago', '28~Oct~2024'],
  ['moment', '28~October~2024, 16:15~UTC'],
] as const)('where it is words (%s), it ends its row at a comma only', (style, expected) => {
  const time = { type: 'time', at: NOW_MS / 1000 - 399 * 86_400, style } as const;
  const [block] = formatTimes([paragraph(time)], en, 'UTC', NOW_MS);
  expect(block?.type === 'paragraph' && inlineText(block.children)).toBe(expected.replaceAll('~', '\u00a0'));
});
