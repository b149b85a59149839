import type { Texts } from '../../../i18n/texts.ts';
import type { Log } from '../../../lib/log.ts';
import { classifyError, ignoreUnmodified } from '../api/classify-error.ts';
import type { Calls } from '../api/client.ts';
import { parseDestination, type SentMessages } from '../chat-target.ts';
import {
  linkPreviewOptions,
  type Outgoing,
  type OutgoingMedia,
  type OutgoingRich,
  type OutgoingText,
} from '../render/outgoing.ts';
import type { DeleteMessages } from './delete-messages.ts';
import type { MediaFallbacks } from './media-fallbacks.ts';
import { attemptMedia, toInputMedia } from './media-sender.ts';
import type { RichSender } from './rich-sender.ts';
import { type Send, type SendProgress, simplify } from './sender.ts';

export interface Editor {
  /** As `Platform.edit`, throwing what Telegram answers. A message that somebody deleted stays deleted. */
  edit(
    destination: string,
    standing: SentMessages,
    call: Outgoing,
    progress: SendProgress,
    texts: Texts,
  ): Promise<SentMessages>;
  /**
   * Gives the messages another content, as far as their kind allows: how many of them it took, or `undefined` where
   * it can't be done. Throws what Telegram answers.
   */
  change(standing: SentMessages, call: Outgoing, puzzled?: boolean): Promise<number | undefined>;
}

export interface EditorParts {
  readonly calls: Calls;
  readonly rich: RichSender;
  readonly ladder: MediaFallbacks;
  readonly put: Send;
  readonly remove: DeleteMessages;
  readonly log: Log;
}

export function createEditor({ calls, rich, ladder, put, remove, log }: EditorParts): Editor {
  async function change(
    standing: SentMessages,
    call: Outgoing,
    puzzled = false,
  ): Promise<number | undefined> {
    if (call.type === 'rich') return toRich(standing, call, puzzled);
    try {
      return call.type === 'text' ? await toText(standing, call) : await toMedia(standing, call, puzzled);
    } catch (error) {
      const { kind } = classifyError(error);
      if (kind === 'nothing-to-edit') return undefined;
      const next = simplify(call, kind);
      if (!next) throw error;
      return change(standing, next, puzzled);
    }
  }

  async function toRich(
    standing: SentMessages,
    call: OutgoingRich,
    puzzled: boolean,
  ): Promise<number | undefined> {
    try {
      return (await rich.edit(standing, call, puzzled)) ?? (await change(standing, call.classic, puzzled));
    } catch (error) {
      if (classifyError(error).kind === 'nothing-to-edit') return undefined;
      throw error;
    }
  }

  async function toText({ chat, ids }: SentMessages, call: OutgoingText): Promise<number> {
    await ignoreUnmodified(() =>
      calls.editMessageText({
        chat_id: chat,
        message_id: ids[0] ?? 0,
        text: call.text,
        entities: [...call.entities],
        link_preview_options: linkPreviewOptions(call),
        ...(call.keyboard && { reply_markup: call.keyboard }),
      }),
    );
    return 1;
  }

  /** An album keeps its number of items; Telegram can neither add to it nor take away. */
  async function toMedia(
    standing: SentMessages,
    call: OutgoingMedia,
    puzzled: boolean,
  ): Promise<number | undefined> {
    const { chat, ids } = standing;
    if (ids.length !== call.items.length) return undefined;
    const patience = ladder.messageDeadline();
    for (const [index, item] of call.items.entries()) {
      const words = index === 0 ? call : undefined;
      const message = { chat_id: chat, message_id: ids[index] ?? 0 };
      const keyboard = words?.keyboard && { reply_markup: words.keyboard };
      const shown = await ladder.trySources(item, patience, async (rung) => {
        // A picture can't become a file where it stands.
        if (rung.form !== item.type) return 'unknown';
        const media = toInputMedia(item, rung, words);
        return attemptMedia(
          () => ignoreUnmodified(() => calls.editMessageMedia({ ...message, media, ...keyboard })),
          puzzled,
        );
      });
      // The picture stays as it was; the words don't.
      if (!shown && words) await toCaption(message, words);
    }
    return ids.length;
  }

  async function toCaption(
    message: { chat_id: number; message_id: number },
    words: OutgoingMedia,
  ): Promise<void> {
    await ignoreUnmodified(() =>
      calls.editMessageCaption({
        ...message,
        caption: words.text,
        caption_entities: [...words.entities],
        ...(words.keyboard && { reply_markup: words.keyboard }),
      }),
    );
  }

  /** In the place of what can't become it: silently, and the old message goes. */
  async function putAnew(
    destination: string,
    standing: SentMessages,
    call: Outgoing,
    progress: SendProgress,
    texts: Texts,
  ): Promise<SentMessages> {
    const next = await put(call, { ...parseDestination(destination), disable_notification: true }, progress);
    try {
      await remove(standing, texts);
    } catch (error) {
      // Trying again would put it up once more.
      log.warn('message.delete_failed', { chat: standing.chat, reason: classifyError(error).reason });
    }
    return next;
  }

  return {
    change,
    async edit(destination, standing, call, progress, texts) {
      try {
        const kept = await change(standing, call, progress.puzzled);
        if (kept === undefined) return await putAnew(destination, standing, call, progress, texts);
        if (kept < standing.ids.length)
          await remove({ ...standing, ids: standing.ids.slice(kept) }, texts, progress.puzzled);
        return { ...standing, ids: standing.ids.slice(0, kept) };
      } catch (error) {
        if (classifyError(error).kind !== 'message-removed') throw error;
        return standing;
      }
    },
  };
}
