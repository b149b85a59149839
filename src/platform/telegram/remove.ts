import { en } from '../../text/en.ts';
import type { SendResult } from '../platform.ts';
import { receiptOf, type Standing } from './chat.ts';
import type { Calls } from './client.ts';
import { failureOf } from './errors.ts';
import { faultOf } from './fault.ts';
import type { FaultKind } from './fault-table.ts';

export type Remove = (standing: Standing) => Promise<SendResult>;

/** Reasons not to delete that do not keep a message from being edited: its age, or a group that got a new number. */
const KEPT: ReadonlySet<FaultKind> = new Set(['message-fixed', 'moved']);
/** Nothing left to do, or nothing that could be done. */
const SETTLED: ReadonlySet<FaultKind> = new Set(['message-missing', 'message-fixed', 'unmodified', 'moved']);

/**
 * Takes messages back. What is older than 48 hours can't be deleted (Bot API, `deleteMessages`): its words and buttons
 * are replaced, and a picture stays.
 */
export function createRemove(calls: Calls): Remove {
  async function blank(chat_id: number, message_id: number, isFirst: boolean): Promise<void> {
    const none = { reply_markup: { inline_keyboard: [] } };
    try {
      await calls.editMessageText({ chat_id, message_id, text: en.platform.removed, ...none });
    } catch (error) {
      if (faultOf(error).kind !== 'message-wordless') throw error;
      // Albums have one caption, and no keyboard that could be set.
      await calls.editMessageCaption({ chat_id, message_id, caption: isFirst ? en.platform.removed : '' });
    }
  }

  return async (standing) => {
    const { chat, ids } = standing;
    const done: SendResult = { status: 'sent', receipt: receiptOf(standing) };
    try {
      await calls.deleteMessages({ chat_id: chat, message_ids: [...ids] });
      return done;
    } catch (error) {
      const { kind } = faultOf(error);
      if (kind === 'message-missing') return done;
      if (!KEPT.has(kind)) return failureOf(error);
    }
    for (const [index, id] of ids.entries()) {
      try {
        await blank(chat, id, index === 0);
      } catch (error) {
        if (!SETTLED.has(faultOf(error).kind)) return failureOf(error);
      }
    }
    return done;
  };
}
