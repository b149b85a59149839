import type { Message } from 'grammy/types';
import type { Item, ItemType } from './call.ts';

/** As what a file can be sent. */
export type FileForm = ItemType | 'document';

/** A file that Telegram has. Its id is good for this bot alone, and for that form alone (Bot API, "Sending files"). */
export interface StoredFile {
  readonly id: string;
  readonly form: FileForm;
  readonly cover?: string;
}

/** Where the files that Telegram has are remembered over restarts. */
export interface FileShelf {
  get(key: string): Promise<StoredFile | undefined>;
  set(key: string, file: StoredFile, ttlMs: number): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}

/** Ids have no end that Telegram would tell; what nobody sends any more is forgotten. */
const KEPT_MS = 30 * 24 * 60 * 60_000;

/** The files of one bot by the items that they show. */
export interface Files {
  known(item: Item): Promise<StoredFile | undefined>;
  learn(item: Item, message: Message): Promise<void>;
  forget(item: Item): Promise<void>;
  keyOf(item: Item): string;
}

export function createFiles(bot: string, shelf: FileShelf | undefined): Files {
  const keyOf = ({ type, sha256, urls: [url] }: Item): string => `${bot} ${type} ${sha256 ?? url}`;
  return {
    keyOf,
    known: async (item) => shelf?.get(keyOf(item)),
    async learn(item, message) {
      const file = fileIn(message);
      if (file) await shelf?.set(keyOf(item), file, KEPT_MS);
    },
    async forget(item) {
      await shelf?.delete(keyOf(item));
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
