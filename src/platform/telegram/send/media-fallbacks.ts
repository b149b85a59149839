import { InputFile } from 'grammy';
import type { Message } from 'grammy/types';
import { LRUCache } from 'lru-cache';
import type { Log } from '../../../lib/log.ts';
import { fileName } from '../../../media/download.ts';
import type { MediaFetch } from '../../../media/media-fetch.ts';
import { unlessAborted } from '../../../media/media-fetch.ts';
import { classifyError } from '../api/classify-error.ts';
import type { ErrorKind } from '../api/errors.ts';
import type { MediaItem } from '../render/outgoing.ts';
import type { FileIdCache, FileType } from './file-id-cache.ts';
import { MAX_UPLOAD, uploadFormats } from './upload-formats.ts';

/** Addresses remembered as dead. Telegram itself remembers for days that it could not fetch one. */
const MAX_DEAD = 1_000;

/** One way to name an item's file to Telegram: by its id, by an address, or by the bytes themselves. */
export interface FileSource {
  readonly file: string | InputFile;
  readonly form: FileType;
  /** What the file is known by: where it came from, or its hash. */
  readonly names: readonly string[];
  /** The same for a film's still picture. */
  readonly cover?: string;
}

/** What came of a call on a rung: `true` and messages are successes. */
export type Outcome = Message | true | ErrorKind;

/** The ways to show an item, from the cheapest down: the file that Telegram has, its addresses, our own upload. */
export interface MediaFallbacks {
  /** Aborts when the time for the media of one message is over. */
  messageDeadline(): AbortSignal;
  /** The message that the first rung made that held; `undefined` where none did. Throws what `attempt` throws. */
  trySources(
    item: MediaItem,
    patience: AbortSignal,
    attempt: (rung: FileSource) => Promise<Outcome>,
  ): Promise<Message | true | undefined>;
  /** What may stand for an item beside others, without anything being fetched by us. */
  firstSource(item: MediaItem): Promise<FileSource | undefined>;
  recordSuccess(item: MediaItem, rung: FileSource, message: Message): Promise<void>;
  recordFailure(item: MediaItem, rung: FileSource): Promise<void>;
}

export interface MediaFallbacksParts {
  readonly files: FileIdCache;
  /** Without it nothing is uploaded. */
  readonly media?: MediaFetch | undefined;
  readonly log: Log;
}

export function createMediaFallbacks({ files, media, log }: MediaFallbacksParts): MediaFallbacks {
  const dead = new LRUCache<string, true>({ max: MAX_DEAD });
  /** Uploads under way: who wants the same file waits for the id that it brings. */
  const uploading = new Map<string, Promise<unknown>>();

  async function known(item: MediaItem): Promise<FileSource | undefined> {
    const stored = await files.find(item);
    if (!stored) return undefined;
    const { id, form, name, cover } = stored;
    return { file: id, form, names: [name], ...(cover && { cover }) };
  }

  function* byAddress(item: MediaItem): Generator<FileSource> {
    for (const file of item.urls) {
      if (dead.has(file)) continue;
      const { cover } = item;
      if (cover !== undefined && !dead.has(cover)) yield { file, form: item.type, names: [file], cover };
      // Not in vain: either the picture was to blame, or the film itself.
      if (!dead.has(file)) yield { file, form: item.type, names: [file] };
    }
  }

  /** A failed id is forgotten; of a film and its cover the cover is blamed first. */
  async function failed(item: MediaItem, { file, names, cover }: FileSource): Promise<void> {
    const isAddress = typeof file === 'string' && item.urls.includes(file);
    if (isAddress) dead.set(cover ?? file, true);
    else if (typeof file === 'string') for (const name of names) await files.forget(item, name);
  }

  async function attempted(
    item: MediaItem,
    rung: FileSource,
    attempt: (rung: FileSource) => Promise<Outcome>,
  ): Promise<Outcome> {
    const outcome = await attempt(rung);
    if (outcome === 'media-address' || outcome === 'media-format') await failed(item, rung);
    if (typeof outcome === 'object') await files.remember(item, rung.names, outcome);
    return outcome;
  }

  async function descend(
    item: MediaItem,
    patience: AbortSignal,
    attempt: (rung: FileSource) => Promise<Outcome>,
  ): Promise<Message | true | undefined> {
    const stored = await known(item);
    if (stored) {
      const outcome = await attempted(item, stored, attempt);
      if (isSuccess(outcome)) return outcome;
      if (outcome === 'media-forbidden') return undefined;
    }
    for (const rung of byAddress(item)) {
      const outcome = await attempted(item, rung, attempt);
      if (isSuccess(outcome)) return outcome;
      if (outcome === 'media-forbidden') return undefined;
      // Another address has the same bytes.
      if (outcome !== 'media-address' && rung.cover === undefined) break;
    }
    return media && byUpload(media, item, patience, attempt);
  }

  async function byUpload(
    media: MediaFetch,
    item: MediaItem,
    patience: AbortSignal,
    attempt: (rung: FileSource) => Promise<Outcome>,
  ): Promise<Message | true | undefined> {
    const key = uploadKey(item);
    for (let other = uploading.get(key); other; other = uploading.get(key)) {
      await unlessAborted(other, patience);
      const stored = await known(item);
      const outcome = stored && (await attempted(item, stored, attempt));
      if (isSuccess(outcome)) return outcome;
      if (patience.aborted) return undefined;
    }
    if (dead.has(key)) return undefined;
    const run = upload(media, item, patience, attempt);
    const over = run.then(
      () => uploading.delete(key),
      () => uploading.delete(key),
    );
    uploading.set(key, over);
    return run;
  }

  async function upload(
    media: MediaFetch,
    item: MediaItem,
    patience: AbortSignal,
    attempt: (rung: FileSource) => Promise<Outcome>,
  ): Promise<Message | true | undefined> {
    const [url = '', ...alternatives] = item.urls;
    const wanted = { url, alternatives, ...(item.sha256 && { sha256: item.sha256 }) };
    const file = await media.download(wanted, { maxBytes: MAX_UPLOAD, signal: patience });
    if (file.status === 'refused') {
      log.warn('media.refused', { url, reason: file.reason });
      return undefined;
    }
    for (const form of uploadFormats(item, file)) {
      try {
        const outcome = await attempted(
          item,
          { file: new InputFile(file.bytes, fileName(file)), form, names: [file.url, file.sha256] },
          attempt,
        );
        if (isSuccess(outcome)) return outcome;
        if (outcome === 'media-forbidden') return undefined;
      } catch (error) {
        // Where the line is too slow for the file, trying again would hold the chat up for ever.
        if (classifyError(error).kind === 'no-response') dead.set(uploadKey(item), true);
        throw error;
      }
    }
    return undefined;
  }

  return {
    messageDeadline: () => media?.messageDeadline() ?? new AbortController().signal,
    trySources: descend,
    async firstSource(item) {
      const rung = (await known(item)) ?? byAddress(item).next().value;
      return rung?.form === 'photo' || rung?.form === 'video' ? rung : undefined;
    },
    recordSuccess: (item, rung, message) => files.remember(item, rung.names, message),
    recordFailure: failed,
  };
}

const uploadKey = ({ urls: [url] }: MediaItem): string => `upload ${url}`;

function isSuccess(outcome: Outcome | undefined): outcome is Message | true {
  return outcome === true || typeof outcome === 'object';
}
