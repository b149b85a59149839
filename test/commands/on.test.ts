import { expect, test } from 'vitest';
import { createCommandFixture, shown } from './command.fixture.ts';
import { sampleNotes, wren } from './sample-notes.fixture.ts';

/** Wednesday, noon. */
const nowMs = Date.UTC(2025, 2, 12, 12);

test('/on with a day lists its posts and links to the adjacent days', async () => {
  const { answer, ask } = await createCommandFixture({ nowMs });
  expect(await answer('/on 2025-03-10')).toBe(`# 10 March 2025
(1 post, newest first)
*1. On tides* · 📜 06:30
The sea is the slower clock, and the louder one. Because of the moon.
[1→read <tides>]
[‹ 9 Mar→on 2025-03-09] [11 Mar ›→on 2025-03-11]`);
  expect((await ask('on', { line: '2025-03-10' })).to).toBe('user');
});

const found = (answer: string): readonly string[] =>
  [...answer.matchAll(/→read <(\w+)>/gu)].map((match) => match[1] ?? '');

test.each([
  ['today', ['fog'], ['‹ 11 Mar']],
  ['yesterday', ['passed'], ['‹ 10 Mar', '12 Mar ›']],
  ['saturday', ['lithium'], ['‹ 7 Mar', '9 Mar ›']],
  ['1 march', ['grain'], ['2 Mar ›']],
  ['2025-03-01', ['grain'], ['2 Mar ›']],
  ['2025-03', ['fog', 'passed', 'tides', 'letter', 'lithium'], []],
  ['2025', ['fog', 'passed', 'tides', 'letter', 'lithium'], []],
])('/on %s', async (date, names, around) => {
  const { answer } = await createCommandFixture({ nowMs });
  const said = await answer(`/on ${date}`);
  expect(found(said)).toEqual(names);
  expect(
    [...said.matchAll(/\[([^\]→]*\d [^\]→]*)→on |\[([^\]→]* \d[^\]→]*)→on /gu)].map(
      (match) => match[1] ?? match[2],
    ),
  ).toEqual(around);
});

test('a full month has pages', async () => {
  const { ask, press } = await createCommandFixture({ nowMs });
  const first = (await ask('on', { line: 'march' })).document;
  const second = await press('Next ›', first);
  expect(found(shown(second))).toEqual(['wreck', 'price', 'answer', 'ferry', 'dawn']);
  expect(found(shown(await press('Next ›', second)))).toEqual(['machines', 'grain']);
  expect(await press('‹ Previous', second)).toEqual(first);
});

test('navigation buttons share a row as long as they fit on a phone', async () => {
  const { answer } = await createCommandFixture({ nowMs: Date.UTC(2025, 3, 12) });
  const lastRow = async (line: string) => (await answer(line)).split('\n').at(-1);
  expect(await lastRow('/on 2025-03')).toBe('[Next ›→on page:2 2025-03] [April 2025 ›→on 2025-04]');
  expect(await lastRow('/on page:2 2025-03')).toMatch(
    /^\[‹ Previous→.*\] \[Next ›→.*\] \[April 2025 ›→.*\]$/u,
  );
});

test.each([
  ['2025-02-28', 'No posts on 28 February 2025.\n[1 Mar ›→on 2025-03-01]'],
  ['2024', 'No posts in 2024.\n[2025 ›→on 2025]'],
  ['2025-03-13', 'No posts on 13 March 2025.\n[‹ 12 Mar→on 2025-03-12]'],
  ['30 february', 'There is no 30 February 2025.'],
])('/on %s without any posts', async (date, expected) => {
  const { answer } = await createCommandFixture({ nowMs });
  expect(await answer(`/on ${date}`)).toBe(expected);
});

test('without a date, shows this day in earlier years', async () => {
  const at = (year: number, hour: number) => Date.UTC(year, 2, 12, hour) / 1000;
  const note = (words: string, year: number, hour: number) => wren.note(words, { createdAt: at(year, hour) });
  const events = [
    ...sampleNotes.values(),
    note('Ice in the lock.', 2022, 8),
    ...[1, 2, 3, 4].map((hour) => note(`Hour ${hour} of the long night.`, 2024, hour)),
    wren.note('A day late.', { createdAt: at(2024, 25) }),
  ];
  const { ask, press } = await createCommandFixture({ nowMs, events });
  const { document } = await ask('on', { line: '' });
  const said = shown(document).replaceAll(/\b[0-9a-f]{8}\b/gu, '…');
  expect(said).toBe(`# On this day
*1.* Hour 4 of the long night. · 💬 2024-03-12
*2.* Hour 3 of the long night. · 💬 2024-03-12
*3.* Hour 2 of the long night. · 💬 2024-03-12
*4.* Ice in the lock. · 💬 2022-03-12
[1→read …] [2→read …] [3→read …] [4→read …]
[12 Mar 2024 (4)→on 2024-03-12]`);
  expect(shown(await press('12 Mar 2024 (4)', document))).toContain('(4 posts, newest first)');
});

test('without posts in earlier years, offers a random post', async () => {
  const { answer } = await createCommandFixture({ nowMs });
  const nothing = 'No posts on this day in past years.\n[Surprise me→random]';
  expect(await answer('/on')).toBe(nothing);
  expect(await (await createCommandFixture({ nowMs, events: [] })).answer('/on')).toBe(nothing);
});

test('days follow the user’s time zone', async () => {
  // In Auckland it is already Thursday.
  const { answer, store } = await createCommandFixture({ nowMs });
  await store.values.keyv('reader').set('discord:7', { timeZone: 'Pacific/Auckland' });
  expect(await answer('/on yesterday')).toContain('12 March 2025');
  expect(await answer('/on today')).toContain('13 March 2025');
});
