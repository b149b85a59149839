import type { BotCommand, BotCommandScope } from 'grammy/types';
import type { Menu } from '../../command/menu.ts';
import type { Log } from '../../log.ts';
import type { Calls } from './client.ts';

type Scope = Extract<
  BotCommandScope['type'],
  'all_private_chats' | 'all_group_chats' | 'all_chat_administrators'
>;

/** Who sees which commands. In private everybody manages their own chat; channels have no menu. */
const SCOPES: Readonly<Record<Scope, readonly Menu[number]['for'][]>> = {
  all_private_chats: ['readers', 'managers'],
  all_group_chats: ['readers'],
  all_chat_administrators: ['readers', 'managers'],
};

/** Publishes the menu where it is not what Telegram has already (Bot API, `setMyCommands`). */
export async function publishMenu(
  calls: Pick<Calls, 'getMyCommands' | 'setMyCommands' | 'deleteMyCommands'>,
  menu: Menu,
  log: Log,
): Promise<void> {
  for (const [type, audience] of Object.entries(SCOPES) as [Scope, (typeof SCOPES)[Scope]][]) {
    const scope = { type };
    const commands = menu
      .filter((item) => audience.includes(item.for))
      .map(({ name, description }): BotCommand => ({ command: name, description }));
    if (isSame(await calls.getMyCommands({ scope }), commands)) continue;
    if (commands.length > 0) await calls.setMyCommands({ scope, commands });
    else await calls.deleteMyCommands({ scope });
    log.info('menu.published', { scope: type, commands: commands.length });
  }
}

function isSame(published: readonly BotCommand[], wanted: readonly BotCommand[]): boolean {
  return (
    published.length === wanted.length &&
    wanted.every(({ command, description }, index) => {
      const there = published[index];
      return there?.command === command && there.description === description;
    })
  );
}
