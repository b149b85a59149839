import { silentLog } from '../../src/lib/log.ts';
import type { Rate } from '../../src/lib/rate-limiter.ts';
import { createDiscord } from '../../src/platform/discord/discord.ts';
import { createTelegram } from '../../src/platform/telegram/telegram.ts';
import type { Measurement, Size, Table } from '../measurement.ts';
import { type Environment, startProgram, withEnvironment } from './environment.ts';
import { DISCORD_TOKEN } from './minimal-discord.ts';
import { TELEGRAM_TOKEN } from './minimal-telegram.ts';

interface LimitsSize {
  readonly chats: number;
  readonly channels: number;
  readonly notes: number;
  readonly seconds: number;
}

/** More messages than can be sent in the time. */
const SIZES: Readonly<Record<Size, LimitsSize>> = {
  full: { chats: 10_000, channels: 1_000, notes: 3, seconds: 60 },
  quick: { chats: 200, channels: 200, notes: 1, seconds: 3 },
};

/** The adapters' rate limits. */
const PACES: Readonly<Record<'discord' | 'telegram', Rate>> = {
  discord: createDiscord({ token: DISCORD_TOKEN, log: silentLog }).rateLimits.global,
  telegram: createTelegram({ token: TELEGRAM_TOKEN, log: silentLog }).rateLimits.global,
};

async function measureLimits(
  stage: Environment,
  { chats, channels, notes, seconds }: LimitsSize,
): Promise<Table> {
  const servers = await startProgram(stage, { chats, channels, limited: true });
  await servers.call('publish', { count: notes });
  const { times, refused } = await servers.call('gatheredIn', { ms: seconds * 1000 });
  return {
    about: [
      `${notes === 1 ? 'One note' : `${notes} notes`} to ${chats.toLocaleString('en')} Telegram chats and`,
      `${channels.toLocaleString('en')} Discord channels with the platforms' limits on: the first ${seconds} seconds.`,
      'The platforms are kept to a little less than they allow, which leaves room for answers.',
    ].join(' '),
    columns: {
      platform: { head: 'platform' },
      limit: { head: 'budget per second', as: 'count' },
      messages: { head: 'messages per second', as: 'decimal' },
      share: { head: 'used', as: 'percent' },
      refused: { head: 'refused (429)', as: 'count' },
    },
    rows: (['discord', 'telegram'] as const).map((platform) => {
      const limit = (PACES[platform].count / PACES[platform].perMs) * 1000;
      const messages = perSecond(times[platform], PACES[platform].count);
      return { platform, limit, messages, share: messages / limit, refused: refused[platform] };
    }),
  };
}

/** From the end of the first burst to the end of the last one. */
function perSecond(times: readonly number[], burst: number): number {
  const [from = Number.NaN, to = Number.NaN] = [times[burst - 1], times.at(-1)];
  return ((times.length - burst) / (to - from)) * 1000;
}

/** How much of the platforms' rate limits is used. */
export const limits: Measurement = {
  name: 'limits',
  run: ({ size, data }) => withEnvironment(data, async (stage) => [await measureLimits(stage, SIZES[size])]),
};
