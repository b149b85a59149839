import type { Body, SendResult } from '../platform.ts';
import { type Call, callOf, type MediaCall, type RichCall, type TextCall } from './call.ts';
import { receiptOf, type Standing, standingOf, targetOf } from './chat.ts';
import type { Calls } from './client.ts';
import { failureOf } from './errors.ts';
import { faultOf, unlessSame } from './fault.ts';
import type { Ladder } from './ladder.ts';
import { attempt, inputOf } from './media-calls.ts';
import { fresh, type Put, plainer } from './put.ts';
import type { Remove } from './remove.ts';
import type { RichCalls } from './rich-calls.ts';

export interface Editor {
  /** As `Platform.edit`. A message that somebody deleted stays deleted. */
  edit(destination: string, receipt: string, body: Body): Promise<SendResult>;
  /**
   * Gives the messages another content, as far as their kind allows: how many of them it took, or `undefined` where
   * it can't be done. Throws what Telegram answers.
   */
  change(standing: Standing, call: Call): Promise<number | undefined>;
}

export function createEditor(
  calls: Calls,
  rich: RichCalls,
  ladder: Ladder,
  put: Put,
  remove: Remove,
): Editor {
  async function change(standing: Standing, call: Call): Promise<number | undefined> {
    if (call.type === 'rich') return toRich(standing, call);
    try {
      return call.type === 'text' ? await toText(standing, call) : await toMedia(standing, call);
    } catch (error) {
      const { kind } = faultOf(error);
      if (kind === 'message-wordless') return undefined;
      const next = plainer(call, kind);
      if (!next) throw error;
      return change(standing, next);
    }
  }

  async function toRich(standing: Standing, call: RichCall): Promise<number | undefined> {
    try {
      return (await rich.edit(standing, call)) ?? (await change(standing, call.classic));
    } catch (error) {
      if (faultOf(error).kind === 'message-wordless') return undefined;
      throw error;
    }
  }

  async function toText({ chat, ids }: Standing, call: TextCall): Promise<number> {
    await unlessSame(() =>
      calls.editMessageText({
        chat_id: chat,
        message_id: ids[0] ?? 0,
        text: call.text,
        entities: [...call.entities],
        link_preview_options: call.preview === undefined ? { is_disabled: true } : { url: call.preview },
        ...(call.keyboard && { reply_markup: call.keyboard }),
      }),
    );
    return 1;
  }

  /** An album keeps its number of items; Telegram can neither add to it nor take away. */
  async function toMedia(standing: Standing, call: MediaCall): Promise<number | undefined> {
    const { chat, ids } = standing;
    if (ids.length !== call.items.length) return undefined;
    const patience = ladder.patience();
    for (const [index, item] of call.items.entries()) {
      const words = index === 0 ? call : undefined;
      const message = { chat_id: chat, message_id: ids[index] ?? 0 };
      const keyboard = words?.keyboard && { reply_markup: words.keyboard };
      const shown = await ladder.descend(item, patience, async (rung) => {
        // A picture can't become a file where it stands.
        if (rung.form !== item.type) return 'unknown';
        const media = inputOf(item, rung, words);
        return attempt(
          () => unlessSame(() => calls.editMessageMedia({ ...message, media, ...keyboard })),
          false,
        );
      });
      // The picture stays as it was; the words don't.
      if (!shown && words) await toCaption(message, words);
    }
    return ids.length;
  }

  async function toCaption(
    message: { chat_id: number; message_id: number },
    words: MediaCall,
  ): Promise<void> {
    await unlessSame(() =>
      calls.editMessageCaption({
        ...message,
        caption: words.text,
        caption_entities: [...words.entities],
        ...(words.keyboard && { reply_markup: words.keyboard }),
      }),
    );
  }

  return {
    change,
    async edit(destination, receipt, body) {
      const standing = standingOf(receipt);
      if (!standing) return { status: 'rejected', reason: `Not a receipt: ${receipt}` };
      const call = callOf(body);
      try {
        const kept = await change(standing, call);
        if (kept === undefined) {
          const where = { ...targetOf(destination), disable_notification: true };
          const next = await put(call, where, fresh());
          await remove(standing);
          return { status: 'sent', receipt: receiptOf(next) };
        }
        if (kept < standing.ids.length) await remove({ ...standing, ids: standing.ids.slice(kept) });
        return { status: 'sent', receipt: receiptOf({ ...standing, ids: standing.ids.slice(0, kept) }) };
      } catch (error) {
        return faultOf(error).kind === 'message-missing' ? { status: 'sent', receipt } : failureOf(error);
      }
    },
  };
}
