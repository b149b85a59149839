import type { RawFile } from 'discord.js';
import type { Log } from '../../log.ts';
import type { Fetched } from '../../media/download.ts';
import { fileName } from '../../media/file-name.ts';
import type { MediaFetch } from '../../media/media-fetch.ts';
import type { Media } from '../../note/document.ts';
import type { Body } from '../platform.ts';
import type { Failure } from './errors.ts';
import type { Message } from './message.ts';
import { filesOf } from './render.ts';

/** Messages to send together, and the files that come with the first. */
export interface Attempt {
  readonly messages: readonly Message[];
  readonly files: readonly RawFile[];
}

/** Files of one message, and bytes of one file and of all (Reference, Uploading Files: 10 MiB and 25 MiB). */
const MAX_FILES = 10;
const MAX_FILE = 10 * 1024 * 1024;
const MAX_REQUEST = 24 * 1024 * 1024;
/** What a gallery shows of files. */
const SHOWN = /^(?:image\/(?!heic)|video\/(?!x-matroska))/;

/** The forms of a body with its own upload among them: before all others where that is asked for, else after a refusal. */
export type WithUpload = (
  body: Body,
  forms: Iterable<readonly Message[]>,
  last: () => Failure | undefined,
) => AsyncIterable<Attempt>;

export function createWithUpload(media: MediaFetch | undefined, log: Log): WithUpload {
  /** Bodies whose upload brought no answer: the line may be too slow, and trying again would hold a channel up. */
  const stalled = new WeakSet<Body>();

  return async function* (body, forms, last) {
    const { first } = filesOf(body);
    if (first) yield* uploaded(body, last);
    let untried = !first;
    for (const messages of forms) {
      yield { messages, files: [] };
      if (untried && mayBlameMedia(last())) yield* uploaded(body, last);
      untried = false;
    }
  };

  /** The body with as many of its media as we can get for files, the others as links. */
  async function* uploaded(body: Body, last: () => Failure | undefined): AsyncGenerator<Attempt> {
    const { wanted, message } = filesOf(body);
    if (!media || wanted.length === 0 || stalled.has(body)) return;
    const patience = media.patience();
    const fetched = await Promise.all(wanted.slice(0, MAX_FILES).map((item) => fetch(media, item, patience)));
    const files = new Map<string, RawFile>();
    const addresses = new Map<string, string>();
    let bytes = 0;
    for (const [index, file] of fetched.entries()) {
      const { url } = wanted[index] as Media;
      if (!file || bytes + file.bytes.length > MAX_REQUEST) continue;
      const name = fileName(file);
      // The same bytes under two addresses are one file.
      if (!files.has(name)) bytes += file.bytes.length;
      files.set(name, { name, data: file.bytes, contentType: file.mime });
      addresses.set(url, `attachment://${name}`);
    }
    const form = files.size > 0 ? message(addresses) : undefined;
    if (!form) return;
    try {
      yield { messages: [form], files: [...files.values()] };
    } finally {
      if (last()?.uncertain) stalled.add(body);
    }
  }

  async function fetch(media: MediaFetch, item: Media, signal: AbortSignal): Promise<Fetched | undefined> {
    const file = await media.download(item, { maxBytes: MAX_FILE, signal });
    if (file.status === 'fetched' && SHOWN.test(file.mime)) return file;
    const reason = file.status === 'fetched' ? `no gallery shows ${file.mime}` : file.reason;
    log.warn('media.refused', { url: item.url, reason });
    return undefined;
  }
}

/** Whether a refusal may be about an address of a picture: it says nothing in detail, or names one. */
function mayBlameMedia(failure: Failure | undefined): boolean {
  return failure?.meaning.about === 'content' && failure.sparesMedia !== true;
}
