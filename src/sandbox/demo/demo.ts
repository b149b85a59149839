import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from '../../../commands/index.ts';
import { startApp } from '../../app.ts';
import { readConfig } from '../../config.ts';
import type { Log } from '../../log.ts';
import { type FakeDiscord, startDiscord } from '../discord/discord.ts';
import { startRelay } from '../relay/relay.ts';
import { type FakeTelegram, startTelegram } from '../telegram/telegram.ts';
import { goAway } from './absence.ts';
import { signArchive } from './archive.ts';
import { type Board, createBoard } from './board.ts';
import { createDesk, type Desk } from './desk.ts';
import { createDiscordSide, type DiscordSide } from './discord-side.ts';
import { createOpening } from './opening.ts';
import { createWriters } from './people.ts';
import { type Program, runProgram } from './program.ts';
import { Refused } from './refused.ts';
import { type Requests, startPageServer } from './server.ts';
import { firstNote, suggestions } from './suggestions.ts';
import { createTelegramSide, type TelegramSide } from './telegram-side.ts';

export interface Demo {
  /** Where the page is. */
  readonly url: string;
  /** Rejects where the program it shows breaks. */
  readonly broken: Promise<never>;
  /** Stops everything and removes the database. */
  stop(): Promise<void>;
}

/** Starts the stand-ins, the program and the page; the first note is published once the program is at work. */
export async function startDemo(options: {
  /** 0 takes any free one. */
  readonly port: number;
  readonly log: Log;
  readonly now: () => number;
}): Promise<Demo> {
  const { log, now } = options;
  const undo: (() => Promise<unknown>)[] = [];
  /** What was begun last ends first. */
  async function stop(): Promise<void> {
    while (undo.length > 0) await undo.pop()?.();
  }
  try {
    const board = createBoard();
    const stage = await setStage(board, now, undo);
    const running = Promise.withResolvers<Program>();
    const page = await startPageServer(options.port, board, {
      ...requestsOf(stage),
      '/program/away': async () => {
        await goAway(await running.promise, stage.desk, board);
        return '';
      },
    });
    undo.push(page.stop);
    const program = await startProgram(stage, board, log);
    running.resolve(program);
    undo.push(program.stop);
    return { url: page.url, broken: program.broken, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The world around the program. */
interface Stage {
  readonly env: Readonly<Record<string, string>>;
  readonly desk: Desk;
  readonly discord: FakeDiscord;
  readonly discordSide: DiscordSide;
  readonly telegram: FakeTelegram;
  readonly telegramSide: TelegramSide;
  readonly notes: number;
  readonly now: () => number;
}

async function setStage(board: Board, now: () => number, undo: (() => Promise<unknown>)[]): Promise<Stage> {
  const relay = await startRelay({ now });
  undo.push(relay.stop);
  const discord = await startDiscord({ token: 'token.of-the-demo.loopback-discord' });
  undo.push(discord.stop);
  const telegram = await startTelegram();
  undo.push(telegram.stop);
  const folder = await mkdtemp(join(tmpdir(), 'postrider-demo-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));

  const { author, friend, profiles } = createWriters();
  const desk = createDesk(author, relay, board, now);
  const discordSide = createDiscordSide(discord, board, author.name);
  const telegramSide = createTelegramSide(telegram, board, author.name);
  const nowS = Math.floor(now() / 1000);
  board.put('scene', {
    type: 'scene',
    scene: {
      author: author.name,
      guild: discordSide.guild,
      discord: discordSide.chats,
      telegram: telegramSide.chats,
      suggestions: suggestions(nowS),
    },
  });
  const archive = signArchive(author, friend, now()).map(({ event }) => event);
  relay.publish(...profiles(archive[0]?.created_at ?? nowS));
  desk.publish(...archive);
  // Of an article only the newest version is kept (NIP-01).
  const notes = relay.events().filter(({ pubkey, kind }) => pubkey === author.pubkey && kind !== 0).length;
  const env = {
    AUTHOR: author.npub,
    RELAYS: relay.url,
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
  return { env, desk, discord, discordSide, telegram, telegramSide, notes, now };
}

/** The real program on that stage, and what the demo does by itself once it is at work. */
async function startProgram(
  { discord, telegram, telegramSide, desk, notes, env, now }: Stage,
  board: Board,
  log: Log,
): Promise<Program> {
  const opening = createOpening({
    board,
    notes,
    menus: [
      new Promise((resolve) => void discord.on('commands', () => resolve())),
      new Promise((resolve) => void telegram.on('commands', () => resolve())),
    ],
    welcome: () =>
      new Promise((resolve) => {
        telegram.on('message', ({ byBot }) => byBot && resolve());
        telegramSide.say(telegramSide.home, '/start');
      }),
    publish: () => desk.write(firstNote(Math.floor(now() / 1000))),
  });
  const config = readConfig(env, false);
  return runProgram(() => startApp(config, { commands, log, progress: opening.archived }));
}

function requestsOf({ desk, discordSide, telegramSide }: Stage): Requests {
  const quietly = async (done: Promise<void> | void): Promise<string> => {
    await done;
    return '';
  };
  return {
    '/author/publish': ({ text = '', replaces }) => quietly(desk.write(text, { replaces })),
    '/author/delete': ({ id = '' }) => quietly(desk.takeBack(id)),
    '/discord/say': ({ chat = '', text = '' }) => quietly(discordSide.say(chat, said(text))),
    '/discord/complete': ({ chat = '', text = '' }) => discordSide.complete(chat, text),
    '/discord/press': ({ chat = '', message = '', token = '' }) =>
      quietly(discordSide.press(chat, message, token)),
    '/telegram/say': ({ chat = '', text = '' }) => quietly(telegramSide.say(chat, said(text))),
    '/telegram/complete': ({ text = '' }) => telegramSide.find(text),
    '/telegram/share': ({ chat = '', share = '' }) => telegramSide.share(chat, share),
    '/telegram/press': ({ chat = '', message = '', token = '' }) => telegramSide.press(chat, message, token),
  };
}

/** Discord's limit, the shorter of the two. */
const MAX_LINE = 2_000;

function said(text: string): string {
  if (!text.trim()) throw new Refused('Type something first.');
  if (text.length > MAX_LINE) throw new Refused('That is too long for one message.');
  return text.trim();
}
