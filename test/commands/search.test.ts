import { expect, test } from 'vitest';
import { en } from '../../src/i18n/en/catalogue.ts';
import { unknownType } from '../post-types.fixture.ts';
import { createCommandFixture, shown } from './command.fixture.ts';
import { wren } from './sample-notes.fixture.ts';

test.each([
  [
    '/search lithium',
    `# 🔍 lithium
(2 results, best match first)
*1. Harbour Morning Missive – 8 March 2025* · 📜 2025-03-08
*Lithium* from brine is cheap again, and the ships that carry…
*2.* The silos by the breakwater are… · 💬 2025-03-09
…has taken up painting. *Lithium* from brine is cheap again…
[1→read <lithium>] [2→read <letter>]`,
  ],
  [
    '/search “rare earth”',
    `# 🔍 “rare earth”
(1 result, best match first)
*1. Harbour Morning Missive – 8 March 2025* · 📜 2025-03-08
…the exchange does. *Rare earth* is not rare.
[1→read <lithium>]`,
  ],
  [
    '/search fog',
    `# 🔍 fog
(1 result, best match first)
*1.* *Fog* until ten. Then nothing but light. · 💬 2025-03-12
[1→read <fog>]`,
  ],
])('%s', async (line, expected) => {
  const { answer } = await createCommandFixture();
  expect(await answer(line)).toBe(expected);
});

/** The names of the results, in order. */
const found = (answer: string): readonly string[] =>
  [...answer.matchAll(/→read <(\w+)>/gu)].map((match) => match[1] ?? '');

test.each([
  ['ships', ['lithium', 'letter', 'grain']],
  ['ship', ['lithium', 'letter', 'grain']],
  ['ships -brine', ['grain']],
  ['"two ships"', ['letter', 'grain']],
  ['"ships two"', []],
  ['lithium painting', ['letter']],
  ['#harbour', ['lithium', 'dawn']],
  ['#HARBOUR -dawn', ['lithium']],
  ['harbour', ['dawn', 'lithium', 'grain']],
  ['锂', ['price']],
  ['#锂', ['price']],
  ['锂价', ['price']],
  ['没有人', ['price']],
  ['after:2025-03-11', ['fog', 'passed']],
  ['before:2025-03-03', ['machines', 'grain']],
  ['after:2025-03-05 before:2025-03-07', ['price', 'answer']],
  ['ships before:2025-03-02', ['grain']],
  ['after:2026', []],
  ['type:missive ships', ['lithium', 'grain']],
  ['ships type:note', ['letter']],
  ['tides', ['tides', 'machines']],
  ['clock', ['tides']],
  ['zebra', []],
  ['...', []],
])('%s finds %j', async (line, names) => {
  const { answer } = await createCommandFixture();
  expect([...found(await answer(`/search ${line}`))].sort()).toEqual([...names].sort());
});

test('text behind a content warning is found but not shown', async () => {
  const { answer } = await createCommandFixture();
  expect(await answer('/search boat')).toBe(`# 🔍 boat
(1 result, best match first)
*1.* Content warning: a wreck · 💬 2025-03-07
[1→read <wreck>]`);
});

test('without results, the answer gives a hint', async () => {
  const { answer } = await createCommandFixture();
  expect(await answer('/search zebra -"rare earth"')).toBe(
    'No results for “zebra -"rare earth"”.\n(Try fewer words, or a single hashtag.)',
  );
});

test.each([
  ['/search', 'What should I search for? Example: /search lithium after:2025-03-01'],
  ['/search ""', 'What should I search for? Example: /search lithium after:2025-03-01'],
  ['/search x after:someday', "I couldn't read “someday” as a date. Try 2025-03-01, 2025-03 or 2025."],
  ['/search x before:2025-02-30', 'There is no 30 February 2025.'],
  ['/search type:tweet x', unknownType('tweet', en)],
  [`/search ${'x'.repeat(201)}`, 'Too long: 200 characters at most.'],
])('%s', async (line, expected) => {
  const { answer } = await createCommandFixture();
  expect(await answer(line)).toBe(expected);
});

const seven = Array.from({ length: 7 }, (_, day) =>
  wren.note(`Gull number ${day + 1} sat on the roof.`, { createdAt: 1_740_000_000 + day * 86_400 }),
);
const numbers = (answer: string): string =>
  [...answer.matchAll(/number (\d)/gu)].map((match) => match[1]).join('');

test('the buttons lead to the last results and back', async () => {
  const { ask, press } = await createCommandFixture({ events: seven });
  const first = (await ask('search', { line: 'type:note gull' })).document;
  expect(shown(first)).toContain('(7 results, best match first)');
  expect(shown(first)).toContain('[Next ›→search page:2 type:note gull]');
  const second = await press('Next ›', first);
  expect([first, second].map(shown).map(numbers)).toEqual(['76543', '21']);
  expect(await press('‹ Previous', second)).toEqual(first);
});

test('a page after the last one says that there is nothing more', async () => {
  const { answer } = await createCommandFixture({ events: seven });
  expect(await answer('/search page:3 gull')).toBe('No more results.');
});

test('a query too long for a button is stored, and paging works all the same', async () => {
  const { ask, press, clock } = await createCommandFixture({ events: seven });
  const line = `gull ${'-something '.repeat(12).trim()} after:2025-01-01`;
  const first = (await ask('search', { line })).document;
  expect(shown(first)).toMatch(/\[Next ›→search ~[0-9a-f]{24}\]/u);
  expect(numbers(shown(await press('Next ›', first)))).toBe('21');
  clock.nowMs += 91 * 86_400_000;
  expect(shown(await press('Next ›', first))).toBe('This button has expired. Please run the command again.');
});

