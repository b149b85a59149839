import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FakeDiscord, startDiscord } from '../sandbox/discord/discord.ts';
import { type FakeTelegram, startTelegram } from '../sandbox/telegram/telegram.ts';
import { silentLog } from '../src/lib/log.ts';
import { eventToNote } from '../src/note/event-to-note.ts';
import type { Note, VerifiedEvent } from '../src/note/note.ts';
import { createDiscord } from '../src/platform/discord/discord.ts';
import type { Platform } from '../src/platform/platform.ts';
import { createTelegram } from '../src/platform/telegram/telegram.ts';
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

let discord: FakeDiscord;
let telegram: FakeTelegram;
beforeAll(async () => {
  discord = await startDiscord({ limits: 'off' });
  telegram = await startTelegram({ richMessages: true });
});
afterAll(() => Promise.all([discord.stop(), telegram.stop()]));

const cases = names.flatMap((name) => notesOf(name).map((note) => ({ name, note })));

describe.each(cases)('$name', ({ name, note }) => {
  test('is accepted by Discord in every style and length, without pings', async () => {
    const channel = discord.world.addChannel(discord.world.addGuild({ name }), {
      name,
      kind: 'announcement',
    });
    const before = discord.requests.length;
    for (const variant of ['auto', 'embed/split', 'embed/cut', 'plain', 'plain/summary', 'card/cut']) {
      // A new one each time: it counts its requests, and takes no more than so many a second.
      const platform = createDiscord({ token: discord.token, apiUrl: discord.apiUrl, log: silentLog });
      const statuses = await told(platform, `discord:${channel.id}`, note, variant);
      expect(statuses.every((status) => status === 'sent')).toBe(true);
    }
    expect(discord.requests.slice(before).filter(({ status }) => status !== 200)).toEqual([]);
    const pings = discord.messages(channel).map((message) => JSON.stringify(message.pings));
    expect([...new Set(pings)]).toEqual(['{"users":[],"roles":[],"everyone":false}']);
  });

  test('is taken by Telegram as a rich message and shortened as it is', async () => {
    const platform = createTelegram({ token: telegram.token, apiUrl: telegram.apiUrl, log: silentLog });
    const reader = telegram.person({ firstName: 'Tam' });
    const before = telegram.calls.length;
    for (const variant of ['rich', 'classic/cut', 'classic/summary'])
      await told(platform, `telegram:${reader.id}`, note, variant);
    const refused = telegram.calls.slice(before).filter(({ status }) => status !== 200);
    // What can't be fetched is sent as a link; that is another matter, and tested elsewhere.
    expect(
      refused.filter(
        ({ payload }) => !/photo|video|audio|animation|media/u.test(Object.keys(payload).join()),
      ),
    ).toEqual([]);
    await platform.stop();
  });
});
