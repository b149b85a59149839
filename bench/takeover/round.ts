import { createWorld } from '../../sandbox/discord/world/world.ts';
import { authorNamed } from '../../sandbox/relay/fake-author.ts';
import { addressOf, type NetworkPath, openPath } from '../../test/faults/network-path.ts';
import { serve } from '../wire/child-process.ts';
import { DISCORD_TOKEN, startMinimalDiscord } from '../wire/minimal-discord.ts';
import { startMinimalRelay } from '../wire/minimal-relay.ts';
import { startMinimalTelegram, TELEGRAM_TOKEN } from '../wire/minimal-telegram.ts';
import { type RunningProgram, runProgram } from './program.ts';

/** A takeover in a process of its own, with the relay and the platforms, so that all times come from one clock. */

/** So many that a good part of them is waiting when the owner is gone. */
const PLACES = 80;
const ROLES = 3;

interface Owner {
  readonly program: RunningProgram;
  readonly path: NetworkPath;
}

/** What may happen to the process that sends. */
const FAULTS = {
  SIGTERM: ({ program }: Owner) => program.kill('SIGTERM'),
  SIGKILL: ({ program }: Owner) => program.kill('SIGKILL'),
  SIGSTOP: ({ program }: Owner) => program.kill('SIGSTOP'),
  'connections cut': ({ path }: Owner) => path.set('cut'),
  'network silent': ({ path }: Owner) => path.set('silent'),
};

export type FaultName = keyof typeof FAULTS;
/** Milliseconds to the first message of the other one, by platform. */
export type Times = Readonly<Record<'discord' | 'telegram', number>>;

/** When a process sent its first messages, and how many. */
interface Sent {
  readonly firstMs: Partial<Record<'discord' | 'telegram', number>>;
  count: number;
}

async function takeover({
  database,
  fault,
}: {
  readonly database: string;
  readonly fault: FaultName;
}): Promise<Times> {
  const author = authorNamed('Mara Lindqvist');
  const relay = await startMinimalRelay();
  const world = createWorld(() => undefined);
  const guild = world.addGuild({ name: 'Harbour' });
  const channels = Array.from(
    { length: PLACES },
    (_, n) => world.addChannel(guild, { name: `news-${n}` }).id,
  );
  let look = (): void => undefined;
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      look = () => isSo() && resolve();
      look();
    });

  /** Each process has platforms of its own, so that it's known who sends. */
  async function start(): Promise<Owner & { readonly sent: Sent }> {
    const sent: Sent = { firstMs: {}, count: 0 };
    const heard = (platform: 'discord' | 'telegram') => (): void => {
      sent.firstMs[platform] ??= performance.now();
      sent.count += 1;
      look();
    };
    const path = await openPath(addressOf(database));
    const program = runProgram({
      AUTHOR: author.npub,
      RELAYS: relay.url,
      DISCORD_TOKEN,
      DISCORD_API_URL: await startMinimalDiscord(world, true, heard('discord')),
      DISCORD_CHANNELS: channels.join(),
      TELEGRAM_TOKEN,
      TELEGRAM_API_URL: await startMinimalTelegram(true, heard('telegram')),
      TELEGRAM_CHATS: Array.from({ length: PLACES }, (_, n) => 300_000_000 + n).join(),
      DATABASE_URL: `postgres://postrider@127.0.0.1:${path.port}${new URL(database).pathname}?sslmode=disable`,
    });
    return { program, path, sent };
  }

  const owner = await start();
  try {
    await owner.program.logged('program.ready');
    const standby = await start();
    try {
      await standby.program.logged('role.awaited', ROLES);
      relay.publish(author.note('The tide came in.', { createdAt: Math.floor(Date.now() / 1000) }));
      await until(() => owner.sent.count > PLACES / 4);
      const struckMs = performance.now();
      FAULTS[fault](owner);
      const { firstMs } = standby.sent;
      await until(() => firstMs.discord !== undefined && firstMs.telegram !== undefined);
      return {
        discord: (firstMs.discord ?? Number.NaN) - struckMs,
        telegram: (firstMs.telegram ?? Number.NaN) - struckMs,
      };
    } finally {
      await standby.program.end();
    }
  } finally {
    await owner.program.end();
  }
}

const rounds = { takeover };
export type Rounds = typeof rounds;

serve(rounds);
