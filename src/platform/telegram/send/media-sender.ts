import type { InlineKeyboardMarkup, Message } from 'grammy/types';
import { classifyError } from '../api/classify-error.ts';
import type { Calls } from '../api/client.ts';
import { type ErrorKind, isMediaRefused, mayBeAboutForm } from '../api/errors.ts';
import type { SendTarget, SentMessages } from '../chat-target.ts';
import type { EntityText } from '../render/entities/size-limits.ts';
import { captionFields, mediaFields, toInputMedia } from '../render/input-media.ts';
import type { MediaItem, OutgoingMedia } from '../render/outgoing.ts';
import type { FileType } from './file-id-cache.ts';
import type { FileSource, MediaFallbacks } from './media-fallbacks.ts';

type Caption = EntityText & { readonly keyboard?: InlineKeyboardMarkup };

/** How to send media. */
export interface MediaSendOptions {
  readonly where: SendTarget;
  /** See `SendProgress`. */
  readonly tryPlainer: boolean;
  /** Aborts when the time for the message's media has run out. */
  readonly deadline: AbortSignal;
}

/** Sends media. Resolves with `undefined` if Telegram rejects them in every form. */
export interface MediaSender {
  single(item: MediaItem, caption: Caption, options: MediaSendOptions): Promise<SentMessages | undefined>;
  /**
   * Sends nothing if an item has no source left that might work, or if Telegram refuses an item. If Telegram stops
   * halfway for another reason, sets `progress.partiallySent` and throws.
   */
  album(
    call: OutgoingMedia,
    options: MediaSendOptions,
    progress: { partiallySent: boolean },
  ): Promise<SentMessages | undefined>;
}

export function createMediaSender(calls: Calls, fallbacks: MediaFallbacks): MediaSender {
  async function single(
    item: MediaItem,
    caption: Caption,
    { where, tryPlainer, deadline }: MediaSendOptions,
  ): Promise<SentMessages | undefined> {
    const rest = {
      ...where,
      ...captionFields(caption),
      ...(caption.keyboard && { reply_markup: caption.keyboard }),
    };
    const sent = await fallbacks.trySources(item, deadline, (source) =>
      attemptMedia(() => SENDERS[source.form](calls, source, item, rest), tryPlainer),
    );
    return typeof sent === 'object' ? { chat: sent.chat.id, ids: [sent.message_id] } : undefined;
  }

  async function album(
    call: OutgoingMedia,
    { where, tryPlainer }: MediaSendOptions,
    progress: { partiallySent: boolean },
  ): Promise<SentMessages | undefined> {
    const sources: FileSource[] = [];
    for (const item of call.items) {
      const source = await fallbacks.firstSource(item);
      if (!source) return undefined;
      sources.push(source);
    }
    const media = call.items.map((item, index) =>
      toInputMedia(item, sources[index] as FileSource, index === 0 ? call : undefined),
    ) as AlbumMedia;
    const sent = await attemptMedia(
      () => calls.sendMediaGroup({ ...where, media }),
      tryPlainer,
      (reason) => blame(call.items, sources, reason),
    ).catch((error: unknown) => {
      progress.partiallySent = ITEM.test(classifyError(error).reason);
      throw error;
    });
    if (!Array.isArray(sent)) return undefined;
    for (const [index, message] of sent.entries())
      await fallbacks.recordSuccess(call.items[index] as MediaItem, sources[index] as FileSource, message);
    return { chat: sent[0]?.chat.id ?? 0, ids: sent.map(({ message_id }) => message_id) };
  }

  /** Blames the item that Telegram names; if it names none, all items that were sent by id. */
  async function blame(
    items: readonly MediaItem[],
    sources: readonly FileSource[],
    reason: string,
  ): Promise<void> {
    const number = ITEM.exec(reason)?.[1];
    for (const [index, item] of items.entries()) {
      const source = sources[index] as FileSource;
      const isById = typeof source.file === 'string' && !item.urls.includes(source.file);
      if (number === undefined ? isById : index === Number(number) - 1 && (isById || !FORM.test(reason)))
        await fallbacks.recordFailure(item, source);
    }
  }

  return { single, album };
}

// Only photos and videos are grouped into albums, which the types don't express.
type AlbumMedia = Parameters<Calls['sendMediaGroup']>[0]['media'];

/** How an error names the album item that failed. */
const ITEM = /failed to send message #(\d+)/i;
/** Errors about the file itself rather than its address. */
const FORM = /DIMENSIONS|PROCESS_FAILED/i;

/** The result of the call, or the kind of an error that another form may avoid. Throws all other errors. */
export async function attemptMedia<T extends object | true>(
  call: () => Promise<T>,
  tryPlainer: boolean,
  onRefused: (reason: string) => Promise<void> = async () => {},
): Promise<T | ErrorKind> {
  try {
    return await call();
  } catch (error) {
    const failure = classifyError(error);
    if (!isMediaRefused(failure) && !(mayBeAboutForm(failure) && tryPlainer)) throw error;
    await onRefused(failure.reason);
    return failure.kind;
  }
}

type Rest = Omit<Parameters<Calls['sendPhoto']>[0], 'photo'>;

const SENDERS: Readonly<
  Record<FileType, (calls: Calls, source: FileSource, item: MediaItem, rest: Rest) => Promise<Message>>
> = {
  photo: (calls, { file }, item, rest) =>
    calls.sendPhoto({ ...rest, photo: file, ...mediaFields.photo(item) }),
  video: (calls, { file, cover }, item, rest) =>
    calls.sendVideo({ ...rest, video: file, ...mediaFields.video(item, cover) }),
  animation: (calls, { file }, item, rest) =>
    calls.sendAnimation({ ...rest, animation: file, ...mediaFields.animation(item) }),
  audio: (calls, { file }, item, rest) =>
    calls.sendAudio({ ...rest, audio: file, ...mediaFields.audio(item) }),
  document: (calls, { file }, _item, rest) => calls.sendDocument({ ...rest, document: file }),
};
