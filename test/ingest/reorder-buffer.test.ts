import { expect, test } from 'vitest';
import { authorNamed } from '../../sandbox/relay/fake-author.ts';
import { createReorderBuffer, type ReceivedNote } from '../../src/ingest/reorder-buffer.ts';
import { manualClock } from '../delivery/delivery.fixture.ts';
import { noteIn } from '../relays/lookup/lookup.fixture.ts';

const mara = authorNamed('Mara');

test('a flood of over 16 MiB is released early', async () => {
  const announced: (readonly ReceivedNote[])[] = [];
  const holding = createReorderBuffer([], manualClock(), async (notes) => void announced.push(notes));
  const large = noteIn(mara.note('a'.repeat(65_000)));
  for (let count = 0; count < 258; count += 1) await holding.add(large, 'wss://a.example', true);
  expect(announced).toEqual([]);
  await holding.add(large, 'wss://b.example', true);
  expect(announced.map((notes) => notes.length)).toEqual([259]);
  for (let count = 0; count < 258; count += 1) await holding.add(large, 'wss://a.example', true);
  expect(announced).toHaveLength(1);
  await holding.endCatchUp('wss://a.example');
  expect(announced.map((notes) => notes.length)).toEqual([259, 258]);
  holding.stop();
});
