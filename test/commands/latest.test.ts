import { expect, test } from 'vitest';
import { en } from '../../src/i18n/en/catalogue.ts';
import { unknownType } from '../post-types.fixture.ts';
import { createCommandFixture, shown } from './command.fixture.ts';

const newest = `# Latest from Wren
*1.* Fog until ten. Then nothing but light. · 💬 2025-03-12
*2.* Shared: a note · 🔁 2025-03-11
*3. On tides* · 📜 2025-03-10
The sea is the slower clock, and the louder one. Because of the moon.
*4.* The silos by the breakwater are full of last year, and two ships have been… · 💬 2025-03-09
*5. Harbour Morning Missive – 8 March 2025* · 📜 2025-03-08
Lithium from brine is cheap again…
[1→read <fog>] [2→read <passed>] [3→read <tides>] [4→read <letter>] [5→read <lithium>]
[Next ›→latest 5 page:2]`;

const middle = `# Latest from Wren
*6.* Content warning: a wreck · 💬 2025-03-07
*7.* 今天锂价下跌，码头上没有人惊讶。 · 💬 2025-03-06
*8.* Yes, and the one before that too. · ↩️ 2025-03-05
*9.* Video · 🎬 2025-03-04
*10.* Dawn over the pier. · 📷 2025-03-03
[6→read <wreck>] [7→read <price>] [8→read <answer>] [9→read <ferry>] [10→read <dawn>]
[‹ Previous→latest 5 page:1] [Next ›→latest 5 page:3]`;

const oldest = `# Latest from Wren
*11.* The machines that knew the tide: almanac.example/tide-machines · 🔗 2025-03-02
*12. Harbour Morning Missive – 1 March 2025* · 📜 2025-03-01
The silos by the breakwater are…
[11→read <machines>] [12→read <grain>]
[‹ Previous→latest 5 page:2]`;

test.each([
  ['/latest', newest],
  ['/latest 5', newest],
  ['/latest page:2', middle],
  ['/latest page:3', oldest],
  ['/latest page:4', "That's the oldest post.\n[Back to newest→latest 5 page:1]"],
  ['/latest photos', '# Latest photos from Wren\n*1.* Dawn over the pier. · 📷 2025-03-03\n[1→read <dawn>]'],
  [
    '/latest 2 missive',
    `# Latest missives from Wren
*1. On tides* · 📜 2025-03-10
The sea is the slower clock, and the louder one. Because of the moon.
*2. Harbour Morning Missive – 8 March 2025* · 📜 2025-03-08
Lithium from brine is cheap again…
[1→read <tides>] [2→read <lithium>]
[Next ›→latest 2 missive page:2]`,
  ],
  [
    '/latest 1',
    `(💬 2025-03-12 06:30)
Fog until ten. Then nothing but light.
[Open in browser→njump.me]
[Next ›→latest 1 page:2]`,
  ],
  [
    '/latest 1 missive page:3',
    `(📜 2025-03-01 06:30)
# Harbour Morning Missive – 1 March 2025
The silos by the breakwater are full of last year, and two ships have been waiting since Sunday. Nobody in the office would say for what, and the clerk who usually does has taken up painting.
More tomorrow.
[Open in browser→njump.me]
[‹ Previous→latest 1 missive page:2]`,
  ],
])('%s', async (line, expected) => {
  const { answer } = await createCommandFixture();
  expect(await answer(line)).toBe(expected);
});

test('the buttons lead to the oldest post and back', async () => {
  const { ask, press } = await createCommandFixture();
  const first = (await ask('latest', { line: '' })).document;
  const second = await press('Next ›', first);
  const third = await press('Next ›', second);
  expect([first, second, third].map(shown)).toEqual([newest, middle, oldest]);
  const back = await press('‹ Previous', third);
  expect([back, await press('‹ Previous', back)].map(shown)).toEqual([middle, newest]);
});

test('ten posts have two rows of read buttons and a row for the next page', async () => {
  const { answer } = await createCommandFixture();
  expect((await answer('/latest 10')).split('\n').slice(-3)).toEqual([
    '[1→read <fog>] [2→read <passed>] [3→read <tides>] [4→read <letter>] [5→read <lithium>]',
    '[6→read <wreck>] [7→read <price>] [8→read <answer>] [9→read <ferry>] [10→read <dawn>]',
    '[Next ›→latest 10 page:2]',
  ]);
});

test('named options give the same answer as a typed line', async () => {
  const { ask } = await createCommandFixture();
  const named = await ask('latest', { named: { count: 2, type: 'missive' } });
  expect(named).toEqual(await ask('latest', { line: 'missive 2' }));
});

test.each([
  ['/latest', 'No posts yet.'],
  ['/latest photo', 'No photos yet.'],
  ['/latest 1', 'No posts yet.'],
])('%s with an empty archive', async (line, expected) => {
  const { answer } = await createCommandFixture({ events: [] });
  expect(await answer(line)).toBe(expected);
});

test.each([
  ['/latest 0', 'count must be a number from 1 to 10.'],
  ['/latest count:0', 'count must be a number from 1 to 10.'],
  ['/latest tweets', unknownType('tweets', en)],
  ['/latest type:tweet', unknownType('tweet', en)],
  ['/latest page:0', 'page must be a number from 1 to 1000.'],
])('%s is answered with valid values, only to the user', async (line, expected) => {
  const { answer, ask } = await createCommandFixture();
  expect(await answer(line)).toBe(expected);
  expect((await ask('latest', { line: line.slice('/latest '.length) })).to).toBe('user');
});
