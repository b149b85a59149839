import { InputFile } from 'grammy';
import type { Message } from 'grammy/types';
import { LRUCache } from 'lru-cache';
import type { Log } from '../../../lib/log.ts';
import { fileName } from '../../../media/download.ts';
import type { MediaFetch } from '../../../media/media-fetch.ts';
import { unlessAborted } from '../../../media/media-fetch.ts';
import { isOwnPicture } from '../../../note/media/own-picture.ts';
import { classifyError } from '../api/classify-error.ts';
import type { ErrorKind } from '../api/errors.ts';
import type { MediaItem } from '../render/outgoing.ts';
import type { FileIdCache, FileType } from './file-id-cache.ts';
import { MAX_UPLOAD, uploadFormats } from './upload-formats.ts';

/** Dead addresses to remember. Telegram itself remembers for days that it couldn't fetch one. */
const MAX_DEAD = 1_000;

/** One way to give Telegram a file: its id, its address, or its bytes. */
export interface FileSource {
  readonly file: string | InputFile;
  readonly form: FileType;
  /** Names for the file id cache: the address, or the hash of the bytes. */
  readonly names: readonly string[];
  /** Id or address of a video's cover. */
  readonly cover?: string;
}

/** Result of a call with a source: `true` and messages mean success. */
export type Outcome = Message | true | ErrorKind;

/** Tries the ways to send an item, cheapest first: by file id, by its addresses, by uploading it. */
export interface MediaFallbacks {
  /** Aborts when the time for the media of one message has run out. */
  messageDeadline(): AbortSignal;
  /** Result of the first source that works; `undefined` if none does. Throws what `attempt` throws. */
  trySources(
    item: MediaItem,
    deadline: AbortSignal,
    attempt: (source: FileSource) => Promise<Outcome>,
  ): Promise<Message | true | undefined>;
  /** A source for use in an album, without any download by us. */
  firstSource(item: MediaItem): Promise<FileSource | undefined>;
  recordSuccess(item: MediaItem, source: FileSource, message: Message): Promise<void>;
  recordFailure(item: MediaItem, source: FileSource): Promise<void>;
}

export interface MediaFallbacksParts {
  readonly files: FileIdCache;
  /** If missing, nothing is uploaded. */
  readonly media?: MediaFetch | undefined;
  readonly log: Log;
}

export function createMediaFallbacks({ files, media, log }: MediaFallbacksParts): MediaFallbacks {
  const dead = new LRUCache<string, true>({ max: MAX_DEAD });
  /** Uploads in progress. Other messages with the same file wait for its id. */
  const uploading = new Map<string, Promise<unknown>>();

  async function storedSource(item: MediaItem): Promise<FileSource | undefined> {
    const stored = await files.find(item);
    if (!stored) return undefined;
    const { id, form, name, cover } = stored;
    return { file: id, form, names: [name], ...(cover && { cover }) };
  }

  function* addressSources(item: MediaItem): Generator<FileSource> {
    for (const file of item.urls) {
      if (dead.has(file) || isOwnPicture(file)) continue;
      const { cover } = item;
      if (cover !== undefined && !dead.has(cover)) yield { file, form: item.type, names: [file], cover };
      // The cover may have been the problem. If it was the video, it is marked dead by now.
      if (!dead.has(file)) yield { file, form: item.type, names: [file] };
    }
  }

  /** Forgets a failed id and remembers a dead address. For a video with a cover, the cover is blamed first. */
  async function recordFailure(item: MediaItem, { file, names, cover }: FileSource): Promise<void> {
    const isAddress = typeof file === 'string' && item.urls.includes(file);
    if (isAddress) dead.set(cover ?? file, true);
    else if (typeof file === 'string') for (const name of names) await files.forget(item, name);
  }

  async function trySource(
    item: MediaItem,
    source: FileSource,
    attempt: (source: FileSource) => Promise<Outcome>,
  ): Promise<Outcome> {
    const outcome = await attempt(source);
    if (outcome === 'media-address' || outcome === 'media-format') await recordFailure(item, source);
    if (typeof outcome === 'object') await files.remember(item, source.names, outcome);
    return outcome;
  }

  async function trySources(
    item: MediaItem,
    deadline: AbortSignal,
    attempt: (source: FileSource) => Promise<Outcome>,
  ): Promise<Message | true | undefined> {
    const stored = await storedSource(item);
    if (stored) {
      const outcome = await trySource(item, stored, attempt);
      if (isSuccess(outcome)) return outcome;
      if (outcome === 'media-forbidden') return undefined;
    }
    for (const source of addressSources(item)) {
      const outcome = await trySource(item, source, attempt);
      if (isSuccess(outcome)) return outcome;
      if (outcome === 'media-forbidden') return undefined;
      // All addresses have the same bytes, so another one won't help.
      if (outcome !== 'media-address' && source.cover === undefined) break;
    }
    return media && uploadOnce(media, item, deadline, attempt);
  }

  async function uploadOnce(
    media: MediaFetch,
    item: MediaItem,
    deadline: AbortSignal,
    attempt: (source: FileSource) => Promise<Outcome>,
  ): Promise<Message | true | undefined> {
    const key = uploadKey(item);
    for (let other = uploading.get(key); other; other = uploading.get(key)) {
      await unlessAborted(other, deadline);
      const stored = await storedSource(item);
      const outcome = stored && (await trySource(item, stored, attempt));
      if (isSuccess(outcome)) return outcome;
      if (deadline.aborted) return undefined;
    }
    if (dead.has(key)) return undefined;
    const run = upload(media, item, deadline, attempt);
    const finished = run.then(
      () => uploading.delete(key),
      () => uploading.delete(key),
    );
    uploading.set(key, finished);
    return run;
  }

  async function upload(
    media: MediaFetch,
    item: MediaItem,
    deadline: AbortSignal,
    attempt: (source: FileSource) => Promise<Outcome>,
  ): Promise<Message | true | undefined> {
    const [url = '', ...alternatives] = item.urls;
    const wanted = { url, alternatives, ...(item.sha256 && { sha256: item.sha256 }) };
    const file = await media.download(wanted, { maxBytes: MAX_UPLOAD, signal: deadline });
    if (file.status === 'refused') {
      log.warn('media.refused', { url, reason: file.reason });
      return undefined;
    }
    for (const form of uploadFormats(item, file)) {
      try {
        const outcome = await trySource(
          item,
          { file: new InputFile(file.bytes, fileName(file)), form, names: [file.url, file.sha256] },
          attempt,
        );
        if (isSuccess(outcome)) return outcome;
        if (outcome === 'media-forbidden') return undefined;
      } catch (error) {
        // If the connection is too slow for the file, retrying would hold up the chat for ever.
        if (classifyError(error).kind === 'no-response') dead.set(uploadKey(item), true);
        throw error;
      }
    }
    return undefined;
  }

  return {
    messageDeadline: () => media?.messageDeadline() ?? new AbortController().signal,
    trySources,
    async firstSource(item) {
      const source = (await storedSource(item)) ?? addressSources(item).next().value;
      return source?.form === 'photo' || source?.form === 'video' ? source : undefined;
    },
    recordSuccess: (item, source, message) => files.remember(item, source.names, message),
    recordFailure,
  };
}

const uploadKey = ({ urls: [url] }: MediaItem): string => `upload ${url}`;

function isSuccess(outcome: Outcome | undefined): outcome is Message | true {
  return outcome === true || typeof outcome === 'object';
}
