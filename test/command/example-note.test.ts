import { expect, test } from 'vitest';
import { createCommandFixture } from '../commands/command.fixture.ts';
import { wren } from '../commands/sample-notes.fixture.ts';

const DAY = 86_400;
const BEGIN = Date.UTC(2025, 2, 1) / 1000;

/** The example for these posts, oldest first. */
async function offered(contents: readonly string[], tags: readonly (readonly string[])[] = []) {
  const events = contents.map((content, day) => wren.note(content, { createdAt: BEGIN + day * DAY, tags }));
  const { answer } = await createCommandFixture({ events });
  const said = await answer('/read');
  const [, words = ''] = /\/read (.+)$/u.exec(said) ?? [];
  return { said, words, found: words === '' ? '' : await answer(`/read ${words}`), events };
}

test.each([
  ['Barges before breakfast, and what they carry', 'Barges before breakfast'],
  ['“Salt!” said the pilot /latest', 'Salt'],
  ['今天锂价下跌，码头上没有人惊讶。', '今天锂价下跌'],
  ["The ferryman's rope–and nothing else", "The ferryman's rope"],
])('an example is what people would type, and finds the post: %s', async (content, words) => {
  const example = await offered([content]);
  expect(example.words).toBe(words);
  expect(example.found).toContain(content);
});

test('words that find another post are skipped for the next post’s', async () => {
  const { words, found } = await offered(['Fog until ten, and ten again.', '🌊🌊🌊']);
  expect(words).toBe('Fog until ten');
  expect(found).toContain('and ten again');
});

test('if no words work, it is the newest post’s code', async () => {
  const { words, events } = await offered(['🌊', '⚓']);
  expect(words).toBe(events.at(-1)?.id.slice(0, 8));
});

test('a hidden post is no example', async () => {
  const { words, events } = await offered(['The wreck and its crew'], [['content-warning', 'a wreck']]);
  expect(words).toBe(events[0]?.id.slice(0, 8));
});

test('without posts there is no example, only the question', async () => {
  expect((await offered([])).said).toBe('Which post?');
});
