import { expect, test } from 'vitest';
import { createCommandFixture, shown } from './command.fixture.ts';
import { sampleNotes } from './sample-notes.fixture.ts';

test('/random shows a post in full to everybody, and another one at a press', async () => {
  let chance = 0;
  const { ask, press } = await createCommandFixture({ random: () => chance });
  const { document, to } = await ask('random', { line: 'note' });
  expect(shown(document)).toBe(`(💬 2025-03-06 06:30)
今天锂价下跌，码头上没有人惊讶。#锂
[Open in browser→njump.me] [Verify→verify <price>]
[Another one→random note]`);
  expect(to).toBe('everyone');
  chance = 0.999;
  expect(shown(await press('Another one', document))).toContain('Fog until ten.');
});

test('picks any post, but replies and reposts only on request', async () => {
  let chance = 0;
  const { answer } = await createCommandFixture({ random: () => chance });
  const seen = new Set<string>();
  for (chance = 0; chance < 1; chance += 0.02) {
    const [, name = ''] = /→verify <(\w+)>/u.exec(await answer('/random')) ?? [];
    seen.add(name);
  }
  expect(
    [...sampleNotes.keys()].filter((name) => !seen.has(name)).toSorted((a, b) => a.localeCompare(b)),
  ).toEqual(['answer', 'passed']);
  chance = 0;
  expect(await answer('/random replies')).toContain('<answer>');
});

test.each([
  ['/random', 'No posts yet.'],
  ['/random video', 'No videos yet.'],
])('%s with an empty archive', async (line, expected) => {
  const { answer } = await createCommandFixture({ events: [] });
  expect(await answer(line)).toBe(expected);
});