test.each([
  [{ total: 1_000, more: false }, '(1,000 results, best match first)'],
  [{ total: 1_000, more: true }, '(More than 1,000 results, best match first)'],
])('%j', async (found, said) => {
  const { answer } = await createCommandFixture({ events: seven, found });
  expect(await answer('/search gull')).toContain(said);
});

test('an incomplete search says so, and its last page continues further back', async () => {
  const since = 1_740_000_000 + 3 * 86_400;
  const { ask, press } = await createCommandFixture({ events: seven, found: { since } });
  const first = (await ask('search', { line: 'type:note gull' })).document;
  expect(shown(first)).toContain('(Lots of posts match, so I only searched back to 22 Feb.)');
  expect(shown(first)).toContain(`[Next ›→search page:2 type:note reach:${since} gull]`);
  expect(shown(first)).not.toContain('Search older posts');
  const last = await press('Next ›', first);
  expect(shown(last)).toContain(`[Search older posts ›→search type:note behind:${since} gull]`);
  expect(numbers(shown(await press('Search older posts ›', last)))).toBe('321');
});

test('an incomplete search without results can be continued further back', async () => {
  const { answer } = await createCommandFixture({ found: { since: Date.UTC(2025, 1, 28) / 1000 } });
  expect(await answer('/search zebra')).toBe(
    'No results for “zebra”.\n' +
      '(Lots of posts match, so I only searched back to 28 Feb.)\n' +
      '[Search older posts ›→search behind:1740700800 zebra]',
  );
});

test('paging doesn’t extend an incomplete search', async () => {
  const { answer } = await createCommandFixture({ events: seven });
  const wednesday = 1_740_000_000 + 3 * 86_400;
  expect(numbers(await answer(`/search reach:${wednesday} gull`))).toBe('7654');
  expect(numbers(await answer(`/search reach:${wednesday} behind:${wednesday + 86_400} gull`))).toBe('4');
  expect(numbers(await answer(`/search reach:0 gull after:2025-02-23`))).toBe('765');
});

test.each([
  [{ query: 'ships', hashtag: '#harbour' }, 'ships #harbour', ['lithium']],
  [{ query: 'ships', hashtag: 'HARBOUR' }, 'ships #HARBOUR', ['lithium']],
  [{ query: 'ships', before: '2025-03-02' }, 'ships before:2025-03-02', ['grain']],
  [
    { query: 'ships', after: '8 march 2025', before: 'march 9, 2025' },
    'ships after:2025-03-08 before:2025-03-09',
    ['lithium'],
  ],
  [{ query: 'ships', type: 'note', after: 'march' }, 'ships after:2025-03', ['letter']],
] as const)('a form with %j is the line %s', async (named, line, names) => {
  const { ask } = await createCommandFixture();
  const said = shown((await ask('search', { named })).document);
  expect(said).toContain(`# 🔍 ${line}\n`);
  expect([...found(said)]).toEqual(names);
});

test('a search by form pages like the same search by line', async () => {
  const events = Array.from({ length: 7 }, (_, n) =>
    wren.note(`Ore ${n} #gold`, { createdAt: 1_740_000_000 + n }),
  );
  const { ask, press } = await createCommandFixture({ events });
  const { document } = await ask('search', { named: { query: 'ore', hashtag: 'gold', after: '2025' } });
  expect(shown(await press('Next ›', document))).toContain('# 🔍 ore #gold after:2025\n');
});

test.each([
  [
    'that take more than 200 characters together',
    { query: `ore ${'-tin '.repeat(39).trim()}`, hashtag: 'gold' },
  ],
  ['that would be options as a line', { query: 'ore -type:photo -page:1', after: 'yesterday' }],
  ['that look like the separators of a press', { query: 'ore -AT&T=1&page=9 -100%25', before: '2030' }],
])('a form’s query %s can be paged, even a day later', async (_, named) => {
  const events = Array.from({ length: 7 }, (_, n) =>
    wren.note(`Ore ${n} #gold`, { createdAt: Date.UTC(2025, 2, 31, 8) / 1000 + n }),
  );
  const { ask, press, clock } = await createCommandFixture({ events });
  const { document } = await ask('search', { named });
  const heading = shown(document).split('\n', 1)[0] ?? '';
  expect(heading).toContain(`# 🔍 ${named.query}`);
  clock.nowMs += 86_400_000;
  const second = shown(await press('Next ›', document));
  expect(second.split('\n', 1)).toEqual([heading]);
  expect([...second.matchAll(/Ore\*? (\d)/gu)].map(([, n]) => Number(n))).toEqual([1, 0]);
});

test.each([
  [{ query: 'ships', after: 'some day soon' }, "I couldn't read “some-day-soon” as a date"],
  [{ query: 'ships', before: '30 february' }, 'There is no 30 February 2025.'],
])('a form with %j is answered with valid input', async (named, said) => {
  const { ask } = await createCommandFixture();
  expect(shown((await ask('search', { named })).document)).toContain(said);
});

test('dates in a line can be named days', async () => {
  const { answer } = await createCommandFixture({ nowMs: Date.UTC(2025, 2, 12, 12) });
  expect(found(await answer('/search after:yesterday'))).toEqual(['fog', 'passed']);
});
