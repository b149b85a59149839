import { expect, test } from 'vitest';
import { type Document, documentText } from '../../src/note/document.ts';
import { pixelsLeft } from '../phone-screen.fixture.ts';
import { createCommandFixture } from './command.fixture.ts';
import { wren } from './sample-notes.fixture.ts';

const words =
  'The tide went out and nobody saw where it went, though several people had been asked to look. ';
const at = (day: number) => Date.UTC(2025, 2, day, 6, 30) / 1000;
/** Five posts of each sort, as long as they get. */
const shelves = {
  'titled pieces': (day: number) =>
    wren.note(`China Morning Missive – Wednesday ${day} March\n\n${words.repeat(3)}`, { createdAt: at(day) }),
  'pieces with long titles': (day: number) =>
    wren.note(
      `What the crane driver of the ninth berth saw when the fog lifted: part ${day}\n\n${words.repeat(3)}`,
      {
        createdAt: at(day),
      },
    ),
  'long notes': (day: number) => wren.note(words.repeat(4) + day, { createdAt: at(day) }),
  'Chinese notes': (day: number) =>
    wren.note(`第${day}天：${'今天锂价下跌，码头上没有人惊讶，'.repeat(12)}`, { createdAt: at(day) }),
};

test.each(
  Object.entries(shelves).flatMap(([name, note]) =>
    (['discord', 'telegram'] as const).map((on) => [name, on, note] as const),
  ),
)('five %s of /latest fit on a 400 × 800 phone on %s, including buttons', async (_, platform, note) => {
  const events = [12, 13, 14, 15, 16, 17].map(note);
  const { ask } = await createCommandFixture({ platform, events });
  const { document } = await ask('latest', { line: '' });
  expect(pixelsLeft(platform, shown(document))).toBeGreaterThanOrEqual(0);
});

const shown = (document: Document) => ({
  text: documentText(document),
  buttonRows: document.flatMap((block) => (block.type === 'buttons' ? block.rows : [])).length,
});
