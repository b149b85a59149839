import { expect, test } from 'vitest';
import { en } from '../../src/text/en.ts';
import { translateFix } from '../../src/text/retold.ts';
import { zh } from '../../src/text/zh.ts';

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
