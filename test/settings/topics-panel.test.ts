import { expect, test } from 'vitest';
import { UserError } from '../../src/command/user-error.ts';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import { topicsPanel } from '../../src/settings/panels/topics.ts';
import { toPlainText } from '../commands/plain-text.fixture.ts';
import { changeTyped, createTestContext } from './context.fixture.ts';

const context = createTestContext({ platform: 'telegram' });
const change = (words: string, topics = {}) =>
  changeTyped(topicsPanel, words, { ...DEFAULT_PREFERENCES, topics }, context);

test.each([
  ['photo 15', { photo: '15' }],
  ['Photo https://t.me/c/1234567890/15', { photo: '15' }],
  ['photo https://t.me/quay/15/99', { photo: '15' }],
])('a topic can be given by its number or its link: %s', async (words, topics) => {
  expect(await change(words)).toMatchObject({ topics });
});

test('a post type can be moved back here', async () => {
  expect(await change('photo none', { photo: '15', note: '7' })).toMatchObject({ topics: { note: '7' } });
  const shown = await topicsPanel.show({ ...DEFAULT_PREFERENCES, topics: { photo: '15' } }, context);
  expect(toPlainText(shown)).toContain('[Photo: back to this chat→settings topics photo none]');
});

test.each(['', 'photo', 'photo somewhere', 'salt 15'])('“%s” is invalid', async (words) => {
  await expect(change(words)).rejects.toThrow(UserError);
});

test('only groups on Telegram have topics', () => {
  expect(topicsPanel.isAvailable(context)).toBe(true);
  expect(topicsPanel.isAvailable(createTestContext())).toBe(false);
  const own = { ...context.chat, kind: 'private' as const };
  expect(topicsPanel.isAvailable(createTestContext({ platform: 'telegram', chat: own }))).toBe(false);
});
