import { expect, test } from 'vitest';
import { en } from '../../src/i18n/en/catalogue.ts';
import { translateFix } from '../../src/i18n/translate-fix.ts';
import { zh } from '../../src/i18n/zh/catalogue.ts';

test.each([
  [en.telegram.remedy.slowMode, zh.telegram.remedy.slowMode],
  [en.telegram.trouble.silent, zh.telegram.trouble.silent],
  [en.discord.remedies.locked, zh.discord.remedies.locked],
  [en.discord.troubles.lost, zh.discord.troubles.lost],
  ['The disk is full of gulls', 'The disk is full of gulls'],
])('%s', (sentence, expected) => {
  expect(translateFix(sentence, zh)).toBe(expected);
  expect(translateFix(sentence, en)).toBe(sentence);
});
