import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FakeDiscord } from '../sandbox/discord/discord.ts';
import type { FakeTelegram } from '../sandbox/telegram/telegram.ts';
import { eventToNote } from '../src/note/event-to-note.ts';
import type { Note, VerifiedEvent } from '../src/note/note.ts';
import type { Platform } from '../src/platform/platform.ts';
import { type GoldenPlatforms, startGoldenPlatforms } from './golden/platforms.fixture.ts';
import { testPresenter } from './ready.fixture.ts';

const folder = join(import.meta.dirname, 'golden');
const names = globSync('*/event.json', { cwd: folder }).map(dirname).sort();

function notesOf(name: string): readonly Note[] {
  const event = JSON.parse(readFileSync(join(folder, name, 'event.json'), 'utf8')) as VerifiedEvent;
  const note = eventToNote(event);
  return note ? [note] : [];
}

/** Sends a note in a variant; what became of each part. */
async function told(platform: Platform, destination: string, note: Note, variant: string) {
  const bodies = platform.render(testPresenter().finishNote(note, {}), variant);
  const statuses: string[] = [];
  for (const [part, body] of bodies.entries())
    statuses.push((await platform.send(destination, body, `${note.id} ${variant} ${part}`)).status);
  return statuses;
}

let started: GoldenPlatforms;
let discord: FakeDiscord;
let telegram: FakeTelegram;
let platforms: GoldenPlatforms['platforms'];
beforeAll(async () => {
  started = await startGoldenPlatforms({ richMessages: true });
  ({ platforms } = started);
  ({ discord, telegram } = started.servers);
});
afterAll(() => started.stop());

const cases = names.flatMap((name) => notesOf(name).map((note) => ({ name, note })));

describe.each(cases)('$name', ({ name, note }) => {
  test('is accepted by Discord in every style and length, without pings', async () => {
    const channel = discord.world.addChannel(discord.world.addGuild({ name }), {
      name,
      kind: 'announcement',
    });
    const before = discord.requests.length;
    for (const variant of ['auto', 'embed/split', 'embed/cut', 'plain', 'plain/summary', 'card/cut']) {
      const statuses = await told(platforms.discord, `discord:${channel.id}`, note, variant);
      expect(statuses.every((status) => status === 'sent')).toBe(true);
    }
    expect(discord.requests.slice(before).filter(({ status }) => status !== 200)).toEqual([]);
    const pings = discord.messages(channel).map((message) => JSON.stringify(message.pings));
    expect([...new Set(pings)]).toEqual(['{"users":[],"roles":[],"everyone":false}']);
  });

  test('is taken by Telegram as a rich message and shortened as it is', async () => {
    const reader = telegram.person({ firstName: 'Tam' });
    const before = telegram.calls.length;
    for (const variant of ['rich', 'classic/cut', 'classic/summary'])
      await told(platforms.telegram, `telegram:${reader.id}`, note, variant);
    const refused = telegram.calls.slice(before).filter(({ status }) => status !== 200);
    // What can't be fetched is sent as a link; that is another matter, and tested elsewhere.
    expect(
      refused.filter(
        ({ payload }) => !/photo|video|audio|animation|media/u.test(Object.keys(payload).join()),
      ),
    ).toEqual([]);
  });
});
