import type { Texts } from '../../../i18n/texts.ts';
import type { Log } from '../../../lib/log.ts';
import { classifyError } from '../api/classify-error.ts';
import type { Calls } from '../api/client.ts';
import { blocksDeletion, isEmptyingDone, isOnlyEditable, isOutage } from '../api/errors.ts';
import type { SentMessages } from '../chat-target.ts';

/** Deletes messages, or throws Telegram's error. `tryOtherWays`: earlier attempts failed, so don't give up at an outage. */
export type DeleteMessages = (
  sent: SentMessages,
  texts: Texts,
  tryOtherWays?: boolean,
) => Promise<SentMessages>;

/**
 * Deletes all messages at once or, if that is refused, one by one. Messages older than 48 hours can't be deleted (Bot API,
 * `deleteMessages`): their text and buttons are replaced, but pictures stay. The same is done if the method itself fails.
 * Messages that can't be edited either are left alone.
 */
export function createDeleteMessages(calls: Calls, log: Log): DeleteMessages {
  async function empty(chat_id: number, message_id: number, text: string, isFirst: boolean): Promise<void> {
    const noButtons = { reply_markup: { inline_keyboard: [] } };
    try {
      await calls.editMessageText({ chat_id, message_id, text, ...noButtons });
    } catch (error) {
      if (classifyError(error).kind !== 'nothing-to-edit') throw error;
      // An album has one caption and can't have a keyboard.
      await calls.editMessageCaption({ chat_id, message_id, caption: isFirst ? text : '' });
    }
  }

  async function deleteAll(
    chat_id: number,
    ids: readonly number[],
    tryOtherWays: boolean,
  ): Promise<'deleted' | 'kept' | 'failed'> {
    try {
      await calls.deleteMessages({ chat_id, message_ids: [...ids] });
      return 'deleted';
    } catch (error) {
      const failure = classifyError(error);
      if (failure.kind === 'message-removed') return 'deleted';
      if (isOnlyEditable(failure)) return 'kept';
      // If Telegram doesn't respond, another call rarely helps.
      if (blocksDeletion(failure) || (failure.kind === 'no-response' && !tryOtherWays)) throw error;
      log.debug('deletion.split', { chat: chat_id, reason: failure.reason });
      return 'failed';
    }
  }

  /** False if the message has to be emptied instead. */
  async function deleteOne(chat_id: number, message_id: number, tryOtherWays: boolean): Promise<boolean> {
    try {
      await calls.deleteMessage({ chat_id, message_id });
      return true;
    } catch (error) {
      const failure = classifyError(error);
      if (failure.kind === 'message-removed') return true;
      if (blocksDeletion(failure) || (isOutage(failure) && !tryOtherWays)) throw error;
      if (!isOnlyEditable(failure)) log.warn('message.emptied', { chat: chat_id, reason: failure.reason });
      return false;
    }
  }

  return async (sent, { platform }, tryOtherWays = false) => {
    const { chat, ids } = sent;
    const outcome = await deleteAll(chat, ids, tryOtherWays);
    if (outcome === 'deleted') return sent;
    for (const [index, id] of ids.entries()) {
      if (outcome === 'failed' && (await deleteOne(chat, id, tryOtherWays))) continue;
      try {
        await empty(chat, id, platform.removed, index === 0);
      } catch (error) {
        if (!isEmptyingDone(classifyError(error))) throw error;
      }
    }
    return sent;
  };
}
