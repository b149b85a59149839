import type { Texts } from '../../../i18n/texts.ts';
import type { Log } from '../../../lib/log.ts';
import type { ErrorKind } from '../api/api-errors.ts';
import { classifyError } from '../api/api-errors.ts';
import type { Calls } from '../api/client.ts';
import type { SentMessages } from '../chat-target.ts';

/** Takes messages back; throws what Telegram answers. `isStubborn`: that it can't has been said again and again. */
export type DeleteMessages = (
  standing: SentMessages,
  texts: Texts,
  isStubborn?: boolean,
) => Promise<SentMessages>;

/** Reasons not to delete that do not keep a message from being edited: its age, or a group that got a new number. */
const STILL_EDITABLE: ReadonlySet<ErrorKind> = new Set(['message-fixed', 'moved']);
/** Reasons that hold for every other way too: they are about the chat, the bot, or all of Telegram. */
const FINAL: ReadonlySet<ErrorKind> = new Set(['gone', 'suspended', 'rate', 'token', 'conflict']);
/** Reasons not to delete that may have gone by the next try. */
const TRANSIENT: ReadonlySet<ErrorKind> = new Set(['busy', 'no-answer']);
/** Nothing left to do, or nothing that could be done. */
const SETTLED: ReadonlySet<ErrorKind> = new Set(['message-missing', 'message-fixed', 'unmodified', 'moved']);

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
      if (classifyError(error).kind !== 'message-wordless') throw error;
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
      const { kind, reason } = classifyError(error);
      if (kind === 'message-missing') return 'gone';
      if (STILL_EDITABLE.has(kind)) return 'kept';
      // Where nobody answers, another call fares no better, as a rule.
      if (FINAL.has(kind) || (kind === 'no-answer' && !isStubborn)) throw error;
      log.debug('deletion.split', { chat: chat_id, reason });
      return 'failed';
    }
  }

  /** Whether it is gone; false where it must be blanked. */
  async function alone(chat_id: number, message_id: number, isStubborn: boolean): Promise<boolean> {
    try {
      await calls.deleteMessage({ chat_id, message_id });
      return true;
    } catch (error) {
      const { kind, reason } = classifyError(error);
      if (kind === 'message-missing') return true;
      if (FINAL.has(kind) || (TRANSIENT.has(kind) && !isStubborn)) throw error;
      if (!STILL_EDITABLE.has(kind)) log.warn('message.emptied', { chat: chat_id, reason });
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
        if (!SETTLED.has(classifyError(error).kind)) throw error;
      }
    }
    return standing;
  };
}
