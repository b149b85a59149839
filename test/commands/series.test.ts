import { expect, test } from 'vitest';
import { createCommandFixture, shown } from './command.fixture.ts';
import { sampleNotes, wren } from './sample-notes.fixture.ts';

const DAY = 86_400;
const FIRST = Date.UTC(2025, 4, 1) / 1000;
const words =
  'The tide went out and nobody saw where it went, though several people had been asked to look. '.repeat(2);
const piece = (title: string, day: number) =>
  wren.note(`${title}\n\n${words}`, { createdAt: FIRST + day * DAY });
/** Two more series: one of seven posts, one in Chinese. */
const events = [
  ...sampleNotes.values(),
  ...[1, 2, 3, 4, 5, 6, 7].map((n) => piece(`Harbour Office #${n}`, n)),
  piece('海港晨报 2025-05-20', 20),
  piece('海港晨报 2025-05-21', 21),
];

test('/series lists all series, the most recently continued first', async () => {
  const { answer, ask } = await createCommandFixture({ events });
  expect(await answer('/series')).toBe(`# Series by Wren
*1. 海港晨报*
2 posts · 2025-05-21 – 2025-05-22
*2. Harbour Office*
7 posts · 2025-05-02 – 2025-05-08
*3. Harbour Morning Missive*
2 posts · 2025-03-01 – 2025-03-08
[1→series 海港晨报] [2→series harbour office] [3→series harbour morning missive]`);
  expect((await ask('series', { line: '' })).to).toBe('user');
});

test('a number button opens a series in the same message, newest posts first', async () => {
  const { ask, press } = await createCommandFixture({ events });
  const { document } = await ask('series', { line: '' });
  expect(shown(await press('3', document))).toBe(`# Harbour Morning Missive
(2 posts · 2025-03-01 – 2025-03-08)
*1. Harbour Morning Missive – 8 March 2025* · 📜 2025-03-08
Lithium from brine is cheap again…
*2. Harbour Morning Missive – 1 March 2025* · 📜 2025-03-01
The silos by the breakwater are…
[1→read <lithium>] [2→read <grain>]
[All series→series]`);
});

test('a long series has pages', async () => {
  const { ask, press } = await createCommandFixture({ events });
  const first = (await ask('series', { line: 'office' })).document;
  const numbers = (document: typeof first) =>
    [...shown(document).matchAll(/^\*\d+\. Harbour Office #(\d)\*/gmu)].map((match) => match[1]);
  expect(numbers(first)).toEqual(['7', '6', '5', '4', '3']);
  const second = await press('Next ›', first);
  expect(numbers(second)).toEqual(['2', '1']);
  expect(numbers(await press('‹ Previous', second))).toEqual(['7', '6', '5', '4', '3']);
  expect(await press('All series', second)).toEqual((await ask('series', { line: '' })).document);
});

test.each([
  ['harbour morning missive', 'Harbour Morning Missive'],
  ['MISSIVE', 'Harbour Morning Missive'],
  ['morning harb', 'Harbour Morning Missive'],
  ['Harbour Morning Missive – 12 March 2025', 'Harbour Morning Missive'],
  ['Hárbour Office', 'Harbour Office'],
  ['晨报', '海港晨报'],
])('/series %s opens %s', async (typed, title) => {
  const { answer } = await createCommandFixture({ events });
  expect((await answer(`/series ${typed}`)).split('\n')[0]).toBe(`# ${title}`);
});

test('if several series match, all are offered', async () => {
  const { answer } = await createCommandFixture({ events });
  expect(await answer('/series harbour')).toBe(`# Several series match “harbour”. Which one?
*1. Harbour Office*
7 posts · 2025-05-02 – 2025-05-08
*2. Harbour Morning Missive*
2 posts · 2025-03-01 – 2025-03-08
[1→series harbour office] [2→series harbour morning missive]`);
});

test('a long list of series has pages', async () => {
  const many = Array.from({ length: 12 }, (_, n) => String.fromCodePoint(97 + n).repeat(5)).flatMap(
    (name, n) => [piece(`${name} 1`, n), piece(`${name} 2`, n + 20)],
  );
  const { ask, press } = await createCommandFixture({ events: many });
  const first = (await ask('series', { line: '' })).document;
  expect(shown(first)).toContain('*10. ccccc*');
  const second = await press('Next ›', first);
  expect(shown(second)).toBe(`# Series by Wren
*11. bbbbb*
2 posts · 2025-05-02 – 2025-05-22
*12. aaaaa*
2 posts · 2025-05-01 – 2025-05-21
[11→series bbbbb] [12→series aaaaa]
[‹ Previous→series page:1]`);
});

test.each([
  ['/series unicorns', 'No series called “unicorns”. See all with /series.'],
  ['/series –', undefined],
])('%s', async (line, expected) => {
  const { answer } = await createCommandFixture({ events });
  expect(await answer(line)).toBe(
    expected ?? (await answer('/series')).replace('Series by Wren', 'Several series match “–”. Which one?'),
  );
});

test('an archive without a series says so', async () => {
  const { answer } = await createCommandFixture({ events: [] });
  expect(await answer('/series')).toBe('No series yet. Two titled posts with the same name make a series.');
  expect(await answer('/series tides')).toBe('No series called “tides”. See all with /series.');
});
