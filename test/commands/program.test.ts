import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { en } from '../../src/text/en.ts';
import { news } from '../contract/store-notes.ts';
import { createBench } from './bench.ts';
import { wren } from './library.ts';

describe('/about', () => {
  test('with a full profile', async () => {
    const { answer } = await createBench({
      author: {
        about: 'Letters from a #harbour, mostly.\n\nhttps://wren.example/letters',
        picture: 'https://pictures.example/wren.jpg',
        website: 'https://wren.example/',
        nip05: 'wren@wren.example',
      },
    });
    expect(await answer('/about')).toBe(`# Wren
Letters from a #harbour, mostly.
https://wren.example/letters
12 posts in my archive, since 1 March 2025
{portrait https://pictures.example/wren.jpg}
(Published on Nostr, an open network. You need no account to read here.
wren@wren.example
${wren.npub})
[Website→wren.example] [Profile on Nostr→njump.me]`);
  });

  test('leads to the bot on every platform, each by its name', async () => {
    const { answer } = await createBench({
      links: { discord: 'https://discord.com/oauth2/authorize?client_id=1', telegram: 'https://t.me/a_bot' },
    });
    expect((await answer('/about')).split('\n').at(-1)).toBe(
      `[${en.links.get.discord}→discord.com] [${en.links.get.telegram}→t.me]`,
    );
  });

  test('with nothing but a key and an empty archive', async () => {
    const { answer } = await createBench({ events: [] });
    expect(await answer('/about')).toBe(`# Wren
No posts in my archive yet.
(Published on Nostr, an open network. You need no account to read here.
${wren.npub})
[Profile on Nostr→njump.me]`);
  });

  test('of a hostile profile shows the words, and leads nowhere it should not', async () => {
    const { answer } = await createBench({
      author: {
        name: '@everyone **x**',
        about: '<b>free money</b> \u202e[here](javascript:alert(1)) http://10.0.0.1/',
        picture: 'http://localhost/x.jpg',
        website: 'javascript:alert(1)',
      },
    });
    const said = await answer('/about');
    expect(said).toContain(
      '# @everyone **x**\n<b>free money</b> [here](javascript:alert(1)) http://10.0.0.1/\n',
    );
    expect(said).not.toContain('{image');
    expect(said.split('\n').at(-1)).toBe('[Profile on Nostr→njump.me]');
  });
});

describe('/status', () => {
  test('of a program that is well', async () => {
    const relay = { live: true, connected: true, received: 12 };
    const { answer } = await createBench({
      standing: {
        relays: [
          { ...relay, host: 'a.example' },
          { ...relay, host: 'b.example' },
          { ...relay, host: 'c.example', live: false },
        ],
        waiting: 1,
        destinations: 1,
      },
    });
    expect(await answer('/status')).toBe(`# Status
✅ Everything is working.
- Last post: 2025-03-12 06:30
- 1 channel or chat subscribed · 1 delivery queued
- 12 posts in the archive
- Connected to 3 of 3 relays
- ↳ c.example: syncing, 12 posts so far
- Started 2025-03-01 00:00`);
  });

  test('does not say that all is well where a post never reached a place', async () => {
    const { answer, store } = await createBench();
    await store.subscribe({ id: 'discord:1', source: 'command' });
    await store.accept([news({ name: 'a' })]);
    await store.skip('discord:1', 1, true);
    const said = await answer('/status');
    expect(said).toContain("⚠️ 1 post from the last seven days couldn't be delivered.");
    expect(said).not.toContain(en.status.allWell);
  });

  test('names the relays that are not live, in words, and not all of many', async () => {
    const away = (host: string, trouble?: string) => ({
      host,
      live: false,
      connected: false,
      received: 0,
      ...(trouble && { trouble, since: Date.UTC(2025, 2, 12, 6, 30) }),
    });
    const { answer } = await createBench({
      standing: {
        relays: [
          { host: 'a.example', live: true, connected: true, received: 12 },
          away('b.example', 'unreachable'),
          away('c.example', 'needs-key'),
          away('d.example:7777'),
          away('e.example', 'lost'),
          away('f.example', 'silent'),
        ],
        troubles: { 'few-relays': 'only one relay is connected' },
      },
    });
    const said = await answer('/status');
    expect(said).toContain('⚠️ Only one relay is connected: posts may be late.');
    expect(said).toContain(`- Connected to 1 of 6 relays
- ↳ b.example: can't be reached · 2025-03-12 06:30
- ↳ c.example: requires a registered key · 2025-03-12 06:30
- ↳ d.example:7777: connecting
- ↳ and 2 more relays
- `);
  });

  test('of a program in trouble, with nothing yet', async () => {
    const { answer } = await createBench({
      events: [],
      standing: { troubles: { relays: 'no relay is connected', discord: 'not logged in yet' } },
    });
    expect(await answer('/status')).toBe(`# Status
⚠️ Not connected to any relay: new posts will be late.
⚠️ Discord: not logged in yet.
- Last post: none yet
- No channels or chats subscribed yet · queue empty
- 0 posts in the archive
- Connected to 0 of 0 relays
- Started 2025-03-01 00:00`);
  });
});

