import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Child, type Handlers, startChild } from './child-process.ts';
import { DISCORD_TOKEN } from './minimal-discord.ts';
import { TELEGRAM_TOKEN } from './minimal-telegram.ts';
import type { Program } from './program.ts';
import type { Servers, ServersOptions } from './servers.ts';

/** A temporary folder, and processes that are ended with it. */
export interface Environment {
  readonly folder: string;
  /** Starts a file of this folder in its own process. */
  start<A extends Handlers>(file: string): Child<A>;
}

export async function withEnvironment<T>(data: string, play: (stage: Environment) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(data, 'wire-'));
  const ends: (() => Promise<void>)[] = [];
  try {
    return await play({
      folder,
      start<A extends Handlers>(file: string) {
        const begun = startChild<A>(file, join(folder, 'output.log'));
        ends.push(begun.stop);
        return begun;
      },
    });
  } finally {
    await Promise.all(ends.map((end) => end()));
    await rm(folder, { recursive: true });
  }
}

export interface ProgramOptions {
  readonly chats: number;
  readonly channels: number;
  /** Whether rate limits are respected and enforced. */
  readonly limited: boolean;
}

export async function startServers(
  { start: begin }: Environment,
  { channels, limited, guilds }: ServersOptions,
) {
  const servers = begin<Servers>('./servers.ts');
  return { servers, at: await servers.call('start', { channels, limited, ...(guilds && { guilds }) }) };
}

/** Private chats, and a group after every ninth. */
export const chatIds = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `${n % 10 === 9 ? -1_002_000_000_000 - n : 300_000_000 + n}`);

/** The program's configuration, pointing to the servers. */
export const settingsFor = (
  at: Awaited<ReturnType<Servers['start']>>,
  databasePath: string,
): Readonly<Record<string, string>> => ({
  AUTHOR: at.author,
  RELAYS: at.relay,
  DISCORD_TOKEN,
  DISCORD_API_URL: at.discord,
  TELEGRAM_TOKEN,
  TELEGRAM_API_URL: at.telegram,
  DATABASE_URL: `sqlite:${databasePath}`,
  PORT: '0',
  LOG_FORMAT: 'json',
});

/** The program with everybody subscribed, following its own relay. */
export async function startProgram(stage: Environment, scene: ProgramOptions) {
  const { servers, at } = await startServers(stage, scene);
  const env = settingsFor(at, join(stage.folder, 'postrider.db'));
  const destinations = [
    ...at.channels.map((id) => `discord:${id}`),
    ...chatIds(scene.chats).map((id) => `telegram:${id}`),
  ];
  await stage.start<Program>('./program.ts').call('start', { env, destinations, limited: scene.limited });
  await servers.call('followed');
  return servers;
}
