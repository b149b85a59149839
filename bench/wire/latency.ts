import type { Measurement, Size, Table } from '../measurement.ts';
import type { Bare } from './bare.ts';
import type { Child } from './child-process.ts';
import { type Environment, startProgram, startServers, withEnvironment } from './environment.ts';
import { TELEGRAM_TOKEN } from './minimal-telegram.ts';
import type { Servers } from './servers.ts';

const SIZES: Readonly<Record<Size, { readonly blocks: number; readonly perBlock: number }>> = {
  full: { blocks: 10, perBlock: 100 },
  quick: { blocks: 1, perBlock: 10 },
};
/** Pause between two notes, so that the program is idle when each arrives. */
const PAUSE_MS = 5;

const PLATFORMS = ['discord', 'telegram'] as const;
type Platform = (typeof PLATFORMS)[number];
const BOTH = { discord: 1, telegram: 1 };
const ONLY = { discord: { discord: 1, telegram: 0 }, telegram: { discord: 0, telegram: 1 } };

/** The bare script for one platform, with its own servers. */
async function startBare(stage: Environment, platform: Platform): Promise<Child<Servers>> {
  const { servers, at } = await startServers(stage, { channels: 1, limited: false });
  const request = {
    discord: { url: `${at.discord}/v10/channels/${at.channels[0]}/messages`, field: 'content', others: {} },
    telegram: {
      url: `${at.telegram}/bot${TELEGRAM_TOKEN}/sendMessage`,
      field: 'text',
      others: { chat_id: 300_000_000 },
    },
  }[platform];
  await stage.start<Bare>('./bare.ts').call('follow', { relay: at.relay, ...request });
  await servers.call('followed');
  return servers;
}

/** Alternates in blocks, so that other load affects both alike. The first block is a warm-up. */
async function measureLatency(
  stage: Environment,
  { blocks, perBlock }: (typeof SIZES)[Size],
): Promise<Table> {
  const program = await startProgram(stage, { chats: 1, channels: 1, limited: false });
  const bare = {
    discord: await startBare(stage, 'discord'),
    telegram: await startBare(stage, 'telegram'),
  };
  const noTimes = () => ({ discord: [] as number[], telegram: [] as number[] });
  const [ours, theirs] = [noTimes(), noTimes()];
  for (let block = 0; block <= blocks; block += 1) {
    const size = { count: perBlock, pauseMs: PAUSE_MS };
    const took = await program.call('oneByOne', { ...size, expected: BOTH });
    for (const platform of PLATFORMS) {
      const bareTook = await bare[platform].call('oneByOne', { ...size, expected: ONLY[platform] });
      if (block === 0) continue;
      ours[platform].push(...took[platform]);
      theirs[platform].push(...bareTook[platform]);
    }
  }
  return {
    about: [
      `From a relay's frame to the request that came of it, whole, at the platform: one destination on each platform,`,
      `${(blocks * perBlock).toLocaleString('en')} signed notes, one at a time, no limits. The bare script: socket in,`,
      'verify, one HTTP request out.',
    ].join(' '),
    columns: {
      platform: { head: 'platform' },
      p50: { head: 'p50', as: 'ms' },
      bareP50: { head: 'bare p50', as: 'ms' },
      timesP50: { head: 'p50 vs bare', as: 'times' },
      p99: { head: 'p99', as: 'ms' },
      bareP99: { head: 'bare p99', as: 'ms' },
      timesP99: { head: 'p99 vs bare', as: 'times' },
    },
    rows: PLATFORMS.map((platform) => {
      const [p50, bareP50] = [at(ours[platform], 0.5), at(theirs[platform], 0.5)];
      const [p99, bareP99] = [at(ours[platform], 0.99), at(theirs[platform], 0.99)];
      return { platform, p50, bareP50, timesP50: p50 / bareP50, p99, bareP99, timesP99: p99 / bareP99 };
    }),
  };
}

/** The value that this share of the values is below. */
function at(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
}

/** How long a note takes from relay to request. */
export const latency: Measurement = {
  name: 'latency',
  run: ({ size, data }) => withEnvironment(data, async (stage) => [await measureLatency(stage, SIZES[size])]),
};