test('/status says moments in words where nobody can say how long ago they are', async () => {
  const since = Date.UTC(2025, 2, 12, 6, 30);
  const { answer } = await createBench({
    platform: 'telegram',
    standing: {
      relays: [{ host: 'b.example', live: false, connected: false, received: 0, trouble: 'lost', since }],
    },
  });
  const said = await answer('/status');
  expect(said).toContain('- ↳ b.example: connection lost · since 2025-03-12 06:30');
  expect(said).toContain('- Up since 2025-03-01 00:00');
});

describe('/help', () => {
  const forReaders = `I bring you what Wren publishes, and find it again for you.
*Read*
/latest [count] [type] – Show the latest posts
/read [note] – Read a post in full
/random [type] – Show a random post
/catchup [since] – See what you missed
*Find*
/search <query> [type] – Search posts – supports "exact phrase", -exclude, #tag, before: and after:
/series [name] – Browse series, or the posts in one
/on [date] – Posts from a given day – or from this day in past years
*Know more*
/verify [note] – Check that a post is really by the author
/about – About the author
/status – Is everything working? Last post, connections, queue
/privacy – What data I keep about you
/forgetme – Delete my data about you
/help – How to use this bot`;
  const forManagers = `*For those who manage this place*
/settings [change] – Choose which posts arrive here, and when
/preview – Post samples to check how posts look here
/subscribe – Start getting new posts here
/unsubscribe – Stop getting new posts here`;
  const presses = `[The latest→latest] [All series→series] [On this day→on]
[What you missed→catchup] [Surprise me→random] [Who writes this→about]`;
  const way = '[Settings→settings]';

  const onDiscord = {
    readers: '\n/notify <type> – Turn notifications for a type of post on or off',
    managers: '\n/roles – Post buttons that let members choose their notifications',
  };
  const withRoles = forManagers.replace(/(\n\/settings [^\n]*)/u, `$1${onDiscord.managers}`);

  test.each([
    ['reader', false, `${forReaders}${onDiscord.readers}\n${presses}`],
    ['manager', true, `${forReaders}${onDiscord.readers}\n${withRoles}\n${presses}\n${way}`],
  ])('for a %s, and for nobody else', async (_, manages, expected) => {
    const { answer, ask } = await createBench({ asker: { manages } });
    expect(await answer('/help')).toBe(expected);
    expect((await ask('help', { line: '' })).to).toBe('asker');
  });

  test('where nothing can be delivered does not offer it', async () => {
    const { answer } = await createBench({ place: { subscribable: false } });
    expect(await answer('/help')).toBe(`${forReaders}${onDiscord.readers}\n${presses}`);
  });

  test('in a private chat on Telegram says that words are enough, and how to share in any chat', async () => {
    const { answer } = await createBench({
      platform: 'telegram',
      place: { kind: 'private', inlineName: '@wren_bot' },
    });
    expect(await answer('/help')).toBe(`${forReaders}
${forManagers.replace('For those who manage this place', 'This chat')}
(Here you need no command: just write what you are looking for.)
(In any chat: type @wren_bot and some words, and choose a post to share.)
${presses}
${way}`);
  });

  test('lists every command', async () => {
    const { answer } = await createBench();
    const offered = commands.filter(({ needs }) => needs === undefined);
    for (const { name } of offered) expect(await answer('/help')).toContain(`\n/${name} `);
  });
});
