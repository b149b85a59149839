import { type FakeDiscord, startDiscord } from '../../sandbox/discord/discord.ts';
import { type FakeTelegram, startTelegram } from '../../sandbox/telegram/telegram.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createDiscord } from '../../src/platform/discord/discord.ts';
import type { Platform } from '../../src/platform/platform.ts';
import { createTelegram } from '../../src/platform/telegram/telegram.ts';

/** A stand-in for each platform's servers, and the program's side of it, for all tests of a file. */
export interface GoldenPlatforms {
  readonly servers: { readonly discord: FakeDiscord; readonly telegram: FakeTelegram };
  readonly platforms: Readonly<Record<'discord' | 'telegram', Platform>>;
  stop(): Promise<void>;
}

/** Tests in a row send faster than Discord allows, which holds requests back on the program's side. */
const UNPACED = { count: 1_000_000, perMs: 1_000 };

export async function startGoldenPlatforms(
  telegramOptions?: Parameters<typeof startTelegram>[0],
): Promise<GoldenPlatforms> {
  const discord = await startDiscord({ limits: 'off' });
  const telegram = await startTelegram(telegramOptions);
  const platforms = {
    discord: createDiscord({
      token: discord.token,
      apiUrl: discord.apiUrl,
      log: silentLog,
      pace: { global: UNPACED, destination: () => UNPACED },
    }),
    telegram: createTelegram({ token: telegram.token, apiUrl: telegram.apiUrl, log: silentLog }),
  };
  return {
    servers: { discord, telegram },
    platforms,
    async stop() {
      await Promise.all([platforms.discord.stop(), platforms.telegram.stop()]);
      await Promise.all([discord.stop(), telegram.stop()]);
    },
  };
}
