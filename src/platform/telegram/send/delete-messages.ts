import type { Texts } from '../../../i18n/texts.ts';
import type { Log } from '../../../lib/log.ts';
import { classifyError } from '../api/classify-error.ts';
import type { Calls } from '../api/client.ts';
import { blocksDeletion, isEmptyingDone, isOnlyEditable, isOutage } from '../api/errors.ts';
import type { SentMessages } from '../chat-target.ts';

/** Takes messages back; throws what Telegram answers. `isStubborn`: that it can't has been said again and again. */
export type DeleteMessages = (
  standing: SentMessages,
  texts: Texts,
  isStubborn?: boolean,
) => Promise<SentMessages>;

/**
 * All messages at once; where Telegram does not take that, one by one. What is older than 48 hours can't be deleted (Bot API,
 * `deleteMessages`), nor anything where the method fails: its words and buttons are replaced, and a picture stays. What
 * can't be changed either is left.
 */
export function createDeleteMessages(calls: Calls, log: Log): DeleteMessages {
  async function blank(chat_id: number, message_id: number, words: string, isFirst: boolean): Promise<void> {
    const none = { reply_markup: { inline_keyboard: [] } };
    try {
      await calls.editMessageText({ chat_id, message_id, text: words, ...none });
    } catch (error) {
      if (classifyError(error).kind !== 'nothing-to-edit') throw error;
      // Albums have one caption, and no keyboard that could be set.
      await calls.editMessageCaption({ chat_id, message_id, caption: isFirst ? words : '' });
    }
  }

  async function together(
    chat_id: number,
    ids: readonly number[],
    isStubborn: boolean,
  ): Promise<'gone' | 'kept' | 'failed'> {
    try {
      await calls.deleteMessages({ chat_id, message_ids: [...ids] });
      return 'gone';
    } catch (error) {
      const failure = classifyError(error);
      if (failure.kind === 'message-removed') return 'gone';
      if (isOnlyEditable(failure)) return 'kept';
      // If nobody answers, another call rarely does better.
      if (blocksDeletion(failure) || (failure.kind === 'no-response' && !isStubborn)) throw error;
      log.debug('deletion.split', { chat: chat_id, reason: failure.reason });
      return 'failed';
    }
  }

  /** Whether it is gone; false where it must be blanked. */
  async function alone(chat_id: number, message_id: number, isStubborn: boolean): Promise<boolean> {
    try {
      await calls.deleteMessage({ chat_id, message_id });
      return true;
    } catch (error) {
      const failure = classifyError(error);
      if (failure.kind === 'message-removed') return true;
      if (blocksDeletion(failure) || (isOutage(failure) && !isStubborn)) throw error;
      if (!isOnlyEditable(failure)) log.warn('message.emptied', { chat: chat_id, reason: failure.reason });
      return false;
    }
  }

  return async (standing, { platform }, isStubborn = false) => {
    const { chat, ids } = standing;
    const outcome = await together(chat, ids, isStubborn);
    if (outcome === 'gone') return standing;
    for (const [index, id] of ids.entries()) {
      if (outcome === 'failed' && (await alone(chat, id, isStubborn))) continue;
      try {
        await blank(chat, id, platform.removed, index === 0);
      } catch (error) {
        if (!isEmptyingDone(classifyError(error))) throw error;
      }
    }
    return standing;
  };
}
