import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isNamed, type Series, seriesLike } from '../../src/note/series.ts';
import { seriesOf, seriesTitle } from '../../src/note/title.ts';

test.each([
  ['China Morning Missive – 12 March 2025', 'China Morning Missive'],
  ['China  Morning Missive — Tuesday', 'China Morning Missive'],
  ['Harbour Office #12', 'Harbour Office'],
  ['Ore Weekly, 3 May', 'Ore Weekly'],
  ['The Ledger No. 7', 'The Ledger'],
  ['Tide Table 2025-03-01', 'Tide Table'],
  ['海港晨报 2025-05-20', '海港晨报'],
  ['On tides, and other things', 'On tides, and other things'],
  ['#12', '#12'],
  ['2025', '2025'],
])('%j is of the series %j', (title, expected) => {
  expect(seriesTitle(title)).toBe(expected);
  expect(seriesOf(title)).toBe(expected.toLowerCase());
});

const one = (name: string): Series => ({ name, count: 2, firstAt: 1, lastAt: 2 });

test('a series is found again by its own name, whatever the title was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (title) => {
      const name = seriesOf(title);
      expect(isNamed(one(name), name)).toBe(true);
      // A button carries the name through a line of words.
      expect(name.split(/\s+/u).filter(Boolean).join(' ')).toBe(name);
    }),
  );
});

const all = ['harbour office', 'harbour morning missive', 'morning light', 'été au port'].map(one);

test.each([
  ['', all.map(({ name }) => name)],
  ['harbour office', ['harbour office']],
  ['harbour', ['harbour office', 'harbour morning missive']],
  ['morning', ['morning light', 'harbour morning missive']],
  ['Morning Light – 3 May', ['morning light']],
  ['miss harb', ['harbour morning missive']],
  ['ete', ['été au port']],
  ['evening', []],
])('%j may mean %j', (typed, expected) => {
  expect(seriesLike(all, typed).map(({ name }) => name)).toEqual(expected);
});
