import type { InputFile } from 'grammy';
import type { InlineKeyboardMarkup, Message } from 'grammy/types';
import { classifyError } from '../api/classify-error.ts';
import type { Calls } from '../api/client.ts';
import { type ErrorKind, isMediaRefused, mayBeAboutForm } from '../api/errors.ts';
import type { SendTarget, SentMessages } from '../chat-target.ts';
import type { EntityText } from '../render/entities/size-limits.ts';
import type { MediaItem, OutgoingMedia } from '../render/outgoing.ts';
import type { FileType } from './file-id-cache.ts';
import type { FileSource, MediaFallbacks } from './media-fallbacks.ts';

type Words = EntityText & { readonly keyboard?: InlineKeyboardMarkup };

/** How a call with media is made. */
export interface MediaSendOptions {
  readonly where: SendTarget;
  /** See `Progress`: plainer forms may be tried for reasons in no table, and for faults of Telegram's own. */
  readonly puzzled: boolean;
  /** Aborts when the time for the message's media is over. */
  readonly patience: AbortSignal;
}

/** Calls with media. Each settles with `undefined` where Telegram would not take the media as such. */
export interface MediaSender {
  single(item: MediaItem, words: Words, manner: MediaSendOptions): Promise<SentMessages | undefined>;
  /**
   * Not tried where an item has nothing left to name it by that might work. Where a medium is refused, nothing of the
   * album stands; where it is broken off for another reason, some of it may, which `progress` then says.
   */
  album(
    call: OutgoingMedia,
    manner: MediaSendOptions,
    progress: { inPart: boolean },
  ): Promise<SentMessages | undefined>;
}

export function createMediaSender(calls: Calls, ladder: MediaFallbacks): MediaSender {
  async function single(
    item: MediaItem,
    words: Words,
    { where, puzzled, patience }: MediaSendOptions,
  ): Promise<SentMessages | undefined> {
    const rest = {
      ...where,
      ...(words.text !== '' && { caption: words.text, caption_entities: [...words.entities] }),
      ...(words.keyboard && { reply_markup: words.keyboard }),
    };
    const sent = await ladder.trySources(item, patience, (rung) =>
      attemptMedia(() => SENDERS[rung.form](calls, rung, item, rest), puzzled),
    );
    return typeof sent === 'object' ? { chat: sent.chat.id, ids: [sent.message_id] } : undefined;
  }

  async function album(
    call: OutgoingMedia,
    { where, puzzled }: MediaSendOptions,
    progress: { inPart: boolean },
  ): Promise<SentMessages | undefined> {
    const rungs: FileSource[] = [];
    for (const item of call.items) {
      const rung = await ladder.firstSource(item);
      if (!rung) return undefined;
      rungs.push(rung);
    }
    const media = call.items.map((item, index) =>
      toInputMedia(item, rungs[index] as FileSource, index === 0 ? call : undefined),
    ) as AlbumMedia;
    const sent = await attemptMedia(
      () => calls.sendMediaGroup({ ...where, media }),
      puzzled,
      (reason) => blame(call.items, rungs, reason),
    ).catch((error: unknown) => {
      progress.inPart = ITEM.test(classifyError(error).reason);
      throw error;
    });
    if (!Array.isArray(sent)) return undefined;
    for (const [index, message] of sent.entries())
      await ladder.recordSuccess(call.items[index] as MediaItem, rungs[index] as FileSource, message);
    return { chat: sent[0]?.chat.id ?? 0, ids: sent.map(({ message_id }) => message_id) };
  }

  /** The item that Telegram names is at fault; where it names none, any of the ids may be. */
  async function blame(
    items: readonly MediaItem[],
    rungs: readonly FileSource[],
    reason: string,
  ): Promise<void> {
    const number = ITEM.exec(reason)?.[1];
    for (const [index, item] of items.entries()) {
      const rung = rungs[index] as FileSource;
      const isById = typeof rung.file === 'string' && !item.urls.includes(rung.file);
      if (number === undefined ? isById : index === Number(number) - 1 && (isById || !FORM.test(reason)))
        await ladder.recordFailure(item, rung);
    }
  }

  return { single, album };
}

// Only pictures and films are put together; the type can't know.
type AlbumMedia = Parameters<Calls['sendMediaGroup']>[0]['media'];

/** How Telegram names the item of an album that failed. */
const ITEM = /failed to send message #(\d+)/i;
/** Complaints about the file rather than its address. */
const FORM = /DIMENSIONS|PROCESS_FAILED/i;

/** The call's result, or what kind of trouble it met that another form may mend; throws any other. */
export async function attemptMedia<T extends object | true>(
  call: () => Promise<T>,
  puzzled: boolean,
  onTrouble: (reason: string) => Promise<void> = async () => {},
): Promise<T | ErrorKind> {
  try {
    return await call();
  } catch (error) {
    const failure = classifyError(error);
    if (!isMediaRefused(failure) && !(mayBeAboutForm(failure) && puzzled)) throw error;
    await onTrouble(failure.reason);
    return failure.kind;
  }
}

type Rest = Omit<Parameters<Calls['sendPhoto']>[0], 'photo'>;

const SENDERS: Readonly<
  Record<FileType, (calls: Calls, rung: FileSource, item: MediaItem, rest: Rest) => Promise<Message>>
> = {
  photo: (calls, { file }, item, rest) => calls.sendPhoto({ ...rest, photo: file, ...covered(item) }),
  video: (calls, { file, cover }, item, rest) =>
    calls.sendVideo({ ...rest, video: file, ...film(item, cover), ...covered(item) }),
  animation: (calls, { file }, item, rest) =>
    calls.sendAnimation({ ...rest, animation: file, ...covered(item), ...sizeOf(item), ...lengthOf(item) }),
  audio: (calls, { file }, item, rest) => calls.sendAudio({ ...rest, audio: file, ...lengthOf(item) }),
  document: (calls, { file }, _item, rest) => calls.sendDocument({ ...rest, document: file }),
};

/** An item as albums and edits name it. */
export function toInputMedia(
  item: MediaItem,
  { file, cover }: Pick<FileSource, 'file' | 'cover'>,
  words?: EntityText,
): EditedMedia {
  const media: string | InputFile = file;
  const caption = words &&
    words.text !== '' && { caption: words.text, caption_entities: [...words.entities] };
  switch (item.type) {
    case 'photo':
      return { type: 'photo', media, ...covered(item), ...caption };
    case 'video':
      return { type: 'video', media, ...film(item, cover), ...covered(item), ...caption };
    case 'animation':
      return { type: 'animation', media, ...covered(item), ...sizeOf(item), ...lengthOf(item), ...caption };
    case 'audio':
      return { type: 'audio', media, ...lengthOf(item), ...caption };
  }
}

type EditedMedia = Parameters<Calls['editMessageMedia']>[0]['media'];

const covered = ({ spoiler }: MediaItem) => spoiler && { has_spoiler: true };
const sizeOf = ({ width, height }: MediaItem) => ({ ...(width && { width }), ...(height && { height }) });
const lengthOf = ({ durationS }: MediaItem) => ({ ...(durationS && { duration: durationS }) });
const film = (item: MediaItem, cover: string | undefined) => ({
  ...(cover && { cover }),
  ...sizeOf(item),
  ...lengthOf(item),
  supports_streaming: true,
});
