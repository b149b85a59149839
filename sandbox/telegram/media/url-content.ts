import { badRequest } from '../http/refusal.ts';
import { checkLink } from '../text/links.ts';
import type { MediaKind } from '../world/api-types.ts';
import type { World } from '../world/world.ts';
import type { NewFile, UrlContent } from './file-store.ts';

const MB = 1024 * 1024;

/** What Telegram fetches by address (Bot API, "Sending files" and "Sending by URL"). */
const FETCHED: Readonly<Record<MediaKind, { readonly types: RegExp; readonly max: number }>> = {
  photo: { types: /^image\/(jpeg|png|webp)$/, max: 5 * MB },
  video: { types: /^video\/mp4$/, max: 20 * MB },
  animation: { types: /^(image\/gif|video\/mp4)$/, max: 20 * MB },
  audio: { types: /^audio\/(mpeg|mp4|x-m4a|aac|ogg)$/, max: 20 * MB },
  document: { types: /^(image\/gif|application\/(pdf|zip))$/, max: 20 * MB },
};

/** Content of addresses that aren't in the table, by file extension. */
const CONTENT_BY_EXTENSION: ReadonlyMap<string, UrlContent> = new Map(
  Object.entries({
    jpg: { type: 'image/jpeg', width: 1280, height: 853 },
    jpeg: { type: 'image/jpeg', width: 1280, height: 853 },
    png: { type: 'image/png', width: 1280, height: 720 },
    webp: { type: 'image/webp', width: 1280, height: 720 },
    gif: { type: 'image/gif', width: 480, height: 270 },
    svg: { type: 'image/svg+xml' },
    avif: { type: 'image/avif', width: 1280, height: 720 },
    mp4: { type: 'video/mp4', width: 1280, height: 720, durationS: 12 },
    webm: { type: 'video/webm', width: 1280, height: 720, durationS: 12 },
    mov: { type: 'video/quicktime', width: 1280, height: 720, durationS: 12 },
    mp3: { type: 'audio/mpeg', durationS: 180 },
    m4a: { type: 'audio/mp4', durationS: 180 },
    pdf: { type: 'application/pdf' },
    zip: { type: 'application/zip' },
  }),
);

/** The server's errors for addresses it couldn't fetch. */
const TEXTS = {
  WEBPAGE_CURL_FAILED: 'failed to get HTTP URL content',
  WEBPAGE_MEDIA_EMPTY: 'wrong type of the web page content',
  EXTERNAL_URL_INVALID: 'wrong HTTP URL specified',
} as const;

/** An error that shows only when Telegram fetches. Albums report it with the number of the item. */
export class MediaProblem extends Error {
  override readonly name = 'MediaProblem';
  readonly code: keyof typeof TEXTS;

  constructor(code: keyof typeof TEXTS) {
    super(TEXTS[code]);
    this.code = code;
  }
}

/** Looks up the content of an address; nothing is really fetched. */
export function fetchUrl(world: World, kind: MediaKind, url: string): NewFile {
  const checked = checkLink(url);
  if ('problem' in checked) throw problemOf(checked.problem);
  const content = world.files.urls.get(url) ?? contentByExtension(url);
  if ('error' in content) throw new MediaProblem(content.error);
  const size = content.size ?? 200_000;
  const { types, max } = FETCHED[kind];
  if (!types.test(content.type)) throw new MediaProblem('WEBPAGE_MEDIA_EMPTY');
  if (size > max) throw new MediaProblem('WEBPAGE_CURL_FAILED');
  return {
    kind,
    name: decodeURIComponent(new URL(checked.url).pathname.split('/').at(-1) ?? ''),
    mime: content.type,
    size,
    width: content.width ?? 0,
    height: content.height ?? 0,
    durationS: content.durationS ?? 0,
  };
}

function problemOf(problem: string): Error {
  return problem.startsWith('Unsupported')
    ? badRequest('invalid file HTTP URL specified: unsupported URL protocol')
    : new MediaProblem('EXTERNAL_URL_INVALID');
}

function contentByExtension(url: string): UrlContent {
  const ending = /\.([a-z0-9]+)$/i.exec(new URL(url, 'http://localhost').pathname)?.[1] ?? '';
  return CONTENT_BY_EXTENSION.get(ending.toLowerCase()) ?? { error: 'WEBPAGE_MEDIA_EMPTY' };
}
