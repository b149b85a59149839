import { linkCommands } from '../../../command/views/command-links.ts';
import { textsFor } from '../../../i18n/texts.ts';
import { translateFix } from '../../../i18n/translate-fix.ts';
import { paragraph, small } from '../../../note/document.ts';
import type { FailureNotice } from '../../platform.ts';
import type { Calls } from '../api/client.ts';
import { parseDestination } from '../chat-target.ts';
import type { UpdateService } from '../updates/updates.ts';

interface Parts {
  readonly calls: Pick<Calls, 'getChat'>;
  readonly tell: UpdateService['messageUser'];
}

/** Tells the user who subscribed a chat, in private. Telegram doesn't say who else is responsible for it. */
export function createOwnerNotice({ calls, tell }: Parts): (notice: FailureNotice) => Promise<boolean> {
  async function titleOf(destination: string): Promise<string | undefined> {
    try {
      return (await calls.getChat({ chat_id: parseDestination(destination).chat_id })).title;
    } catch {
      // The chat is no longer visible to the bot.
      return undefined;
    }
  }

  return async ({ destination, fix, user: person = '', language = 'en' }) => {
    const user = Number(person.replace(/^telegram:/u, ''));
    const isOwnChat = destination === person;
    if (!Number.isSafeInteger(user) || user <= 0 || isOwnChat) return false;
    const texts = textsFor(language);
    const { notice } = texts.servers;
    const title = await titleOf(destination);
    return tell(user, [
      paragraph(...linkCommands(notice.undeliverable(title === undefined ? notice.aChat : `“${title}”`))),
      paragraph(...linkCommands(translateFix(fix, texts))),
      small(...linkCommands(notice.after)),
    ]);
  };
}
