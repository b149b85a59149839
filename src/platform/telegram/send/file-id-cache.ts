import type { Message } from 'grammy/types';
import type { Log } from '../../../lib/log.ts';
import type { MediaItem, MediaItemType } from '../render/outgoing.ts';

/** The types that a file can be sent as. */
export type FileType = MediaItemType | 'document';

/** A file stored at Telegram. Its id is valid for this bot and for this type only (Bot API, "Sending files"). */
export interface StoredFile {
  readonly id: string;
  readonly form: FileType;
  readonly cover?: string;
}

/** Stores file ids across restarts. */
export interface FileIdStorage {
  get(key: string): Promise<StoredFile | undefined>;
  set(key: string, file: StoredFile, ttlMs: number): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}

/** Telegram documents no expiry of file ids. Those that are no longer used are dropped. */
const TTL_MS = 30 * 24 * 60 * 60_000;

/** A stored file and the name it was found under. */
export interface KnownFile extends StoredFile {
  readonly name: string;
}

/**
 * The stored files of one bot by type and by name: their address, or the hash of their bytes. Never by the hash that a note
 * claims, because a false claim in one note would affect others.
 */
export interface FileIdCache {
  find(item: MediaItem): Promise<KnownFile | undefined>;
  remember(item: MediaItem, names: readonly string[], message: Message): Promise<void>;
  forget(item: MediaItem, name: string): Promise<void>;
}

export function createFileIdCache(bot: string, storage: FileIdStorage | undefined, log: Log): FileIdCache {
  /** Ignores storage errors: the cache only saves uploads. */
  async function ignoreErrors<T>(work: Promise<T> | undefined): Promise<T | undefined> {
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
        const file = await ignoreErrors(storage?.get(keyOf(item, name)));
        if (file) return { ...file, name };
      }
      return undefined;
    },
    async remember(item, names, message) {
      const file = fileIn(message);
      if (!file) return;
      for (const name of names) await ignoreErrors(storage?.set(keyOf(item, name), file, TTL_MS));
    },
    async forget(item, name) {
      await ignoreErrors(storage?.delete(keyOf(item, name)));
    },
  };
}

/** Telegram may change a file's type: a video without sound becomes an animation. */
function fileIn(message: Message): StoredFile | undefined {
  const { photo, video, animation, audio, document } = message;
  const largest = photo?.at(-1);
  if (largest) return { id: largest.file_id, form: 'photo' };
  const cover = video?.cover?.at(-1)?.file_id;
  if (video) return { id: video.file_id, form: 'video', ...(cover && { cover }) };
  // Animations have `document` set as well.
  if (animation) return { id: animation.file_id, form: 'animation' };
  if (audio) return { id: audio.file_id, form: 'audio' };
  return document && { id: document.file_id, form: 'document' };
}
