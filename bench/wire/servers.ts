import { setTimeout as sleep } from 'node:timers/promises';
import { createWorld } from '../../sandbox/discord/world/world.ts';
import { authorNamed } from '../../sandbox/relay/fake-author.ts';
import type { NostrEvent } from '../../src/note/note.ts';
import type { PlatformName } from '../../src/platform/platforms.ts';
import { serve } from './child-process.ts';
import { createManyGuilds } from './many-guilds.ts';
import { startMinimalDiscord } from './minimal-discord.ts';
import { type MinimalRelay, startMinimalRelay } from './minimal-relay.ts';
import { startMinimalTelegram } from './minimal-telegram.ts';

/** The relay and both platforms, in one process, so that all times come from one clock. */

export type PerPlatform<T> = Readonly<Record<PlatformName, T>>;

/** The messages received: their times in ms, the text of the first, and how many were refused. */
export interface Arrivals {
  readonly times: PerPlatform<readonly number[]>;
  readonly first: PerPlatform<string>;
  readonly refused: PerPlatform<number>;
}

/** The maximum number of channels in a guild. */
const CHANNELS_PER_GUILD = 500;
const WORDS =
  'The tide came in as it always does, without a word, and took with it what had been left too near. Nobody in the harbour complained.';

const author = authorNamed('Mara Lindqvist');
let relay: MinimalRelay;
let written = 0;
let arrivals = noArrivals();
let look = (): void => {};

function noArrivals() {
  return {
    times: { discord: [] as number[], telegram: [] as number[] },
    first: { discord: '', telegram: '' },
    refused: { discord: 0, telegram: 0 },
  };
}

const heard =
  (platform: PlatformName) =>
  (body: Buffer, refused: boolean): void => {
    if (refused) arrivals.refused[platform] += 1;
    else arrivals.times[platform].push(performance.now());
    arrivals.first[platform] ||= body.toString();
    look();
  };

/** Resolves when this many messages have arrived since the last time. */
function arrived({ discord, telegram }: PerPlatform<number>): Promise<void> {
  return new Promise((resolve) => {
    look = () => {
      const { times } = arrivals;
      if (times.discord.length >= discord && times.telegram.length >= telegram) resolve();
    };
    look();
  });
}

/** Short and all different. */
function notes(count: number): readonly NostrEvent[] {
  const createdAt = Math.floor(Date.now() / 1000);
  return Array.from({ length: count }, () => {
    written += 1;
    return author.note(`Note ${written}. ${WORDS}`, { createdAt });
  });
}

const servers = {
  /** Starts all servers and returns the configuration that points to them. */
  async start({ channels, limited, guilds: many }: ServersOptions) {
    relay = await startMinimalRelay();
    const world = createWorld(() => {});
    const guilds = Array.from({ length: Math.ceil(channels / CHANNELS_PER_GUILD) }, (_, n) =>
      world.addGuild({ name: `Harbour ${n}` }),
    );
    const ids = guilds.flatMap((guild, n) =>
      Array.from(
        { length: Math.min(CHANNELS_PER_GUILD, channels - n * CHANNELS_PER_GUILD) },
        (_, m) => world.addChannel(guild, { name: `news-${m}` }).id,
      ),
    );
    return {
      author: author.npub,
      relay: relay.url,
      discord: many
        ? await startMinimalDiscord(createManyGuilds(many.count), limited, heard('discord'), many.identifies)
        : await startMinimalDiscord(world, limited, heard('discord')),
      telegram: await startMinimalTelegram(limited, heard('telegram')),
      channels: ids,
    };
  },

  /** Resolves when somebody subscribes at the relay. */
  async followed(): Promise<void> {
    while (relay.subscriptions() === 0) await sleep(10);
  },

  /** Publishes notes one by one, each a while after the last request for the one before. Returns the ms from frame to request. */
  async oneByOne({ count, pauseMs, expected }: OneByOne): Promise<Arrivals['times']> {
    const took = noArrivals().times;
    for (const note of notes(count)) {
      arrivals = noArrivals();
      const from = performance.now();
      relay.publish(note);
      await arrived(expected);
      took.discord.push(...arrivals.times.discord.map((at) => at - from));
      took.telegram.push(...arrivals.times.telegram.map((at) => at - from));
      await sleep(pauseMs);
    }
    return took;
  },

  /** Resets the counts. */
  forget(): void {
    arrivals = noArrivals();
  },

  /** Publishes this many notes at once. */
  publish({ count }: { readonly count: number }): void {
    for (const note of notes(count)) relay.publish(note);
  },

  /** How many messages there are, once there are at least this many. */
  async arrived(expected: PerPlatform<number>): Promise<PerPlatform<number>> {
    await arrived(expected);
    const { discord, telegram } = arrivals.times;
    return { discord: discord.length, telegram: telegram.length };
  },

  /** The messages received, once there are this many. */
  async gathered(expected: PerPlatform<number>): Promise<Arrivals> {
    await arrived(expected);
    return arrivals;
  },

  /** The messages received after this time. */
  async gatheredIn({ ms }: { readonly ms: number }): Promise<Arrivals> {
    await sleep(ms);
    return arrivals;
  },
};

export interface ServersOptions {
  readonly channels: number;
  /** Whether the platforms enforce their limits. */
  readonly limited: boolean;
  /** Instead of those that the channels need. */
  readonly guilds?: {
    readonly count: number;
    /** As in the sandbox's gateway. */
    readonly identifies: { readonly maxConcurrency: number; readonly everyMs: number };
  };
}

interface OneByOne {
  readonly count: number;
  readonly pauseMs: number;
  readonly expected: PerPlatform<number>;
}
export type Servers = typeof servers;

serve(servers);
