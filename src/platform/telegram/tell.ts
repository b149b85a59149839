import { sentence } from '../../command/sentence.ts';
import { paragraph, small } from '../../note/document.ts';
import { retold } from '../../text/retold.ts';
import { textsFor } from '../../text/texts.ts';
import type { Notice } from '../platform.ts';
import { targetOf } from './chat.ts';
import type { Calls } from './client.ts';
import type { Service } from './serve.ts';

interface Parts {
  readonly calls: Pick<Calls, 'getChat'>;
  readonly tell: Service['tell'];
}

/** Tells who made a destination, in private. Telegram says of nobody else that they answer for a chat. */
export function createTell({ calls, tell }: Parts): (notice: Notice) => Promise<boolean> {
  async function titleOf(destination: string): Promise<string | undefined> {
    try {
      return (await calls.getChat({ chat_id: targetOf(destination).chat_id })).title;
    } catch {
      // A chat that can't be seen any more has no name for us.
      return undefined;
    }
  }

  return async ({ destination, remedy, person = '', language = 'en' }) => {
    const user = Number(person.replace(/^telegram:/u, ''));
    const isOwnChat = destination === person;
    if (!Number.isSafeInteger(user) || user <= 0 || isOwnChat) return false;
    const texts = textsFor(language);
    const { notice } = texts.servers;
    const title = await titleOf(destination);
    return tell(user, [
      paragraph(...sentence(notice.lost(title === undefined ? notice.aChat : `“${title}”`))),
      paragraph(...sentence(retold(remedy, texts))),
      small(...sentence(notice.after)),
    ]);
  };
}
