import { expect, test } from 'vitest';
import { han } from '../../src/i18n/zh/chinese-spacing.ts';

test.each([
  [han`共${1024}篇`, '共 1,024 篇'],
  [han`${'Ada'}的系列`, 'Ada 的系列'],
  [han`${'阿达'}的系列`, '阿达的系列'],
  [han`看看${'Ada 阿达'}写的`, '看看 Ada 阿达写的'],
  [han`（${3}）：${'x'}。`, '（3）：x。'],
])('%s', (shown, expected) => {
  expect(shown).toBe(expected);
});
