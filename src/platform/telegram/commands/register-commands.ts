import type { BotCommand, BotCommandScope } from 'grammy/types';
import type { Menu } from '../../../command/menu.ts';
import { menuOnPlatform } from '../../../command/menu.ts';
import { LANGUAGES, type Language } from '../../../i18n/texts.ts';
import type { Log } from '../../../lib/log.ts';
import type { Host } from '../../platform.ts';
import { classifyError } from '../api/classify-error.ts';
import type { Calls } from '../api/client.ts';

type Scope = Extract<
  BotCommandScope['type'],
  'all_private_chats' | 'all_group_chats' | 'all_chat_administrators'
>;

/** Who sees which commands. In private chats, everybody is a manager; channels have no menu. */
const SCOPES: Readonly<Record<Scope, readonly Menu[number]['for'][]>> = {
  all_private_chats: ['readers', 'managers'],
  all_group_chats: ['readers'],
  all_chat_administrators: ['readers', 'managers'],
};

/**
 * Publishes the menus that differ from what Telegram has (Bot API, `setMyCommands`): in English for everybody, and in every
 * other language for users whose app is set to it.
 */
export async function registerCommands(
  calls: Pick<Calls, 'getMyCommands' | 'setMyCommands' | 'deleteMyCommands'>,
  { menu, menuIn }: Pick<Host, 'menu' | 'menuIn'>,
  log: Log,
): Promise<void> {
  await publish(menu, {});
  for (const language of LANGUAGES.filter((one) => one !== 'en'))
    await publish(menuIn(language), { language_code: language });

  /** If reading fails, the menu is written anyway. */
  async function read(
    where: Parameters<typeof calls.getMyCommands>[0],
  ): Promise<readonly BotCommand[] | undefined> {
    try {
      return await calls.getMyCommands(where);
    } catch (error) {
      log.warn('menu.read_failed', { reason: classifyError(error).reason });
      return undefined;
    }
  }

  async function publish(localized: Menu, to: { readonly language_code?: Language }): Promise<void> {
    for (const [type, audience] of Object.entries(SCOPES) as [Scope, (typeof SCOPES)[Scope]][]) {
      const where = { scope: { type }, ...to };
      const commands = menuOnPlatform('telegram', localized)
        .filter((item) => audience.includes(item.for))
        .map(({ name, description }): BotCommand => ({ command: name, description }));
      const current = await read(where);
      if (current && isSame(current, commands)) continue;
      try {
        if (commands.length > 0) await calls.setMyCommands({ ...where, commands });
        else await calls.deleteMyCommands(where);
      } catch (error) {
        // The other scopes are independent of this one.
        log.warn('menu.failed', { scope: type, reason: classifyError(error).reason });
        continue;
      }
      log.info('menu.published', {
        scope: type,
        language: to.language_code ?? 'en',
        commands: commands.length,
      });
    }
  }
}

function isSame(published: readonly BotCommand[], wanted: readonly BotCommand[]): boolean {
  return (
    published.length === wanted.length &&
    wanted.every(({ command, description }, index) => {
      const other = published[index];
      return other?.command === command && other.description === description;
    })
  );
}
