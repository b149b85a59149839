import type { Texts } from '../../text/texts.ts';
import type { Standing } from './chat.ts';
import type { Calls } from './client.ts';
import { faultOf } from './fault.ts';
import type { FaultKind } from './fault-table.ts';

/** Takes messages back; throws what Telegram answers. */
export type Remove = (standing: Standing, texts: Texts) => Promise<Standing>;

/** Reasons not to delete that do not keep a message from being edited: its age, or a group that got a new number. */
const KEPT: ReadonlySet<FaultKind> = new Set(['message-fixed', 'moved']);
/** Nothing left to do, or nothing that could be done. */
const SETTLED: ReadonlySet<FaultKind> = new Set(['message-missing', 'message-fixed', 'unmodified', 'moved']);

/**
 * What is older than 48 hours can't be deleted (Bot API, `deleteMessages`): its words and buttons are replaced, and a
 * picture stays. What can't be changed either is left.
 */
export function createRemove(calls: Calls): Remove {
  async function blank(chat_id: number, message_id: number, words: string, isFirst: boolean): Promise<void> {
    const none = { reply_markup: { inline_keyboard: [] } };
    try {
      await calls.editMessageText({ chat_id, message_id, text: words, ...none });
    } catch (error) {
      if (faultOf(error).kind !== 'message-wordless') throw error;
      // Albums have one caption, and no keyboard that could be set.
      await calls.editMessageCaption({ chat_id, message_id, caption: isFirst ? words : '' });
    }
  }

  return async (standing, { platform }) => {
    const { chat, ids } = standing;
    try {
      await calls.deleteMessages({ chat_id: chat, message_ids: [...ids] });
      return standing;
    } catch (error) {
      const { kind } = faultOf(error);
      if (kind === 'message-missing') return standing;
      if (!KEPT.has(kind)) throw error;
    }
    for (const [index, id] of ids.entries()) {
      try {
        await blank(chat, id, platform.removed, index === 0);
      } catch (error) {
        if (!SETTLED.has(faultOf(error).kind)) throw error;
      }
    }
    return standing;
  };
}
