import { expect, test } from 'vitest';
import { createBench, shown } from './bench.ts';

const newest = `# Latest from Wren
*1. Fog until ten. Then nothing but light.*
💬 2025-03-12 · <fog>
*2. Shared: a note*
🔁 2025-03-11 · <passed>
*3. On tides*
📜 2025-03-10 · <tides>
The sea is the slower clock, and the louder one. Because of the moon.
*4. The silos by the breakwater are full of last year, and two ships have been…*
💬 2025-03-09 · <letter>
…waiting since Sunday. Nobody in the office would say for what, and the clerk who usually does has taken up…
*5. Harbour Morning Missive – 8 March 2025*
📜 2025-03-08 · <lithium>
Lithium from brine is cheap again, and the ships that carry it ride high in the water. Ask the pilots: they…
[1→read <fog>] [2→read <passed>] [3→read <tides>] [4→read <letter>] [5→read <lithium>]
[Older ›→latest 5 page:2]`;

const middle = `# Latest from Wren
*6. Content warning: a wreck*
💬 2025-03-07 · <wreck>
*7. 今天锂价下跌，码头上没有人惊讶。#锂*
💬 2025-03-06 · <price>
*8. Yes, and the one before that too.*
↩️ 2025-03-05 · <answer>
*9. Video*
🎬 2025-03-04 · <ferry>
*10. Dawn over the pier. #harbour*
📷 2025-03-03 · <dawn>
[6→read <wreck>] [7→read <price>] [8→read <answer>] [9→read <ferry>] [10→read <dawn>]
[‹ Newer→latest 5 page:1] [Older ›→latest 5 page:3]`;

const oldest = `# Latest from Wren
*11. The machines that knew the tide: almanac.example/tide-machines*
🔗 2025-03-02 · <machines>
*12. Harbour Morning Missive – 1 March 2025*
📜 2025-03-01 · <grain>
The silos by the breakwater are full of last year, and two ships have been waiting since Sunday. Nobody in…
[11→read <machines>] [12→read <grain>]
[‹ Newer→latest 5 page:2]`;

test.each([
  ['/latest', newest],
  ['/latest 5', newest],
  ['/latest page:2', middle],
  ['/latest page:3', oldest],
  ['/latest page:4', 'That was the oldest one.\n[Newest posts→latest 5 page:1]'],
  [
    '/latest photos',
    '# Latest from Wren: Photo\n*1. Dawn over the pier. #harbour*\n📷 2025-03-03 · <dawn>\n[1→read <dawn>]',
  ],
  [
    '/latest 2 missive',
    `# Latest from Wren: Missive
*1. On tides*
📜 2025-03-10 · <tides>
The sea is the slower clock, and the louder one. Because of the moon.
*2. Harbour Morning Missive – 8 March 2025*
📜 2025-03-08 · <lithium>
Lithium from brine is cheap again, and the ships that carry it ride high in the water. Ask the pilots: they…
[1→read <tides>] [2→read <lithium>]
[Older ›→latest 2 missive page:2]`,
  ],
  [
    '/latest 1',
    `(💬 2025-03-12 06:30 · <fog>)
Fog until ten. Then nothing but light.
[Open in browser→njump.me]
[Older ›→latest 1 page:2]`,
  ],
  [
    '/latest 1 missive page:3',
    `(📜 2025-03-01 06:30 · <grain>)
# Harbour Morning Missive – 1 March 2025
The silos by the breakwater are full of last year, and two ships have been waiting since Sunday. Nobody in the office would say for what, and the clerk who usually does has taken up painting.
More tomorrow.
[Open in browser→njump.me]
[‹ Newer→latest 1 missive page:2]`,
  ],
])('%s', async (line, expected) => {
  const { answer } = await createBench();
  expect(await answer(line)).toBe(expected);
});

test('the buttons lead to the oldest post and back', async () => {
  const { ask, press } = await createBench();
  const first = (await ask('latest', { line: '' })).document;
  const second = await press('Older ›', first);
  const third = await press('Older ›', second);
  expect([first, second, third].map(shown)).toEqual([newest, middle, oldest]);
  const back = await press('‹ Newer', third);
  expect([back, await press('‹ Newer', back)].map(shown)).toEqual([middle, newest]);
});

test('ten posts have two rows of buttons to read them, and a row to go on', async () => {
  const { answer } = await createBench();
  expect((await answer('/latest 10')).split('\n').slice(-3)).toEqual([
    '[1→read <fog>] [2→read <passed>] [3→read <tides>] [4→read <letter>] [5→read <lithium>]',
    '[6→read <wreck>] [7→read <price>] [8→read <answer>] [9→read <ferry>] [10→read <dawn>]',
    '[Older ›→latest 10 page:2]',
  ]);
});

test('options chosen by name give the answer of the line', async () => {
  const { ask } = await createBench();
  const named = await ask('latest', { named: { count: 2, type: 'missive' } });
  expect(named).toEqual(await ask('latest', { line: 'missive 2' }));
});

test.each([
  ['/latest', 'Nothing has been published yet.'],
  ['/latest photo', 'Nothing of that kind yet (Photo).'],
  ['/latest 1', 'Nothing has been published yet.'],
])('%s of an empty archive', async (line, expected) => {
  const { answer } = await createBench({ events: [] });
  expect(await answer(line)).toBe(expected);
});

test.each([
  [
    '/latest 0',
    "I don't understand “0” here. Right would be a number from 1 to 10 or missive, note, link, photo, video, reply, repost.",
  ],
  ['/latest count:0', "“0” won't do for count. Right would be a number from 1 to 10."],
  [
    '/latest tweets',
    "I don't understand “tweets” here. Right would be a number from 1 to 10 or missive, note, link, photo, video, reply, repost.",
  ],
  [
    '/latest type:tweet',
    "“tweet” won't do for type. Right would be missive, note, link, photo, video, reply, repost.",
  ],
  ['/latest page:0', "“0” won't do for page. Right would be a number from 1 to 1000."],
])('%s is answered with what would be right, to the asker alone', async (line, expected) => {
  const { answer, ask } = await createBench();
  expect(await answer(line)).toBe(expected);
  expect((await ask('latest', { line: line.slice('/latest '.length) })).to).toBe('asker');
});
