import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findSeries, matchesSeries, type Series, seriesName, seriesTitle } from '../../src/note/series.ts';

test.each([
  ['China Morning Missive – 12 March 2025', 'China Morning Missive'],
  ['China  Morning Missive — Tuesday', 'China Morning Missive'],
  ['Harbour Office #12', 'Harbour Office'],
  ['Ore Weekly, 3 May', 'Ore Weekly'],
  ['The Ledger No. 7', 'The Ledger'],
  ['Tide Table 2025-03-01', 'Tide Table'],
  ['海港晨报 2025-05-20', '海港晨报'],
  ['On tides, and other things', 'On tides, and other things'],
  ['海港晨报 第12期', '海港晨报'],
  ['海港晨报（3月1日）', '海港晨报'],
  ['Harbour Report, May 3', 'Harbour Report'],
  ['Harbour Report 12th May 2025', 'Harbour Report'],
  ['Harbour Report March 2025', 'Harbour Report'],
  ['Harbour v1.0.0', 'Harbour'],
  ['Harbour Release V2', 'Harbour Release'],
  ['Harbour v1.0.0-rc1', 'Harbour'],
  ['Harbour News, Vol. 3 No. 4', 'Harbour News'],
  ['Boats, part 2', 'Boats'],
  ['Harbour Report Q3 2025', 'Harbour Report'],
  ['Morning Update at 9 AM', 'Morning Update'],
  ['Bericht vom 12. März 2025', 'Bericht'],
  ['Rapport du 3 mars 2025', 'Rapport'],
  ['海港晨报｜3月1日 星期六', '海港晨报'],
  ['海港晨报——3月1日', '海港晨报'],
  ['article_01', 'article'],
  ['Log-7', 'Log'],
  ['Tide Log ๑๒', 'Tide Log'],
  ['Tide Log ①', 'Tide Log'],
  ['Harbour Lottery #1 / - Day 3', 'Harbour Lottery'],
  ['Harbour Talk 12: on tides', 'Harbour Talk'],
  ['My week (10) in review', 'My week in review'],
  ['Harbour Talk (with Bob)', 'Harbour Talk'],
  ['Harbour Talk [3 May] and more', 'Harbour Talk and more'],
  ['บันทึกท่าเรือ 12', 'บันทึกท่าเรือ'],
  ['Harbour™ Notes ½', 'Harbour™ Notes ½'],
])('%j is of the series %j', (title, expected) => {
  expect(seriesTitle(title)).toBe(expected);
  expect(seriesName(title)).toBe(expected.normalize('NFKC').toLowerCase());
});

test.each([
  'On tides, and other things',
  '#12',
  '2025',
  'Wednesday: Sunny, High 19°C',
  'Tue - Mar 26 - 09:05 AM',
  '星期三：晴 19°C',
  'März | 3',
  'What is (and isn’t) a harbour model?',
  'What is (and isn’t) 3 metres?',
  'Meeting at 9:30 today',
  'Paris–Brest by train',
  'Notes on C# and F#',
  'Notes on the F-35',
  'Why web3',
  'Li·Da and the pier',
])('%j has no date or number to leave out', (title) => {
  expect(seriesTitle(title)).toBe(title);
});

const one = (name: string): Series => ({ name, count: 2, firstAt: 1, lastAt: 2 });

test('a series is found again by its own name, whatever the title was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (title) => {
      const name = seriesName(title);
      expect(matchesSeries(one(name), name)).toBe(true);
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
  expect(findSeries(all, typed).map(({ name }) => name)).toEqual(expected);
});
