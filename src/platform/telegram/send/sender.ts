import type { Log } from '../../../lib/log.ts';
import { classifyError } from '../api/classify-error.ts';
import type { Calls } from '../api/client.ts';
import type { ErrorKind } from '../api/errors.ts';
import type { SendTarget, SentMessages } from '../chat-target.ts';
import { appendLinkLines, mediaAsLinks } from '../render/link-lines.ts';
import {
  linkPreviewOptions,
  type MediaItem,
  type Outgoing,
  type OutgoingClassic,
  type OutgoingMedia,
  type OutgoingText,
} from '../render/outgoing.ts';
import type { MediaFallbacks } from './media-fallbacks.ts';
import { createMediaSender } from './media-sender.ts';
import type { RichSender } from './rich-sender.ts';

/** State that all attempts to send a message share. */
export interface SendProgress {
  /** Message ids of album items that were sent one by one, by index. */
  readonly items: Map<number, number>;
  /**
   * The last attempt failed for an unexplained reason, or many outages in a row suggest that this form will never work.
   * Plainer forms are now tried after these failures, too.
   */
  tryPlainer: boolean;
  /** How many attempts in a row ended in an outage (isOutage). */
  serverErrors: number;
  /** How many calls got no response. Each may have been carried out. */
  lostResponses: number;
  /** Telegram stopped halfway through an album. Some items were sent, but it doesn't say which. */
  partiallySent: boolean;
  /** Telegram said "chat not found" about a chat that exists. */
  chatMissing: boolean;
  /** Why an attempt failed that was to be paid for, if nothing explains it: the payment may be to blame. */
  paymentDoubt: string | undefined;
}

export const newProgress = (): SendProgress => ({
  items: new Map(),
  tryPlainer: false,
  serverErrors: 0,
  lostResponses: 0,
  partiallySent: false,
  chatMissing: false,
  paymentDoubt: undefined,
});

/** Some media may have been sent already. To avoid duplicate pictures, only text with links is sent now. */
const mayAlreadyBeSent = ({ partiallySent, lostResponses }: SendProgress): boolean =>
  partiallySent || lostResponses > 1;

/** Sends a message, in plainer forms if Telegram refuses it. Throws the error of the plainest form. */
export type Send = (call: Outgoing, where: SendTarget, progress: SendProgress) => Promise<SentMessages>;

export function createSender(calls: Calls, rich: RichSender, fallbacks: MediaFallbacks, log: Log): Send {
  const mediaCalls = createMediaSender(calls, fallbacks);

  const send: Send = async (call, where, progress) => {
    if (call.type === 'rich')
      return (await rich.send(call, where, progress.tryPlainer)) ?? send(call.classic, where, progress);
    try {
      if (call.type === 'text') return await sendText(call, where);
      return call.items.length === 1
        ? await sendSingle(call, where, progress)
        : await sendAlbum(call, where, progress);
    } catch (error) {
      const { kind, reason } = classifyError(error);
      const next = simplify(call, kind);
      if (!next) throw error;
      log.warn('message.simplified', { reason });
      return send(next, where, progress);
    }
  };

  async function sendText(call: OutgoingText, where: SendTarget): Promise<SentMessages> {
    const message = await calls.sendMessage({
      ...where,
      text: call.text,
      entities: [...call.entities],
      link_preview_options: linkPreviewOptions(call),
      ...(call.keyboard && { reply_markup: call.keyboard }),
    });
    return { chat: message.chat.id, ids: [message.message_id] };
  }

  async function sendSingle(
    call: OutgoingMedia,
    where: SendTarget,
    progress: SendProgress,
  ): Promise<SentMessages> {
    const item = call.items[0] as MediaItem;
    const { tryPlainer } = progress;
    const options = { where, tryPlainer, deadline: fallbacks.messageDeadline() };
    const sent = mayAlreadyBeSent(progress) ? undefined : await mediaCalls.single(item, call, options);
    if (sent) return sent;
    log.warn('media.linked', { url: item.urls[0] });
    return sendText(mediaAsLinks(call, [item]), where);
  }

  async function sendAlbum(
    call: OutgoingMedia,
    where: SendTarget,
    progress: SendProgress,
  ): Promise<SentMessages> {
    const { items: done, tryPlainer } = progress;
    const options = { where, tryPlainer, deadline: fallbacks.messageDeadline() };
    const isWhole = done.size === 0 && !mayAlreadyBeSent(progress);
    const whole = isWhole ? await mediaCalls.album(call, options, progress) : undefined;
    if (whole) return whole;
    const unsent: MediaItem[] = [];
    let lastSent: SentMessages | undefined;
    for (const [index, item] of call.items.entries()) {
      if (done.has(index)) continue;
      const caption = done.size === 0 ? call : { text: '', entities: [] };
      const one = mayAlreadyBeSent(progress) ? undefined : await mediaCalls.single(item, caption, options);
      if (!one) {
        unsent.push(item);
        continue;
      }
      lastSent = one;
      done.set(index, one.ids[0] ?? 0);
    }
    const ids = [...done.values()];
    if (unsent.length === 0) return { chat: lastSent?.chat ?? Number(where.chat_id), ids };
    log.warn('media.linked', { url: unsent[0]?.urls[0], items: unsent.length });
    const caption = done.size === 0 ? call : { text: '', entities: [] };
    const rest = await sendText(appendLinkLines(caption, unsent), where);
    return { chat: rest.chat, ids: [...ids, ...rest.ids] };
  }

  return send;
}

/** The same message without what was refused; `undefined` if nothing can be left out. Spoilers always stay. */
export function simplify(call: OutgoingClassic, kind: ErrorKind): OutgoingClassic | undefined {
  if (kind === 'entities') {
    const entities = call.entities.filter(({ type }) => type === 'spoiler');
    return entities.length < call.entities.length ? { ...call, entities } : undefined;
  }
  if (kind === 'keyboard' && call.keyboard) {
    const { keyboard: _, ...rest } = call;
    return rest;
  }
  if (kind === 'content' && call.type === 'media') return mediaAsLinks(call, call.items);
  return undefined;
}
