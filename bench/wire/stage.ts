import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DISCORD_TOKEN } from './cheap-discord.ts';
import { TELEGRAM_TOKEN } from './cheap-telegram.ts';
import { type Answers, type Process, start } from './process.ts';
import type { Program } from './program.ts';
import type { Servers } from './servers.ts';

/** A folder, and processes that are gone when the play is over. */
export interface Stage {
  readonly folder: string;
  /** Starts a file of this folder in a process of its own. */
  begin<A extends Answers>(file: string): Process<A>;
}

export async function onStage<T>(data: string, play: (stage: Stage) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(data, 'wire-'));
  const ends: (() => Promise<void>)[] = [];
  try {
    return await play({
      folder,
      begin<A extends Answers>(file: string) {
        const begun = start<A>(file, join(folder, 'output.log'));
        ends.push(begun.end);
        return begun;
      },
    });
  } finally {
    await Promise.all(ends.map((end) => end()));
    await rm(folder, { recursive: true });
  }
}

export interface Scene {
  readonly chats: number;
  readonly channels: number;
  /** Whether the platforms' limits are kept, and enforced. */
  readonly limited: boolean;
}

export async function startServers({ begin }: Stage, { channels, limited }: Omit<Scene, 'chats'>) {
  const servers = begin<Servers>('./servers.ts');
  return { servers, at: await servers.ask('start', { channels, limited }) };
}

/** Chats of readers, and after every ninth one of a group. */
export const chatIds = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `${n % 10 === 9 ? -1_002_000_000_000 - n : 300_000_000 + n}`);

/** The program's settings, so that it finds the servers. */
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

/** The program, with everybody subscribed, following a relay of its own. */
export async function startProgram(stage: Stage, scene: Scene) {
  const { servers, at } = await startServers(stage, scene);
  const env = settingsFor(at, join(stage.folder, 'postrider.db'));
  const destinations = [
    ...at.channels.map((id) => `discord:${id}`),
    ...chatIds(scene.chats).map((id) => `telegram:${id}`),
  ];
  await stage.begin<Program>('./program.ts').ask('start', { env, destinations, limited: scene.limited });
  await servers.ask('followed');
  return servers;
}
