import { expect, test } from 'vitest';
import { en } from '../../src/i18n/en/catalogue.ts';
import { translateFix } from '../../src/i18n/translate-fix.ts';
import { zh } from '../../src/i18n/zh/catalogue.ts';

test.each([
  [en.telegram.fixes.slowMode, zh.telegram.fixes.slowMode],
  [en.telegram.errors.silent, zh.telegram.errors.silent],
  [en.discord.fixes.locked, zh.discord.fixes.locked],
  [en.discord.errors.lost, zh.discord.errors.lost],
  ['The disk is full of gulls', 'The disk is full of gulls'],
])('%s', (sentence, expected) => {
  expect(translateFix(sentence, zh)).toBe(expected);
  expect(translateFix(sentence, en)).toBe(sentence);
});
