import type { Measurement, Size, Table } from '../measurement.ts';
import { median } from '../timing.ts';
import type { Bare } from './bare.ts';
import { chatIds, type Environment, startProgram, startServers, withEnvironment } from './environment.ts';

interface FanOutSize {
  readonly chats: number;
  readonly channels: number;
  readonly rounds: number;
  /** Warm-up rounds, which aren't counted. */
  readonly warmUp: number;
}

const SIZES: Readonly<Record<Size, FanOutSize>> = {
  full: { chats: 10_000, channels: 1_000, rounds: 7, warmUp: 2 },
  quick: { chats: 60, channels: 20, rounds: 1, warmUp: 0 },
};

/** Concurrent sends, as in `delivery/delivery-loop`. */
const AT_ONCE = 32;
const PLATFORMS = ['discord', 'telegram'] as const;

/** Each round sends one note to everybody, then the same message with bare calls to separate servers. */
async function measureFanOut(
  stage: Environment,
  { chats, channels, rounds, warmUp }: FanOutSize,
): Promise<Table> {
  const everybody = { discord: channels, telegram: chats };
  const program = await startProgram(stage, { chats, channels, limited: false });
  const { servers, at } = await startServers(stage, { channels, limited: false });
  const bare = stage.start<Bare>('./bare.ts');
  const speeds = { discord: [] as Speed[], telegram: [] as Speed[] };
  for (let round = -warmUp; round < rounds; round += 1) {
    await program.call('forget');
    await program.call('publish', { count: 1 });
    const ours = await program.call('gathered', everybody);
    await servers.call('forget');
    const [theirs] = await Promise.all([
      servers.call('gathered', everybody),
      bare.call('discord', {
        url: at.discord,
        chats: at.channels,
        atOnce: AT_ONCE,
        body: ours.first.discord,
      }),
      bare.call('telegram', {
        url: at.telegram,
        chats: chatIds(chats),
        atOnce: AT_ONCE,
        body: ours.first.telegram,
      }),
    ]);
    if (round < 0) continue;
    for (const platform of PLATFORMS)
      speeds[platform].push({
        program: perSecond(ours.times[platform]),
        bare: perSecond(theirs.times[platform]),
      });
  }
  return {
    about: [
      `One note to ${chats.toLocaleString('en')} Telegram chats and ${channels.toLocaleString('en')} Discord channels at`,
      `once, no limits: from the first message to the last, the median of ${rounds} rounds. For comparison, the client`,
      `libraries' own send calls with the same message, ${AT_ONCE} at once on each platform.`,
    ].join(' '),
    columns: {
      platform: { head: 'platform' },
      messages: { head: 'messages per second', as: 'count' },
      bare: { head: 'bare calls per second', as: 'count' },
      share: { head: 'share', as: 'percent' },
    },
    rows: PLATFORMS.map((platform) => ({
      platform,
      messages: median(speeds[platform].map((speed) => speed.program)),
      bare: median(speeds[platform].map((speed) => speed.bare)),
      share: median(speeds[platform].map((speed) => speed.program / speed.bare)),
    })),
  };
}

interface Speed {
  readonly program: number;
  readonly bare: number;
}

function perSecond(times: readonly number[]): number {
  return ((times.length - 1) / ((times.at(-1) ?? 0) - (times[0] ?? 0))) * 1000;
}

/** How fast a note reaches many subscribers. */
export const fanOut: Measurement = {
  name: 'fan-out',
  run: ({ size, data }) => withEnvironment(data, async (stage) => [await measureFanOut(stage, SIZES[size])]),
};
