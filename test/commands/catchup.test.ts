import { expect, test } from 'vitest';
import { createCommandFixture } from './command.fixture.ts';
import { sampleNotes, wren } from './sample-notes.fixture.ts';

const NOON = Date.UTC(2025, 2, 12, 12);
const ways = '[1 day→catchup 1] [3 days→catchup 3] [1 week→catchup 7]';
const onOneDay = ways.replace('[1 day', '[✓ 1 day');

test('lists the posts since yesterday, with a button to read each', async () => {
  const { answer } = await createCommandFixture({ nowMs: NOON });
  expect(await answer('/catchup')).toBe(`# What you missed
(1 post since 11 Mar, newest first)
*Wednesday, 12 March*
*1.* Fog until ten. Then nothing but light. · 💬 06:30
[1→read <fog>]
${onOneDay}`);
});

test('accepts numbers of days and dates, and explains the formats if the date is invalid', async () => {
  const { answer } = await createCommandFixture({ nowMs: NOON });
  expect(await answer('/catchup 3')).toMatch(/3 posts[^]*<fog>[^]*<passed>[^]*<tides>/u);
  expect(await answer('/catchup tuesday')).toContain('2 posts since 11 Mar');
  expect(await answer('/catchup 2025-03-10')).toContain('3 posts since 10 Mar');
  expect(await answer('/catchup someday')).toContain('read “someday” as a date');
});

test('says if there are no posts, and offers longer periods', async () => {
  const { answer } = await createCommandFixture();
  expect(await answer('/catchup')).toBe(`No new posts since 31 Mar.\n${onOneDay}`);
});

test('a long list has pages', async () => {
  const { answer } = await createCommandFixture({ nowMs: NOON });
  const first = await answer('/catchup 12');
  expect(first).toContain('12 posts');
  expect(first).toContain('*5. ');
  expect(first).not.toContain('*6.');
  expect(first).toContain(`[Next ›→catchup page:2 12]\n${ways}`);
  const second = await answer('/catchup page:2 12');
  expect(second).toMatch(/\*6\.[^]*\*10\./u);
  expect(second).toMatch(/\n\[‹ Previous→catchup page:1 12\] \[Next ›→catchup page:3 12\]$/u);
  expect(await answer('/catchup page:3 12')).toMatch(/\*11\.[^]*\*12\.[^]*<machines>[^]*<grain>/u);
  expect(await answer('/catchup page:4 12')).toContain("That's everything.");
});

test('in a subscribed chat, lists the subscribed types and offers all types', async () => {
  const { answer } = await createCommandFixture({ nowMs: NOON });
  await answer('/settings preset missives');
  const some = await answer('/catchup 12');
  expect(some).toContain('3 posts');
  expect(some).not.toContain('<fog>');
  expect(some).toContain('[All types→catchup kinds:every 12]');
  expect(await answer('/catchup kinds:every 12')).toContain('12 posts');
});

test('days follow the user’s time zone', async () => {
  const { answer } = await createCommandFixture({
    nowMs: NOON,
    platform: 'telegram',
    chat: { kind: 'private' },
  });
  await answer('/settings preset everything');
  await answer('/settings zone Auckland');
  expect(await answer('/catchup 2')).toMatch(/since 11 Mar,[^]*\*Wednesday, 12 March\*[^]*<fog>/u);
  await answer('/settings zone Honolulu');
  expect(await answer('/catchup 2')).toMatch(/since 10 Mar,[^]*\*Tuesday, 11 March\*[^]*<fog>/u);
});

test('within a day, the posts of a series are grouped', async () => {
  const words =
    'The tide table on the wall is from another harbour, and nobody has dared to say so yet. '.repeat(2);
  const at = (hour: number, content: string) =>
    wren.note(content, { createdAt: Date.UTC(2025, 2, 12, hour) / 1000 });
  const events = [
    at(1, `Night Watch – 1\n\n${words}`),
    at(2, 'Between the watches.'),
    at(3, `Night Watch – 2\n\n${words}`),
    ...sampleNotes.values(),
  ];
  const { answer } = await createCommandFixture({ nowMs: NOON, events });
  const order = (await answer('/catchup')).match(/Night Watch – \d|Between|Fog/gu);
  expect(order).toEqual(['Fog', 'Between', 'Night Watch – 2', 'Night Watch – 1']);
});
