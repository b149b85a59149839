import type { RawFile } from 'discord.js';
import type { Log } from '../../../lib/log.ts';
import { createSemaphore } from '../../../lib/semaphore.ts';
import type { Fetched } from '../../../media/download.ts';
import { fileName } from '../../../media/download.ts';
import type { MediaFetch } from '../../../media/media-fetch.ts';
import type { Media } from '../../../note/document.ts';
import { areFilesRefused, type Failure, mayBeAboutMedia } from '../api/errors.ts';
import type { Message } from '../render/message-forms.ts';
import type { Gallery } from '../render/render.ts';

/** Sizes in bytes. Discord accepts 10 MiB per file and 25 MiB per request (Reference, Uploading Files). */
const MAX_FILES = 10;
const MAX_FILE_BYTES = 10 * 1024 * 1024;
const MAX_REQUEST_BYTES = 24 * 1024 * 1024;
/** Media types that Discord shows in a gallery. */
const GALLERY_TYPES = /^(?:image\/(?!heic)|video\/(?!x-matroska))/;
/** Each upload holds all its files in memory. */
const MAX_CONCURRENT_UPLOADS = 4;

interface UploadFiles {
  readonly files: readonly RawFile[];
  /** The `attachment://` URL for each media URL. */
  readonly attachmentUrls: ReadonlyMap<string, string>;
}

/**
 * After a message with a gallery failed, downloads as many of its media as possible and sends the message again with
 * these as files and the rest as links. Returns the first failure if nothing can be downloaded or Discord refuses the
 * files as well.
 */
export type Upload = <Success extends object>(
  gallery: Gallery,
  failed: { readonly failure: Failure },
  send: (message: Message, files: readonly RawFile[]) => Promise<Success | { readonly failure: Failure }>,
) => Promise<Success | { readonly failure: Failure }>;

export function createUpload(media: MediaFetch | undefined, log: Log): Upload {
  const semaphore = createSemaphore(() => MAX_CONCURRENT_UPLOADS);
  /** Galleries whose upload got no response. The connection may be too slow, and retries would block the channel. */
  const stalled = new WeakSet<Gallery>();

  return async (gallery, failed, send) => {
    const wanted = gallery.media();
    if (!media || wanted.length === 0 || stalled.has(gallery) || !mayBeAboutMedia(failed.failure))
      return failed;
    return semaphore.run(async () => {
      const { files, attachmentUrls } = await filesOf(media, wanted);
      const message = files.length > 0 ? gallery.message(attachmentUrls) : undefined;
      if (!message) return failed;
      log.info('media.uploading', { files: files.length, reason: failed.failure.reason });
      const outcome = await send(message, files);
      if (!('failure' in outcome)) return outcome;
      if (outcome.failure.uncertain) stalled.add(gallery);
      if (!areFilesRefused(outcome.failure)) return outcome;
      log.warn('upload.refused', { reason: outcome.failure.reason });
      return failed;
    });
  };

  async function filesOf(media: MediaFetch, wanted: readonly Media[]): Promise<UploadFiles> {
    const deadline = media.messageDeadline();
    const fetched = await Promise.all(wanted.slice(0, MAX_FILES).map((item) => fetch(media, item, deadline)));
    const files = new Map<string, RawFile>();
    const attachmentUrls = new Map<string, string>();
    let bytes = 0;
    for (const [index, file] of fetched.entries()) {
      const { url } = wanted[index] as Media;
      if (!file) continue;
      const name = fileName(file);
      // The same bytes at two URLs are one file.
      const added = files.has(name) ? 0 : file.bytes.length;
      if (bytes + added > MAX_REQUEST_BYTES) continue;
      bytes += added;
      files.set(name, { name, data: file.bytes, contentType: file.mime });
      attachmentUrls.set(url, `attachment://${name}`);
    }
    return { files: [...files.values()], attachmentUrls };
  }

  async function fetch(media: MediaFetch, item: Media, signal: AbortSignal): Promise<Fetched | undefined> {
    const file = await media.download(item, { maxBytes: MAX_FILE_BYTES, signal });
    if (file.status === 'fetched' && GALLERY_TYPES.test(file.mime)) return file;
    const reason = file.status === 'fetched' ? `no gallery shows ${file.mime}` : file.reason;
    log.warn('media.refused', { url: item.url, reason });
    return undefined;
  }
}
