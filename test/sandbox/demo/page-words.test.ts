import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { suggestions } from '../../../sandbox/demo/content/suggestions.ts';
import { pageWords } from '../../../sandbox/demo/page/words/words.ts';

/** Every sentence by its path; those that are made of something with what stands for it. */
function sentences(value: unknown, path = ''): readonly (readonly [path: string, sentence: string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function')
    return [[path, String((value as (...given: readonly unknown[]) => unknown)(1, 2))]];
  return Object.entries(value as object).flatMap(([name, inner]) =>
    sentences(inner, path ? `${path}.${name}` : name),
  );
}

const { en, zh } = pageWords;
const html = readFileSync(join(import.meta.dirname, '../../../sandbox/demo/page/index.html'), 'utf8');
const LETTERS_OF_NAMES =
  /Postrider|Discord|Telegram|Nostr|@?postrider_bot|@everyone|lounge|npm run demo|\/\w+( publish)?/gu;

test('the page names only sentences that there are', () => {
  const named = [...html.matchAll(/data-words(?:-[\w-]+)?="([^"]+)"/gu)].map(([, path]) => path);
  expect(named.length).toBeGreaterThan(25);
  for (const words of [en, zh]) {
    const paths = sentences(words).map(([path]) => path);
    expect(named.filter((path) => !paths.includes(path ?? ''))).toEqual([]);
  }
});

test('the page itself has no sentence that stays in one language', () => {
  const standing = [
    ...html.replace(/<(script|title|option|style)[\s\S]*?<\/\1>/gu, '').matchAll(/>([^<>]+)</gu),
  ]
    .map(([, text = '']) => text.trim())
    .filter((text) => /\p{L}/u.test(text));
  expect(standing).toEqual(['📯 Postrider']);
});

describe('in Chinese', () => {
  test('nothing is left in English but names and commands', () => {
    const left = sentences(zh)
      .map(([path, sentence]) => [path, sentence.replace(LETTERS_OF_NAMES, '')] as const)
      .filter(([, sentence]) => /[A-Za-z]{2}/u.test(sentence));
    expect(left).toEqual([]);
  });

  test('there is no blank between Chinese and its marks', () => {
    const wrong = sentences(zh).filter(([, sentence]) =>
      /\s[，。：；！？“”]|[，。：；！？]\s/u.test(sentence),
    );
    expect(wrong).toEqual([]);
  });
});

test('the English has straight apostrophes and curly quotes', () => {
  expect(sentences(en).filter(([, sentence]) => /[’"]/u.test(sentence))).toEqual([]);
});

test('every command that a sentence names is one', () => {
  const names = new Set(commands.map(({ name }) => name));
  for (const words of [en, zh]) {
    const named = sentences(words).flatMap(([, sentence]) =>
      [...sentence.matchAll(/(?<![\w.:/])\/([a-z]{3,})/gu)].map(([, name = '']) => name),
    );
    expect(named).toContain('subscribe');
    expect(named.filter((name) => !names.has(name))).toEqual([]);
  }
});

test('the suggested missive has the day of its moment', () => {
  const headlineAt = (iso: string) => suggestions(Date.parse(iso) / 1000, en)[0]?.text.split('\n')[0];
  expect(headlineAt('2026-11-30T23:59:59Z')).toBe('China Morning Missive – Monday 30 November');
  expect(headlineAt('2026-12-01T00:00:00Z')).toBe('China Morning Missive – Tuesday 1 December');
});
