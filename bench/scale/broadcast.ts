import type { Environment } from '../wire/environment.ts';
import { settingsFor, startServers } from '../wire/environment.ts';
import type { Memory, Program, Usage } from '../wire/program.ts';
import type { ChatDatabase } from './chats.ts';

/** Sent before the clock starts: by then the program has warmed up. */
const WARM_UP = 0.05;

export interface Broadcast extends Memory, Pick<Usage, 'peakRss'> {
  readonly perSecond: number;
  /** Of the program, in ms, without the database server and the stand-ins. */
  readonly processorMs: number;
}

/** The real program sends one note to the chats of the database; stops after so many messages. */
export async function broadcast(
  stage: Environment,
  chats: ChatDatabase,
  messages: number,
): Promise<Broadcast> {
  const { servers, at } = await startServers(stage, { channels: 0, limited: false });
  const { DISCORD_TOKEN: _, DISCORD_API_URL: __, ...env } = settingsFor(at, '');
  const program = stage.start<Program>('./program.ts');
  await program.call('start', { env: { ...env, DATABASE_URL: chats.url }, destinations: [], limited: false });
  await servers.call('followed');
  await servers.call('publish', { count: 1 });
  const first = Math.ceil(messages * WARM_UP);
  await servers.call('arrived', { discord: 0, telegram: first });
  const before = await program.call('usage');
  const began = performance.now();
  const from = await servers.call('arrived', { discord: 0, telegram: 0 });
  const until = await servers.call('arrived', { discord: 0, telegram: messages });
  const ms = performance.now() - began;
  const after = await program.call('usage');
  const memory = await program.call('memory');
  const count = until.telegram - from.telegram;
  await Promise.all([program.stop(), servers.stop()]);
  return {
    ...memory,
    peakRss: after.peakRss,
    perSecond: (count / ms) * 1_000,
    processorMs: (after.processorMs - before.processorMs) / count,
  };
}
