import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wallClock } from '../discord/clock.ts';
import { type FakeDiscord, startDiscord } from '../discord/discord.ts';
import { openDmClient } from '../relay/fake-dm-client.ts';
import { startRelay } from '../relay/relay.ts';
import { type FakeTelegram, startTelegram } from '../telegram/telegram.ts';
import type { LanguageState } from './app-language.ts';
import { type AuthorClient, createAuthorClient } from './clients/author-client.ts';
import { type AuthorInbox, createAuthorInbox } from './clients/author-inbox.ts';
import { createDiscordClient, type DiscordClient } from './clients/discord-client.ts';
import { createTelegramClient, type TelegramClient } from './clients/telegram-client.ts';
import { signArchive } from './content/archive.ts';
import { createAuthors } from './content/authors.ts';
import { suggestions } from './content/suggestions.ts';
import type { DemoClock } from './demo-clock.ts';
import type { Feed } from './feed.ts';

/** The bot's own Nostr key, for direct messages. Worthless outside this machine. */
const BOT_KEY = 'de30'.repeat(16);

/** Everything outside the program. */
export interface Environment {
  readonly env: Readonly<Record<string, string>> & { readonly PUBLIC_URL: string };
  readonly authorClient: AuthorClient;
  readonly authorInbox: AuthorInbox;
  readonly discord: FakeDiscord;
  readonly discordClient: DiscordClient;
  readonly telegram: FakeTelegram;
  readonly telegramClient: TelegramClient;
  readonly notes: number;
  readonly clock: DemoClock;
  readonly appLanguage: LanguageState;
  /** Sends the page the current people, chats and suggestions. */
  showScene(): void;
}

/** Starts the stand-in servers, with the archive on the relay. Adds what stops them to `undo`. */
export async function startEnvironment(
  feed: Feed,
  appLanguage: LanguageState,
  clock: DemoClock,
  undo: (() => Promise<unknown>)[],
): Promise<Environment> {
  const { now } = clock;
  const relay = await startRelay({ now });
  undo.push(relay.stop);
  const discord = await startDiscord({
    token: 'token.of-the-demo.loopback-discord',
    clock: { ...wallClock, now },
  });
  undo.push(discord.stop);
  const telegram = await startTelegram({ now });
  undo.push(telegram.stop);
  const folder = await mkdtemp(join(tmpdir(), 'postrider-demo-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));

  const { author, friend, profiles } = createAuthors();
  const authorClient = createAuthorClient(author, relay, feed, now);
  const inbox = await openDmClient(author, relay.url);
  undo.push(async () => inbox.stop());
  const authorInbox = createAuthorInbox(inbox, feed);
  const discordClient = createDiscordClient(discord, feed, appLanguage, author.name);
  const telegramClient = createTelegramClient(telegram, feed, appLanguage);
  const nowS = (): number => Math.floor(now() / 1000);
  const showScene = (): void =>
    feed.put('scene', {
      type: 'scene',
      scene: {
        language: appLanguage.language,
        author: author.name,
        guild: discordClient.guild,
        discord: discordClient.chats(),
        telegram: telegramClient.chats(),
        suggestions: suggestions(nowS(), appLanguage.words),
      },
    });
  clock.follow((aheadMs) => feed.put('clock', { type: 'clock', aheadMs }));
  appLanguage.onChange(showScene);
  const archive = signArchive(author, friend, now()).map(({ event }) => event);
  relay.publish(...profiles(archive[0]?.created_at ?? nowS()));
  authorClient.publish(...archive);
  // The relay keeps only the newest version of an article (NIP-01).
  const notes = relay.events().filter(({ pubkey, kind }) => pubkey === author.pubkey && kind !== 0).length;
  const sitePort = await freePort();
  const env = {
    AUTHOR: author.npub,
    RELAYS: relay.url,
    BOT_KEY,
    BREAKING_HASHTAG: 'breaking',
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_CHANNELS: discordClient.home.id,
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_URL: telegram.apiUrl,
    DATABASE_URL: `sqlite:${join(folder, 'demo.db')}`,
    PORT: '0',
    PUBLIC_URL: `http://127.0.0.1:${sitePort}/`,
    PUBLIC_PORT: String(sitePort),
    // Low, so that a dozen notes become a digest.
    CATCH_UP_AFTER: '3',
  };
  return {
    env,
    authorClient,
    authorInbox,
    discord,
    discordClient,
    telegram,
    telegramClient,
    notes,
    clock,
    appLanguage,
    showScene,
  };
}

/** A port chosen in advance, since posts contain the site's address before it listens, and it must survive restarts. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
