import { expect, test } from 'vitest';
import { createCommandFixture, shown } from './command.fixture.ts';

/** Wednesday, noon. */
const nowMs = Date.UTC(2025, 2, 12, 12);

test('/stats shows the numbers, with a chart that can be switched', async () => {
  const { ask, press } = await createCommandFixture({ nowMs });
  const { document, to } = await ask('stats', { line: '' });
  expect(to).toBe('user');
  const said = shown(document);
  expect(said).toMatch(/\d+ posts since /u);
  expect(said).toMatch(/This month: 12 posts/u);
  expect(said).toMatch(/Busiest hour: \d\d:00 to \d\d:59/u);
  expect(said).toMatch(/Longest series: “.*”, \d+ posts/u);
  expect(said).toMatch(/Top hashtags: #\S+ \(\d+\)/u);
  const picture = document.find(({ type }) => type === 'media');
  expect(picture).toMatchObject({ items: [{ kind: 'image', alt: 'Posts per month' }] });
  const hours = await press('By hour', document);
  expect(hours.find(({ type }) => type === 'media')).toMatchObject({
    items: [{ alt: expect.stringContaining('hour of the day') }],
  });
});

test('the bars are the months up to now, and hours in the user’s time zone', async () => {
  const drawn: string[] = [];
  const { answer } = await createCommandFixture({
    nowMs,
    drawPicture: async (svg) => {
      drawn.push(svg);
      return undefined;
    },
  });
  // Without a picture, the text is still there.
  expect(await answer('/stats')).toContain('posts since');
  expect(drawn[0]).toContain('2025-03');
  await answer('/stats hours');
  expect(drawn[1]).toContain('<title>06: 12</title>');
});

const AUDIENCE = {
  discord: { active: 12, joined: 3, left: 1 },
  telegram: { active: 1, joined: 0, left: 1 },
};

test('only managers of a server or group see how many chats are subscribed', async () => {
  const asked = async (isManager: boolean, kind: 'group' | 'private') => {
    const { answer } = await createCommandFixture({
      nowMs,
      audience: AUDIENCE,
      user: { isManager },
      chat: { kind },
    });
    return answer('/stats');
  };
  const told = 'Audience: 12 channels on Discord, 1 chat on Telegram';
  expect(await asked(true, 'group')).toContain(told);
  expect(await asked(true, 'group')).toContain('In the last 30 days: 3 joined, 2 left');
  expect(await asked(false, 'group')).not.toContain('Audience');
  // In a private chat everybody is a manager.
  expect(await asked(true, 'private')).not.toContain('Audience');
});

test('an empty archive has no chart', async () => {
  const { ask } = await createCommandFixture({ nowMs, events: [] });
  const { document } = await ask('stats', { line: '' });
  expect(shown(document)).toContain('No posts yet.');
  expect(document.some(({ type }) => type === 'media')).toBe(false);
});
