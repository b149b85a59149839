import { expect, test } from 'vitest';
import { createPresses, MAX_PRESS_BYTES, type Shelf } from '../../src/command/presses.ts';

function bench() {
  const kept = new Map<string, Parameters<Shelf['set']>[1]>();
  const presses = createPresses(
    {
      get: async (key) => kept.get(key),
      set: async (key, value) => kept.set(key, value),
    },
    (asker) => `code of ${asker}`,
  );
  const wordsOf = (press: string): string => press.slice(press.indexOf(' ') + 1);
  return { kept, ...presses, recalled: async (press: string) => presses.recall(wordsOf(press)) };
}

const line = (n: number) => `search page:2 lithium in the harbour of a town with a long name, ${n}`;

test('a line that fits stays as it is, and nothing is kept of it', async () => {
  const { shorten, recall, kept } = bench();
  expect(await shorten('latest 5 page:2')).toBe('latest 5 page:2');
  expect(await recall('5 page:2')).toBe('5 page:2');
  expect(kept.size).toBe(0);
});

test('a longer one is kept once, however often it is shown, and comes back whole', async () => {
  const { shorten, recalled, kept } = bench();
  const press = await shorten(line(1));
  expect(await shorten(line(1))).toBe(press);
  expect(Buffer.byteLength(press)).toBeLessThanOrEqual(MAX_PRESS_BYTES);
  expect(await recalled(press)).toBe(line(1).replace('search ', ''));
  expect(kept.size).toBe(1);
});

test('a flood of long lines takes no more than 65,536 places, and no button brings back another’s line', async () => {
  const { shorten, recalled, kept } = bench();
  const pressed: (readonly [string, string])[] = [];
  for (let n = 0; n < 80_000; n += 1) pressed.push([line(n), await shorten(line(n))]);
  expect(kept.size).toBeLessThanOrEqual(65_536);
  const found = { right: 0, wrong: 0 };
  for (const [written, press] of pressed) {
    const words = await recalled(press);
    if (words !== undefined) found[`search ${words}` === written ? 'right' : 'wrong'] += 1;
  }
  expect(found).toEqual({ right: kept.size, wrong: 0 });
});
