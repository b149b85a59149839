import { createHash } from 'node:crypto';
import type { LookupFunction } from 'node:net';
import type { Log } from '../lib/log.ts';
import { publicLookup } from '../lib/private-addresses.ts';
import { createSemaphore } from '../lib/semaphore.ts';
import type { Media } from '../note/document.ts';
import { hashFromUrl } from '../note/media/mirrors.ts';
import { detectMime } from './detect-mime.ts';
import type { Download, Refused } from './download.ts';
import { createDownloadCache } from './download-cache.ts';
import { guardedFetch } from './guarded-fetch.ts';
import { imageSize } from './image-size.ts';

/** The value of the promise, or `undefined` as soon as the signal aborts. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const { promise: over, resolve } = Promise.withResolvers<undefined>();
  const stop = (): void => resolve(undefined);
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    return await Promise.race([promise, over]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** An address and its alternatives, tried in turn, and the hash that the file must have. */
export type MediaSource = Pick<Media, 'url' | 'alternatives' | 'sha256'>;

/** Downloads media for platforms that can't fetch them by themselves. */
export interface MediaFetch {
  /**
   * Downloads one file, or says why it couldn't. Never throws. Settles within `itemMs`, or as soon as the signal
   * aborts. An address isn't fetched again within five minutes.
   */
  download(
    media: MediaSource,
    options: { readonly maxBytes: number; readonly signal: AbortSignal },
  ): Promise<Download>;
  /** A signal that aborts after `messageMs`. */
  messageDeadline(): AbortSignal;
}

export interface MediaLimits {
  /** For one file, all its addresses together, in milliseconds. */
  readonly itemMs: number;
  /** For all media of one message, in milliseconds. */
  readonly messageMs: number;
  /** Downloads at the same time. */
  readonly concurrency: number;
}

export interface MediaFetchParts {
  readonly log: Log;
  /** A monotonic clock, in milliseconds. */
  readonly now?: () => number;
  /** Has to refuse private addresses. */
  readonly lookup?: LookupFunction;
  /** The bytes of a picture that we drew, which is on no server (`own-pictures`). */
  readonly ownPicture?: (url: string) => Buffer | undefined;
  readonly limits?: Partial<MediaLimits>;
}

const LIMITS: MediaLimits = { itemMs: 20_000, messageMs: 60_000, concurrency: 4 };
const LATE: Refused = { status: 'refused', reason: 'took too long' };

export function createMediaFetch({
  log,
  now = () => performance.now(),
  lookup = publicLookup,
  ownPicture = () => undefined,
  limits: overrides = {},
}: MediaFetchParts): MediaFetch {
  const limits = { ...LIMITS, ...overrides };
  const cache = createDownloadCache(now);
  const semaphore = createSemaphore(() => limits.concurrency);

  async function fetched(url: string, maxBytes: number): Promise<Download> {
    const signal = AbortSignal.timeout(limits.itemMs);
    const received = await guardedFetch(url, { lookup, maxBytes, signal });
    const download = received.status === 'received' ? downloadOf(url, received.bytes) : received;
    const outcome =
      download.status === 'fetched'
        ? { bytes: download.bytes.length, mime: download.mime }
        : { reason: download.reason };
    log.debug(`media.${download.status}`, { url, ...outcome });
    return download;
  }

  return {
    async download(media, { maxBytes, signal }) {
      const own = ownPicture(media.url);
      if (own) return downloadOf(media.url, own);
      const over = AbortSignal.any([signal, AbortSignal.timeout(limits.itemMs)]);
      let refused: Refused = LATE;
      for (const url of new Set([media.url, ...media.alternatives])) {
        if (over.aborted) break;
        const key = `${maxBytes} ${url}`;
        const pending = cache.getOrFetch(key, () => semaphore.run(() => fetched(url, maxBytes)));
        const download = (await unlessAborted(pending, over)) ?? LATE;
        // An alternative address that contains a hash promises those bytes. In the note's own address it may mean
        // something else.
        const expected = media.sha256 ?? (url === media.url ? undefined : hashFromUrl(url));
        if (download.status === 'refused') refused = download;
        else if (expected === undefined || download.sha256 === expected) return download;
        else refused = { status: 'refused', reason: 'not the file that the note means' };
      }
      return refused;
    },
    messageDeadline: () => AbortSignal.timeout(limits.messageMs),
  };
}

function downloadOf(url: string, bytes: Buffer): Download {
  const mime = detectMime(bytes);
  if (mime === undefined) return { status: 'refused', reason: 'not an image, video or audio file' };
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { status: 'fetched', url, bytes, mime, sha256, ...imageSize(bytes, mime) };
}
