import type { InstallLinks } from '../command/command.ts';
import type { Config } from '../config/config.ts';
import { createMediaFetch } from '../media/media-fetch.ts';
import type { OwnPictures } from '../media/own-pictures.ts';
import { createDiscord } from '../platform/discord/discord.ts';
import type { Platform } from '../platform/platform.ts';
import type { PlatformName } from '../platform/platforms.ts';
import type { Prompt } from '../platform/telegram/commands/prompts.ts';
import type { SetupMessage } from '../platform/telegram/commands/setup-cleanup.ts';
import type { StoredFile } from '../platform/telegram/send/file-id-cache.ts';
import { createTelegram } from '../platform/telegram/telegram.ts';
import type { Values } from '../store/values.ts';
import type { Context } from './context.ts';

/** An adapter for each platform that has a token. What Telegram has to remember is kept in the store. */
export function createPlatforms(
  { discord, telegram, longNotes }: Config,
  values: Values,
  pictures: OwnPictures,
  { log, serverClock }: Pick<Context, 'log' | 'serverClock'>,
): readonly Platform[] {
  const optionsFor = <T extends { readonly style: string }>(platform: PlatformName, settings: T) => ({
    ...settings,
    variant: `${settings.style}/${longNotes}`,
    log: log.with({ platform }),
    onServerDate: serverClock.listenerFor(platform),
  });
  const media = createMediaFetch({ log, ownPicture: pictures.find });
  const files = values.keyv<StoredFile>('telegram-file');
  const prompts = values.keyv<Prompt>('telegram-question');
  const setupMessages = values.keyv<readonly SetupMessage[]>('telegram-setup');
  return [
    ...(discord ? [createDiscord({ ...optionsFor('discord', discord), media })] : []),
    ...(telegram
      ? [createTelegram({ ...optionsFor('telegram', telegram), media, files, prompts, setupMessages })]
      : []),
  ];
}

/** The invitation links that the platforms have reported so far. */
export function installLinks(platforms: readonly Pick<Platform, 'name' | 'installLink'>[]): InstallLinks {
  return Object.fromEntries(
    platforms.flatMap(({ name, installLink }) => {
      const url = installLink?.();
      return url === undefined ? [] : [[name, url]];
    }),
  );
}
