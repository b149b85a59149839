import type { Log } from '../../../lib/log.ts';
import { classifyError } from '../api/classify-error.ts';
import type { Calls } from '../api/client.ts';
import type { ErrorKind } from '../api/errors.ts';
import type { SendTarget, SentMessages } from '../chat-target.ts';
import { appendLinkLines } from '../render/link-lines.ts';
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

/** What survives from one try of a message to the next. */
export interface SendProgress {
  /** Message ids of the items of an album that were sent one by one, by index. */
  readonly items: Map<number, number>;
  /**
   * It has failed before for a reason in no table, or so often by a fault of Telegram's own that this way may never work;
   * now plainer forms are tried for such reasons too.
   */
  puzzled: boolean;
  /** So many tries in a row met a fault of Telegram's own. */
  serverErrors: number;
  /** So many of its calls brought no answer; each may have been carried out. */
  lostResponses: number;
  /** The album was broken off: some of its items stand, and Telegram does not tell which. */
  inPart: boolean;
  /** The chat was not found, and was there. */
  chatMissing: boolean;
}

export const newProgress = (): SendProgress => ({
  items: new Map(),
  puzzled: false,
  serverErrors: 0,
  lostResponses: 0,
  inPart: false,
  chatMissing: false,
});

/** Its media may stand, nobody knows which: what is put up now is words with links, lest pictures show again and again. */
const mayAlreadyBeSent = ({ inPart, lostResponses }: SendProgress): boolean => inPart || lostResponses > 1;

/** Puts a message up, in a plainer form where Telegram refuses the first; throws what the plainest one met. */
export type Send = (call: Outgoing, where: SendTarget, progress: SendProgress) => Promise<SentMessages>;

export function createSender(calls: Calls, rich: RichSender, ladder: MediaFallbacks, log: Log): Send {
  const mediaCalls = createMediaSender(calls, ladder);

  const put: Send = async (call, where, progress) => {
    if (call.type === 'rich')
      return (await rich.send(call, where, progress.puzzled)) ?? put(call.classic, where, progress);
    try {
      if (call.type === 'text') return await putText(call, where);
      return call.items.length === 1
        ? await putSingle(call, where, progress)
        : await putAlbum(call, where, progress);
    } catch (error) {
      const { kind, reason } = classifyError(error);
      const next = simplify(call, kind);
      if (!next) throw error;
      log.warn('message.simplified', { reason });
      return put(next, where, progress);
    }
  };

  async function putText(call: OutgoingText, where: SendTarget): Promise<SentMessages> {
    const message = await calls.sendMessage({
      ...where,
      text: call.text,
      entities: [...call.entities],
      link_preview_options: linkPreviewOptions(call),
      ...(call.keyboard && { reply_markup: call.keyboard }),
    });
    return { chat: message.chat.id, ids: [message.message_id] };
  }

  async function putSingle(
    call: OutgoingMedia,
    where: SendTarget,
    progress: SendProgress,
  ): Promise<SentMessages> {
    const item = call.items[0] as MediaItem;
    const { puzzled } = progress;
    const manner = { where, puzzled, patience: ladder.messageDeadline() };
    const sent = mayAlreadyBeSent(progress) ? undefined : await mediaCalls.single(item, call, manner);
    if (sent) return sent;
    log.warn('media.linked', { url: item.urls[0] });
    return putText(asLinks(call, [item]), where);
  }

  async function putAlbum(
    call: OutgoingMedia,
    where: SendTarget,
    progress: SendProgress,
  ): Promise<SentMessages> {
    const { items: done, puzzled } = progress;
    const manner = { where, puzzled, patience: ladder.messageDeadline() };
    const isWhole = done.size === 0 && !mayAlreadyBeSent(progress);
    const whole = isWhole ? await mediaCalls.album(call, manner, progress) : undefined;
    if (whole) return whole;
    const unsent: MediaItem[] = [];
    let standing: SentMessages | undefined;
    for (const [index, item] of call.items.entries()) {
      if (done.has(index)) continue;
      const words = done.size === 0 ? call : { text: '', entities: [] };
      const one = mayAlreadyBeSent(progress) ? undefined : await mediaCalls.single(item, words, manner);
      if (!one) {
        unsent.push(item);
        continue;
      }
      standing = one;
      done.set(index, one.ids[0] ?? 0);
    }
    const ids = [...done.values()];
    if (unsent.length === 0) return { chat: standing?.chat ?? Number(where.chat_id), ids };
    log.warn('media.linked', { url: unsent[0]?.urls[0], items: unsent.length });
    const words = done.size === 0 ? call : { text: '', entities: [] };
    const rest = await putText(appendLinkLines(words, unsent), where);
    return { chat: rest.chat, ids: [...ids, ...rest.ids] };
  }

  return put;
}

/** The same message without what was refused; `undefined` where nothing can go. What is hidden stays hidden. */
export function simplify(call: OutgoingClassic, kind: ErrorKind): OutgoingClassic | undefined {
  if (kind === 'entities') {
    const entities = call.entities.filter(({ type }) => type === 'spoiler');
    return entities.length < call.entities.length ? { ...call, entities } : undefined;
  }
  if (kind === 'keyboard' && call.keyboard) {
    const { keyboard: _, ...rest } = call;
    return rest;
  }
  if (kind === 'content' && call.type === 'media') return asLinks(call, call.items);
  return undefined;
}

function asLinks(call: OutgoingMedia, items: readonly MediaItem[]): OutgoingText {
  return { ...appendLinkLines(call, items), ...(call.keyboard && { keyboard: call.keyboard }) };
}
