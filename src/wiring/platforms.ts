import type { Config } from '../config/config.ts';
import { createMediaFetch } from '../media/media-fetch.ts';
import type { OwnPictures } from '../media/own-pictures.ts';
import { createDiscord } from '../platform/discord/discord.ts';
import { inspectDiscord } from '../platform/discord/inspect.ts';
import type { Platform, PlatformInspection } from '../platform/platform.ts';
import type { PlatformName } from '../platform/platforms.ts';
import type { Prompt } from '../platform/telegram/commands/prompts.ts';
import type { SetupMessage } from '../platform/telegram/commands/setup-cleanup.ts';
import { inspectTelegram } from '../platform/telegram/inspect.ts';
import type { StoredFile } from '../platform/telegram/send/file-id-cache.ts';
import { createTelegram } from '../platform/telegram/telegram.ts';
import type { Role } from '../roles/role-names.ts';
import type { Database, Lease } from '../store/database.ts';
import type { Context } from './context.ts';

interface PlatformParts {
  readonly role: Role;
  readonly lease: Lease;
  readonly database: Pick<Database, 'acquire'>;
  readonly pictures: OwnPictures;
}

/** The checks of each platform's set-up, for sub-commands that don't log in. */
export const INSPECTIONS: Readonly<
  Record<PlatformName, (options: { readonly token: string; readonly apiUrl?: string }) => PlatformInspection>
> = { discord: inspectDiscord, telegram: inspectTelegram };

/** The adapter of a platform that has a token, for as long as this process has the lease. */
export function createPlatform(
  name: PlatformName,
  { discord, telegram, longNotes }: Config,
  { role, lease, database, pictures }: PlatformParts,
  { log, serverClock }: Pick<Context, 'log' | 'serverClock'>,
): Platform {
  const optionsFor = <T extends { readonly style: string }>(settings: T | undefined) => {
    if (!settings) throw new TypeError(`Cannot serve ${name}: it has no token`);
    return {
      ...settings,
      variant: `${settings.style}/${longNotes}`,
      log: log.with({ platform: name }),
      onServerDate: serverClock.listenerFor(name),
      mayRequest: lease.isFresh,
      media: createMediaFetch({ log, ownPicture: pictures.find }),
    };
  };
  // What Telegram has to remember is kept in the store.
  const { values } = lease.store;
  switch (name) {
    case 'discord':
      return createDiscord({
        ...optionsFor(discord),
        ...(role.shards && { shards: role.shards, identifyLeases: database }),
      });
    case 'telegram':
      return createTelegram({
        ...optionsFor(telegram),
        files: values.keyv<StoredFile>('telegram-file'),
        prompts: values.keyv<Prompt>('telegram-question'),
        setupMessages: values.keyv<readonly SetupMessage[]>('telegram-setup'),
      });
  }
}
