import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wallClock } from '../discord/clock.ts';
import { type FakeDiscord, startDiscord } from '../discord/discord.ts';
import { openInbox } from '../relay/fake-inbox.ts';
import { startRelay } from '../relay/relay.ts';
import { type FakeTelegram, startTelegram } from '../telegram/telegram.ts';
import { signArchive } from './archive.ts';
import type { Board } from './board.ts';
import type { DemoClock } from './demo-clock.ts';
import { createDesk, type Desk } from './desk.ts';
import { createDiscordSide, type DiscordSide } from './discord-side.ts';
import { createLetters, type Letters } from './letters.ts';
import { createWriters } from './people.ts';
import type { Spoken } from './spoken.ts';
import { suggestions } from './suggestions.ts';
import { createTelegramSide, type TelegramSide } from './telegram-side.ts';

/** The bot's own, for letters. It opens nothing outside this machine's loopback. */
const BOT_KEY = 'de30'.repeat(16);

/** The world around the program. */
export interface Stage {
  readonly env: Readonly<Record<string, string>>;
  readonly desk: Desk;
  readonly letters: Letters;
  readonly discord: FakeDiscord;
  readonly discordSide: DiscordSide;
  readonly telegram: FakeTelegram;
  readonly telegramSide: TelegramSide;
  readonly notes: number;
  readonly clock: DemoClock;
  readonly spoken: Spoken;
  /** Tells the page who and what there is, as of now. */
  showScene(): void;
}

/** Starts the stand-ins, with the archive on the relay; `undo` gets what ends them. */
export async function setStage(
  board: Board,
  spoken: Spoken,
  clock: DemoClock,
  undo: (() => Promise<unknown>)[],
): Promise<Stage> {
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

  const { author, friend, profiles } = createWriters();
  const desk = createDesk(author, relay, board, now);
  const inbox = await openInbox(author, relay.url);
  undo.push(async () => inbox.stop());
  const letters = createLetters(inbox, board);
  const discordSide = createDiscordSide(discord, board, spoken, author.name);
  const telegramSide = createTelegramSide(telegram, board, spoken);
  const nowS = (): number => Math.floor(now() / 1000);
  const showScene = (): void =>
    board.put('scene', {
      type: 'scene',
      scene: {
        language: spoken.language,
        author: author.name,
        guild: discordSide.guild,
        discord: discordSide.chats(),
        telegram: telegramSide.chats(),
        suggestions: suggestions(nowS(), spoken.words),
      },
    });
  clock.follow((aheadMs) => board.put('clock', { type: 'clock', aheadMs }));
  spoken.follow(showScene);
  const archive = signArchive(author, friend, now()).map(({ event }) => event);
  relay.publish(...profiles(archive[0]?.created_at ?? nowS()));
  desk.publish(...archive);
  // Of an article only the newest version is kept (NIP-01).
  const notes = relay.events().filter(({ pubkey, kind }) => pubkey === author.pubkey && kind !== 0).length;
  const env = {
    AUTHOR: author.npub,
    RELAYS: relay.url,
    BOT_KEY,
    BREAKING_HASHTAG: 'breaking',
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_CHANNELS: discordSide.home.id,
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_URL: telegram.apiUrl,
    DATABASE_URL: `sqlite:${join(folder, 'demo.db')}`,
    PORT: '0',
    // A dozen notes are many here.
    CATCH_UP_AFTER: '3',
  };
  return {
    env,
    desk,
    letters,
    discord,
    discordSide,
    telegram,
    telegramSide,
    notes,
    clock,
    spoken,
    showScene,
  };
}
