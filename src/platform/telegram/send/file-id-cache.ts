import type { Message } from 'grammy/types';
import type { Log } from '../../../lib/log.ts';
import type { MediaItem, MediaItemType } from '../render/outgoing.ts';

/** As what a file can be sent. */
export type FileType = MediaItemType | 'document';

/** A file that Telegram has. Its id is good for this bot alone, and for that form alone (Bot API, "Sending files"). */
export interface StoredFile {
  readonly id: string;
  readonly form: FileType;
  readonly cover?: string;
}

/** Where the files that Telegram has are remembered over restarts. */
export interface FileIdStorage {
  get(key: string): Promise<StoredFile | undefined>;
  set(key: string, file: StoredFile, ttlMs: number): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}

/** Ids have no end that Telegram would tell; what nobody sends any more is forgotten. */
const KEPT_MS = 30 * 24 * 60 * 60_000;

/** A file that Telegram has, and what it is known by. */
export interface KnownFile extends StoredFile {
  readonly name: string;
}

/**
 * The files of one bot by form, and by the address that they came from or the hash that was found in them: never by
 * what a note claims of them, lest one note's claim show in another's place.
 */
export interface FileIdCache {
  find(item: MediaItem): Promise<KnownFile | undefined>;
  remember(item: MediaItem, names: readonly string[], message: Message): Promise<void>;
  forget(item: MediaItem, name: string): Promise<void>;
}

export function createFileIdCache(bot: string, shelf: FileIdStorage | undefined, log: Log): FileIdCache {
  /** Nothing depends on it: what was sent is sent, also where that can't be remembered. */
  async function spared<T>(work: Promise<T> | undefined): Promise<T | undefined> {
    try {
      return await work;
    } catch (error) {
      log.warn('file.cache_failed', { error });
      return undefined;
    }
  }
  const keyOf = ({ type }: MediaItem, name: string): string => `${bot} ${type} ${name}`;
  return {
    async find(item) {
      for (const name of [...item.urls, ...(item.sha256 ? [item.sha256] : [])]) {
        const file = await spared(shelf?.get(keyOf(item, name)));
        if (file) return { ...file, name };
      }
      return undefined;
    },
    async remember(item, names, message) {
      const file = fileIn(message);
      if (!file) return;
      for (const name of names) await spared(shelf?.set(keyOf(item, name), file, KEPT_MS));
    },
    async forget(item, name) {
      await spared(shelf?.delete(keyOf(item, name)));
    },
  };
}

/** Telegram may have made something else of a file than it was sent as: a film without sound is an animation. */
function fileIn(message: Message): StoredFile | undefined {
  const { photo, video, animation, audio, document } = message;
  const largest = photo?.at(-1);
  if (largest) return { id: largest.file_id, form: 'photo' };
  const cover = video?.cover?.at(-1)?.file_id;
  if (video) return { id: video.file_id, form: 'video', ...(cover && { cover }) };
  // Animations come as documents too.
  if (animation) return { id: animation.file_id, form: 'animation' };
  if (audio) return { id: audio.file_id, form: 'audio' };
  return document && { id: document.file_id, form: 'document' };
}
