import type { Texts } from '../../../i18n/texts.ts';
import type { Log } from '../../../lib/log.ts';
import { classifyError, ignoreUnmodified } from '../api/classify-error.ts';
import type { Calls } from '../api/client.ts';
import { parseDestination, type SentMessages } from '../chat-target.ts';
import { toInputMedia } from '../render/input-media.ts';
import {
  linkPreviewOptions,
  type Outgoing,
  type OutgoingMedia,
  type OutgoingRich,
  type OutgoingText,
} from '../render/outgoing.ts';
import type { DeleteMessages } from './delete-messages.ts';
import type { MediaFallbacks } from './media-fallbacks.ts';
import { attemptMedia } from './media-sender.ts';
import type { RichSender } from './rich-sender.ts';
import { type Send, type SendProgress, simplify } from './sender.ts';

export interface Editor {
  /** Like `Platform.edit`, but throws Telegram's error. A message that somebody deleted stays deleted. */
  edit(
    destination: string,
    sent: SentMessages,
    call: Outgoing,
    progress: SendProgress,
    texts: Texts,
  ): Promise<SentMessages>;
  /**
   * Replaces the content of the messages as far as their type allows. Returns how many of them it uses, or `undefined` if
   * it is impossible. Throws Telegram's error.
   */
  change(sent: SentMessages, call: Outgoing, tryPlainer?: boolean): Promise<number | undefined>;
}

export interface EditorParts {
  readonly calls: Calls;
  readonly rich: RichSender;
  readonly fallbacks: MediaFallbacks;
  readonly sendMessage: Send;
  readonly deleteMessages: DeleteMessages;
  readonly log: Log;
}

export function createEditor({
  calls,
  rich,
  fallbacks,
  sendMessage,
  deleteMessages,
  log,
}: EditorParts): Editor {
  async function change(sent: SentMessages, call: Outgoing, tryPlainer = false): Promise<number | undefined> {
    if (call.type === 'rich') return toRich(sent, call, tryPlainer);
    try {
      return call.type === 'text' ? await toText(sent, call) : await toMedia(sent, call, tryPlainer);
    } catch (error) {
      const { kind } = classifyError(error);
      if (kind === 'nothing-to-edit') return undefined;
      const next = simplify(call, kind);
      if (!next) throw error;
      return change(sent, next, tryPlainer);
    }
  }

  async function toRich(
    sent: SentMessages,
    call: OutgoingRich,
    tryPlainer: boolean,
  ): Promise<number | undefined> {
    try {
      return (await rich.edit(sent, call, tryPlainer)) ?? (await change(sent, call.classic, tryPlainer));
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

  /** An album keeps its number of items: Telegram can neither add nor remove any. */
  async function toMedia(
    sent: SentMessages,
    call: OutgoingMedia,
    tryPlainer: boolean,
  ): Promise<number | undefined> {
    const { chat, ids } = sent;
    if (ids.length !== call.items.length) return undefined;
    const deadline = fallbacks.messageDeadline();
    for (const [index, item] of call.items.entries()) {
      const caption = index === 0 ? call : undefined;
      const message = { chat_id: chat, message_id: ids[index] ?? 0 };
      const keyboard = caption?.keyboard && { reply_markup: caption.keyboard };
      const replaced = await fallbacks.trySources(item, deadline, async (source) => {
        // An edit can't turn a picture into a file.
        if (source.form !== item.type) return 'unknown';
        const media = toInputMedia(item, source, caption);
        return attemptMedia(
          () => ignoreUnmodified(() => calls.editMessageMedia({ ...message, media, ...keyboard })),
          tryPlainer,
        );
      });
      // If the picture can't be replaced, at least the caption is.
      if (!replaced && caption) await toCaption(message, caption);
    }
    return ids.length;
  }

  async function toCaption(
    message: { chat_id: number; message_id: number },
    caption: OutgoingMedia,
  ): Promise<void> {
    await ignoreUnmodified(() =>
      calls.editMessageCaption({
        ...message,
        caption: caption.text,
        caption_entities: [...caption.entities],
        ...(caption.keyboard && { reply_markup: caption.keyboard }),
      }),
    );
  }

  /** For content that the old message can't be turned into. Sends it silently and deletes the old message. */
  async function sendAgain(
    destination: string,
    sent: SentMessages,
    call: Outgoing,
    progress: SendProgress,
    texts: Texts,
  ): Promise<SentMessages> {
    const next = await sendMessage(
      call,
      { ...parseDestination(destination), disable_notification: true },
      progress,
    );
    try {
      await deleteMessages(sent, texts);
    } catch (error) {
      // A retry would send the new message again.
      log.warn('message.delete_failed', { chat: sent.chat, reason: classifyError(error).reason });
    }
    return next;
  }

  return {
    change,
    async edit(destination, sent, call, progress, texts) {
      try {
        const kept = await change(sent, call, progress.tryPlainer);
        if (kept === undefined) return await sendAgain(destination, sent, call, progress, texts);
        if (kept < sent.ids.length)
          await deleteMessages({ ...sent, ids: sent.ids.slice(kept) }, texts, progress.tryPlainer);
        return { ...sent, ids: sent.ids.slice(0, kept) };
      } catch (error) {
        if (classifyError(error).kind !== 'message-removed') throw error;
        return sent;
      }
    },
  };
}
