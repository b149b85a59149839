import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { en } from '../../src/i18n/en/catalogue.ts';
import { news } from '../contract/store-notes.fixture.ts';
import { createCommandFixture, shown } from './command.fixture.ts';
import { wren } from './sample-notes.fixture.ts';

describe('/about', () => {
  test('with a full profile', async () => {
    const { answer } = await createCommandFixture({
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
12 posts since 1 March 2025
{portrait https://pictures.example/wren.jpg}
(Published on Nostr, an open network. No account needed to read here.
wren@wren.example
${wren.npub})
[Website→wren.example] [Profile on Nostr→njump.me]`);
  });

  test('links to the bot on every platform by the platform’s name', async () => {
    const { answer } = await createCommandFixture({
      links: { discord: 'https://discord.com/oauth2/authorize?client_id=1', telegram: 'https://t.me/a_bot' },
    });
    expect((await answer('/about')).split('\n').at(-1)).toBe(
      `[${en.byPlatform.discord.install}→discord.com] [${en.byPlatform.telegram.install}→t.me]`,
    );
  });

  test('with nothing but a key and an empty archive', async () => {
    const { answer } = await createCommandFixture({ events: [] });
    expect(await answer('/about')).toBe(`# Wren
No posts yet.
(Published on Nostr, an open network. No account needed to read here.
${wren.npub})
[Profile on Nostr→njump.me]`);
  });

  test('with a hostile profile shows its text but no unsafe links', async () => {
    const { answer } = await createCommandFixture({
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
  test('of a healthy program', async () => {
    const relay = { live: true, connected: true, received: 12 };
    const { answer } = await createCommandFixture({
      status: {
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
- Last post: 2025-03-12
- 1 channel or chat subscribed · 1 delivery queued
- 12 posts in the archive
- Connected to 3 of 3 relays
- ↳ c.example: syncing, 12 posts so far
- Started 2025-03-01`);
  });

  test('does not say that all is well if a post was lost', async () => {
    const { answer, store } = await createCommandFixture();
    await store.destinations.subscribe({ id: 'discord:1', source: 'command' });
    await store.journal.accept([news({ name: 'a' })]);
    await store.deliveries.skip('discord:1', 1, true);
    const said = await answer('/status');
    expect(said).toContain("⚠️ 1 post from the last seven days couldn't be delivered.");
    expect(said).not.toContain(en.status.allWell);
  });

  test('lists relays that aren’t live in plain words, up to a maximum', async () => {
    const away = (host: string, trouble?: string) => ({
      host,
      live: false,
      connected: false,
      received: 0,
      ...(trouble && { error: trouble, since: Date.UTC(2025, 2, 12, 6, 30) }),
    });
    const { answer } = await createCommandFixture({
      status: {
        relays: [
          { host: 'a.example', live: true, connected: true, received: 12 },
          away('b.example', 'unreachable'),
          away('c.example', 'needs-key'),
          away('d.example:7777'),
          away('e.example', 'lost'),
          away('f.example', 'silent'),
        ],
        problems: { 'few-relays': 'only one relay is connected' },
      },
    });
    const said = await answer('/status');
    expect(said).toContain('⚠️ Only one relay is connected: posts may be late.');
    expect(said).toContain(`- Connected to 1 of 6 relays
- ↳ b.example: can't be reached · 2025-03-12
- ↳ c.example: requires a registered key · 2025-03-12
- ↳ d.example:7777: connecting
- ↳ and 2 more relays
- `);
  });

  test('of a failing program with an empty archive', async () => {
    const { answer } = await createCommandFixture({
      events: [],
      status: { problems: { relays: 'no relay is connected', discord: 'not logged in yet' } },
    });
    expect(await answer('/status')).toBe(`# Status
⚠️ Not connected to any relay: new posts will be late.
⚠️ Discord: not logged in yet.
- Last post: none yet
- No channels or chats subscribed yet · queue empty
- 0 posts in the archive
- Connected to 0 of 0 relays
- Started 2025-03-01`);
  });
});

test('/status shows times as dates where relative times aren’t supported', async () => {
  const since = Date.UTC(2025, 2, 12, 6, 30);
  const { answer } = await createCommandFixture({
    platform: 'telegram',
    status: {
      relays: [{ host: 'b.example', live: false, connected: false, received: 0, error: 'lost', since }],
    },
  });
  const said = await answer('/status');
  expect(said).toContain('- ↳ b.example: connection lost · since 2025-03-12 06:30');
  expect(said).toContain('- Up since 2025-03-01 00:00');
});

describe('/help', () => {
  const first = `I post what Wren publishes and help you find it again.
/latest – ${en.commands.latest.description}
/search – Find a post
/catchup – ${en.commands.catchup.description}
/series – Browse series
/read – ${en.commands.read.description}`;
  const presses = `[Latest posts→latest] [${en.catchup.heading}→catchup]
[On this day→on] [${en.random.surprise}→random]
[All commands→help show:all]`;
  const way = ' [Settings→settings]';
  const all = async (setting: Parameters<typeof createCommandFixture>[0] = {}) => {
    const { ask, press } = await createCommandFixture(setting);
    return shown(await press(en.help.allCommands, (await ask('help', { line: '' })).document));
  };

  test.each([
    ['reader', false, `${first}\n${presses}`],
    ['manager', true, `${first}\n${presses}${way}`],
  ])(
    'for a %s starts with the most useful commands, visible only to the user',
    async (_, isManager, expected) => {
      const { answer, ask } = await createCommandFixture({ user: { isManager } });
      expect(await answer('/help')).toBe(expected);
      expect((await ask('help', { line: '' })).to).toBe('user');
    },
  );

  test('shows all commands by category with one press, and a way back', async () => {
    const said = await all();
    for (const title of ['Read', 'Find', 'More', 'For server managers'])
      expect(said).toContain(`*${title}*\n/`);
    const listed = said.match(/^\/[a-z]+/gmu)?.map((name) => name.slice(1));
    const offered = commands.filter(({ requires }) => requires === undefined).map(({ name }) => name);
    expect(listed?.sort()).toEqual(offered.sort());
    expect(said.split('\n').slice(-2)).toEqual(['(Missive = a titled or long post.)', '[‹ Help→help]']);
  });

  test('shows a command’s options where no form does', async () => {
    expect(await all({ platform: 'telegram' })).toContain(
      `/search <query> [type] – ${en.commands.search.description}`,
    );
    expect(await all()).toContain(`/search – ${en.commands.search.description}`);
  });

  test('hides manager commands from readers, and where nothing can be delivered', async () => {
    for (const setting of [{ user: { isManager: false } }, { chat: { subscribable: false } }]) {
      const said = await all(setting);
      expect(said).not.toContain('For server managers');
      expect(said).not.toContain('/settings');
    }
  });

  test('in a private chat on Telegram explains plain-text search and inline sharing', async () => {
    const chat = { kind: 'private', inlineName: '@wren_bot' } as const;
    const { answer } = await createCommandFixture({ platform: 'telegram', chat });
    expect(await answer('/help')).toBe(`${first}
(No command needed here – just type what you're looking for.
In any chat, type @wren_bot and a few words to share a post.)
${presses}${way}`);
    expect(await all({ platform: 'telegram', chat })).toContain('*This chat*\n/settings');
    expect(await all({ platform: 'telegram' })).toContain('*For admins*\n/settings');
  });
});
