import { expect, test } from 'vitest';
import { createTestPosts } from '../../src/delivery/test-posts.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { buttons, paragraph, text } from '../../src/note/document.ts';
import { CANONICAL_WEB_CLIENT } from '../../src/note/pointer.ts';
import type { ReadyDocument } from '../../src/note/present/finish.ts';
import type { DeliveryOptions, Platform, SendResult } from '../../src/platform/platform.ts';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import { testPresenter } from '../ready.fixture.ts';

/** Test posts over a platform that records what it is told. Each send has the result that comes next; then all is well. */
function testPosts(...results: readonly SendResult[]) {
  const told = {
    rendered: [] as (readonly [document: ReadyDocument, style: string])[],
    sent: [] as DeliveryOptions[],
    removed: [] as unknown[],
  };
  const rest = [...results];
  const platform = {
    name: 'telegram',
    async renderAsync(document: ReadyDocument, style: string) {
      told.rendered.push([document, style]);
      return [{ cost: 1, call: '' }];
    },
    async send(_to: string, _body: unknown, _key: string, options: DeliveryOptions = {}) {
      told.sent.push(options);
      return rest.shift() ?? { status: 'sent', receipt: 'r' };
    },
    async remove(...given: unknown[]) {
      told.removed.push(given);
      return { status: 'sent', receipt: 'r' };
    },
  } as unknown as Platform;
  const receipts = new Map<string, readonly string[]>();
  const posts = createTestPosts({
    platforms: [platform],
    storage: {
      get: async (key) => receipts.get(key),
      set: async (key, value) => receipts.set(key, value),
      delete: async (key) => receipts.delete(key),
    },
    finish: testPresenter({ webClient: 'https://viewer.example/{code}' }).finish,
    clock: { now: () => Date.UTC(2026, 0, 5, 23), wait: async () => {} } as Partial<Clock> as Clock,
  });
  return { ...posts, told };
}

const sample = {
  name: 'link',
  postType: 'link',
  document: [
    paragraph(text('Salt')),
    buttons([{ label: 'Open', url: `${CANONICAL_WEB_CLIENT}note1${'q'.repeat(58)}` }]),
  ],
} as const;

test.each([
  ['never silent', {}, false],
  ['always silent', { silent: true }, true],
  ['in quiet hours', { quietHours: { from: 22 * 60, to: 7 * 60, mode: 'silence' as const } }, true],
  ['while posts wait', { quietHours: { from: 22 * 60, to: 7 * 60, mode: 'hold' as const } }, true],
  ['outside quiet hours', { quietHours: { from: 8 * 60, to: 9 * 60, mode: 'silence' as const } }, false],
])('a test post makes a sound as posts do: %s', async (_, chosen, silent) => {
  const { post, told } = testPosts();
  expect(await post('telegram:1', [sample], { ...DEFAULT_PREFERENCES, ...chosen })).toEqual([
    { name: 'link', outcome: 'posted' },
  ]);
  expect(told.sent.map((options) => options.silent)).toEqual([silent]);
});

test('a test post has the style, language and links of posts there', async () => {
  const { post, deleteAll, told } = testPosts();
  const preferences = { ...DEFAULT_PREFERENCES, style: 'rich/cut', reportedLanguage: 'zh' };
  await post('telegram:1', [sample], preferences);
  const [[document, style] = []] = told.rendered;
  expect(style).toBe('rich/cut');
  expect(document?.language).toBe('zh');
  expect(JSON.stringify(document)).not.toContain(CANONICAL_WEB_CLIENT);
  expect(await deleteAll('telegram:1', preferences)).toBe(true);
  expect(told.removed).toEqual([['telegram:1', 'r', 'zh']]);
});

test('the report says why a test post was refused or simplified', async () => {
  const { post } = testPosts(
    { status: 'sent', receipt: 'a', simplified: 'Bad Request' },
    { status: 'unreachable', gone: false, reason: 'Forbidden', fix: 'Let me write.' },
    { status: 'rejected', reason: 'Too long' },
  );
  expect(await post('telegram:1', [sample, sample, sample], DEFAULT_PREFERENCES)).toEqual([
    { name: 'link', outcome: 'plainer', reason: 'Bad Request' },
    { name: 'link', outcome: 'refused', reason: 'Let me write.' },
    { name: 'link', outcome: 'refused', reason: 'Too long' },
  ]);
});
