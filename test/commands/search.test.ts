import { expect, test } from 'vitest';
import { createBench, shown } from './bench.ts';
import { wren } from './library.ts';

test.each([
  [
    '/search lithium',
    `# Found for: lithium
(2 posts, best and newest first)
*1. Harbour Morning Missive – 8 March 2025*
📜 2025-03-08 · <lithium>
*Lithium* from brine is cheap again, and the ships that carry it ride high in the water. Ask the pilots: they count the rust above the line and…
*2. The silos by the breakwater are full of last year, and two ships have been…*
💬 2025-03-09 · <letter>
…clerk who usually does has taken up painting. *Lithium* from brine is cheap again, and the ships that carry it ride high in the water. Ask the…
[1→read <lithium>] [2→read <letter>]`,
  ],
  [
    '/search “rare earth”',
    `# Found for: “rare earth”
(1 post, best and newest first)
*1. Harbour Morning Missive – 8 March 2025*
📜 2025-03-08 · <lithium>
…it ride high in the water. Ask the pilots: they count the rust above the line and know the price before the exchange does. *Rare earth* is not rare. #harbour
[1→read <lithium>]`,
  ],
  [
    '/search fog',
    `# Found for: fog
(1 post, best and newest first)
*1. **Fog* until ten. Then nothing but light.
💬 2025-03-12 · <fog>
[1→read <fog>]`,
  ],
])('%s', async (line, expected) => {
  const { answer } = await createBench();
  expect(await answer(line)).toBe(expected);
});

/** What is found, by name, in order. */
const found = (answer: string): readonly string[] =>
  [...answer.matchAll(/^\S+ [\d-]+ · <(\w+)>$/gmu)].map((match) => match[1] ?? '');

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
  const { answer } = await createBench();
  expect([...found(await answer(`/search ${line}`))].sort()).toEqual([...names].sort());
});

test('what is behind a content warning is found but not shown', async () => {
  const { answer } = await createBench();
  expect(await answer('/search boat')).toBe(`# Found for: boat
(1 post, best and newest first)
*1. Content warning: a wreck*
💬 2025-03-07 · <wreck>
[1→read <wreck>]`);
});

test('where nothing is found, the answer says what might help', async () => {
  const { answer } = await createBench();
  expect(await answer('/search zebra -"rare earth"')).toBe(
    'I found nothing for: zebra -"rare earth"\n' +
      '(Try fewer or shorter words, or only a #tag. Dates narrow a search: after:2025-03-01 before:2025-04-01.)',
  );
});

test.each([
  ['/search', 'What should I search for? Example: /search lithium after:2025-03-01'],
  ['/search ""', 'Tell me what to look for, for example: /search lithium after:2025-03-01'],
  [
    '/search x after:someday',
    '“someday” is not a date I understand. Right would be 2025-03-01, 2025-03 or 2025.',
  ],
  [
    '/search x before:2025-02-30',
    '“2025-02-30” is not a date I understand. Right would be 2025-03-01, 2025-03 or 2025.',
  ],
  [
    '/search type:tweet x',
    "I don't know the type “tweet”. Try missive, note, link, photo, video, reply or repost.",
  ],
  [`/search ${'x'.repeat(201)}`, 'Too long: 200 characters at most.'],
])('%s', async (line, expected) => {
  const { answer } = await createBench();
  expect(await answer(line)).toBe(expected);
});

const seven = Array.from({ length: 7 }, (_, day) =>
  wren.note(`Gull number ${day + 1} sat on the roof.`, { createdAt: 1_740_000_000 + day * 86_400 }),
);
const numbers = (answer: string): string =>
  [...answer.matchAll(/number (\d)/gu)].map((match) => match[1]).join('');

test('the buttons lead to the last hits and back', async () => {
  const { ask, press } = await createBench({ events: seven });
  const first = (await ask('search', { line: 'type:note gull' })).document;
  expect(shown(first)).toContain('(7 posts, best and newest first)');
  expect(shown(first)).toContain('[More ›→search page:2 type:note gull]');
  const second = await press('More ›', first);
  expect([first, second].map(shown).map(numbers)).toEqual(['76543', '21']);
  expect(await press('‹ Better', second)).toEqual(first);
});

test('behind the last page there is nothing more', async () => {
  const { answer } = await createBench({ events: seven });
  expect(await answer('/search page:3 gull')).toBe('There are no more results.');
});

