import type {
  InlineKeyboardMarkup,
  InputMedia,
  InputMediaPhoto,
  InputMediaVideo,
  Message,
} from 'grammy/types';
import type { Item, ItemType, MediaCall } from './call.ts';
import type { Standing, Where } from './chat.ts';
import type { Calls } from './client.ts';
import { faultOf } from './fault.ts';
import type { FaultKind } from './fault-table.ts';
import type { Shown } from './measure.ts';

/** Addresses remembered as dead. Telegram itself remembers for days that it could not fetch one. */
const MAX_DEAD = 1_000;

type Words = Shown & { readonly keyboard?: InlineKeyboardMarkup };

/** Calls with media by address. Each settles with `undefined` where Telegram would not take the media as such. */
export interface MediaCalls {
  single(item: Item, words: Words, where: Where, puzzled: boolean): Promise<Standing | undefined>;
  /** Not tried where an item has no address left that might work. */
  album(call: MediaCall, where: Where, puzzled: boolean): Promise<Standing | undefined>;
}

export function createMediaCalls(calls: Calls): MediaCalls {
  const dead = new Set<string>();
  const alive = (item: Item): readonly string[] => item.urls.filter((url) => !dead.has(url));
  const bury = (url: string): void => {
    dead.add(url);
    const oldest = dead.values().next().value;
    if (dead.size > MAX_DEAD && oldest !== undefined) dead.delete(oldest);
  };

  async function single(
    item: Item,
    words: Words,
    where: Where,
    puzzled: boolean,
  ): Promise<Standing | undefined> {
    const rest = {
      ...where,
      ...(words.text !== '' && { caption: words.text, caption_entities: [...words.entities] }),
      ...(words.keyboard && { reply_markup: words.keyboard }),
    };
    for (const url of alive(item)) {
      const first = await attempt(() => SENDERS[item.type](calls, url, item, rest), puzzled);
      if (typeof first === 'object') return standingOf(first);
      if (first === 'media-right') return undefined;
      if (first === 'media-address') bury(url);
      // A file can't be covered, so what is hidden never goes as one.
      if (first !== 'media-form' || item.spoiler) continue;
      const second = await attempt(() => calls.sendDocument({ ...rest, document: url }), puzzled);
      if (typeof second === 'object') return standingOf(second);
      bury(url);
    }
    return undefined;
  }

  async function album(call: MediaCall, where: Where, puzzled: boolean): Promise<Standing | undefined> {
    const urls = call.items.map((item) => alive(item)[0]);
    if (urls.includes(undefined)) return undefined;
    // Only pictures and films are put together; the type can't know.
    const media = call.items.map((item, index) =>
      inputOf(item, urls[index] ?? '', index === 0 ? call : undefined),
    ) as (InputMediaPhoto | InputMediaVideo)[];
    const sent = await attempt(
      () => calls.sendMediaGroup({ ...where, media }),
      puzzled,
      (reason) => {
        const index = Number(/failed to send message #(\d+)/i.exec(reason)?.[1]) - 1;
        const url = urls[index];
        if (url !== undefined && !FORM.test(reason)) bury(url);
      },
    );
    if (!Array.isArray(sent)) return undefined;
    return { chat: sent[0]?.chat.id ?? 0, ids: sent.map(({ message_id }) => message_id) };
  }

  return { single, album };
}

/** Complaints about the file rather than its address. */
const FORM = /DIMENSIONS|PROCESS_FAILED/i;
const ABOUT_MEDIA: ReadonlySet<FaultKind> = new Set(['media-address', 'media-form', 'media-right']);

/** The call's result, or what kind of media trouble it met; throws any other. */
async function attempt<T extends object>(
  call: () => Promise<T>,
  puzzled: boolean,
  onTrouble: (reason: string) => void = () => {},
): Promise<T | FaultKind> {
  try {
    return await call();
  } catch (error) {
    const { kind, reason } = faultOf(error);
    if (kind === 'unknown' && puzzled) return 'media-form';
    if (!ABOUT_MEDIA.has(kind)) throw error;
    onTrouble(reason);
    return kind;
  }
}

function standingOf(message: Message): Standing {
  return { chat: message.chat.id, ids: [message.message_id] };
}

type Rest = Omit<Parameters<Calls['sendPhoto']>[0], 'photo'>;

const SENDERS: Readonly<
  Record<ItemType, (calls: Calls, url: string, item: Item, rest: Rest) => Promise<Message>>
> = {
  photo: (calls, photo, item, rest) => calls.sendPhoto({ ...rest, photo, ...covered(item) }),
  video: (calls, video, item, rest) =>
    calls.sendVideo({
      ...rest,
      video,
      ...covered(item),
      ...sizeOf(item),
      ...lengthOf(item),
      supports_streaming: true,
    }),
  animation: (calls, animation, item, rest) =>
    calls.sendAnimation({ ...rest, animation, ...covered(item), ...sizeOf(item), ...lengthOf(item) }),
  audio: (calls, audio, item, rest) => calls.sendAudio({ ...rest, audio, ...lengthOf(item) }),
};

/** An item as edits name it. */
export function inputOf(item: Item, media: string, words?: Shown): InputMedia {
  const caption = words &&
    words.text !== '' && { caption: words.text, caption_entities: [...words.entities] };
  switch (item.type) {
    case 'photo':
      return { type: 'photo', media, ...covered(item), ...caption };
    case 'video':
    case 'animation':
      return { type: item.type, media, ...covered(item), ...sizeOf(item), ...lengthOf(item), ...caption };
    case 'audio':
      return { type: 'audio', media, ...lengthOf(item), ...caption };
  }
}

const covered = ({ spoiler }: Item) => spoiler && { has_spoiler: true };
const sizeOf = ({ width, height }: Item) => ({ ...(width && { width }), ...(height && { height }) });
const lengthOf = ({ durationS }: Item) => ({ ...(durationS && { duration: durationS }) });