test('a search too long for a button is remembered, and leads on all the same', async () => {
  const { ask, press, clock } = await createBench({ events: seven });
  const line = `gull ${'-something '.repeat(12).trim()} after:2025-01-01`;
  const first = (await ask('search', { line })).document;
  expect(shown(first)).toMatch(/\[More ›→search ~[0-9a-f]{24}\]/u);
  expect(numbers(shown(await press('More ›', first)))).toBe('21');
  clock.nowMs += 91 * 86_400_000;
  expect(shown(await press('More ›', first))).toBe('This button has expired. Please run the command again.');
});

test.each([
  [{ total: 1_000, more: false }, '(1,000 posts, best and newest first)'],
  [{ total: 1_000, more: true }, '(more than 1,000 posts, best and newest first)'],
])('%j', async (found, said) => {
  const { answer } = await createBench({ events: seven, found });
  expect(await answer('/search gull')).toContain(said);
});

test('where a search did not get to the beginning, it says so, and its last page leads further back', async () => {
  const since = 1_740_000_000 + 3 * 86_400;
  const { ask, press } = await createBench({ events: seven, found: { since } });
  const first = (await ask('search', { line: 'type:note gull' })).document;
  expect(shown(first)).toContain(
    '(These words stand in so many posts that I looked only at those since 22 February 2025.)',
  );
  expect(shown(first)).toContain(`[More ›→search page:2 type:note reach:${since} gull]`);
  expect(shown(first)).not.toContain('Further back');
  const last = await press('More ›', first);
  expect(shown(last)).toContain(`[Further back ›→search type:note behind:${since} gull]`);
  expect(numbers(shown(await press('Further back ›', last)))).toBe('321');
});

test('where nothing was found so far, there is a way further back', async () => {
  const { answer } = await createBench({ found: { since: Date.UTC(2025, 1, 28) / 1000 } });
  expect(await answer('/search zebra')).toBe(
    'I found nothing for: zebra\n' +
      '(These words stand in so many posts that I looked only at those since 28 February 2025.)\n' +
      '[Further back ›→search behind:1740700800 zebra]',
  );
});

test('pages of what was looked at look at no more', async () => {
  const { answer } = await createBench({ events: seven });
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
  const { ask } = await createBench();
  const said = shown((await ask('search', { named })).document);
  expect(said).toContain(`# Found for: ${line}\n`);
  expect([...found(said)]).toEqual(names);
});

test('pages of a form’s search are leafed through as those of its line', async () => {
  const events = Array.from({ length: 7 }, (_, n) =>
    wren.note(`Ore ${n} #gold`, { createdAt: 1_740_000_000 + n }),
  );
  const { ask, press } = await createBench({ events });
  const { document } = await ask('search', { named: { query: 'ore', hashtag: 'gold', after: '2025' } });
  expect(shown(await press('More ›', document))).toContain('# Found for: ore #gold after:2025\n');
});

test.each([
  [
    'that take more than 200 characters together',
    { query: `ore ${'-tin '.repeat(39).trim()}`, hashtag: 'gold' },
  ],
  ['that would be options as a line', { query: 'ore -type:photo -page:1', after: 'yesterday' }],
  ['that look like the separators of a press', { query: 'ore -AT&T=1&page=9 -100%25', before: '2030' }],
])('a form’s words %s lead on at a press, the day after too', async (_, named) => {
  const events = Array.from({ length: 7 }, (_, n) =>
    wren.note(`Ore ${n} #gold`, { createdAt: Date.UTC(2025, 2, 31, 8) / 1000 + n }),
  );
  const { ask, press, clock } = await createBench({ events });
  const { document } = await ask('search', { named });
  const heading = shown(document).split('\n', 1)[0] ?? '';
  expect(heading).toContain(`# Found for: ${named.query}`);
  clock.nowMs += 86_400_000;
  const second = shown(await press('More ›', document));
  expect(second.split('\n', 1)).toEqual([heading]);
  expect([...second.matchAll(/Ore\*? (\d)/gu)].map(([, n]) => Number(n))).toEqual([1, 0]);
});

test.each([
  [{ query: 'ships', after: 'some day soon' }, 'some-day-soon'],
  [{ query: 'ships', before: '30 february' }, '30-february'],
])('a form with %j is answered with what would be right', async (named, given) => {
  const { ask } = await createBench();
  expect(shown((await ask('search', { named })).document)).toMatch(`“${given}” is not a date`);
});

test('dates in a line may be days by name', async () => {
  const { answer } = await createBench({ nowMs: Date.UTC(2025, 2, 12, 12) });
  expect(found(await answer('/search after:yesterday'))).toEqual(['fog', 'passed']);
});
