import type { Params, Upload } from '../http/params.ts';
import { badRequest } from '../http/refusal.ts';
import type { MediaKind } from '../world/api-types.ts';
import type { World } from '../world/world.ts';
import type { NewFile, StoredFile } from './file-store.ts';
import { imageSize } from './image-size.ts';
import { fetchUrl } from './url-content.ts';

const MB = 1024 * 1024;

interface KindRules {
  /** As the server calls it in its errors. */
  readonly title: string;
  readonly maxUpload: number;
}

/** Bot API, "Sending files". */
const RULES: Readonly<Record<MediaKind, KindRules>> = {
  photo: { title: 'Photo', maxUpload: 10 * MB },
  video: { title: 'Video', maxUpload: 50 * MB },
  animation: { title: 'Animation', maxUpload: 50 * MB },
  audio: { title: 'Audio', maxUpload: 50 * MB },
  document: { title: 'Document', maxUpload: 50 * MB },
};

/** Pixels, width and height together, and how many times longer than wide a photo may be (`sendPhoto`). */
const MAX_PHOTO_SUM = 10_000;
const MAX_PHOTO_RATIO = 20;

/**
 * The file given by a parameter: a file id, an address, `attach://<part>`, or the part with the parameter's name.
 * `undefined` if there is none. Throws `MediaProblem` for errors that show only when Telegram fetches.
 */
export function resolveMedia(
  world: World,
  params: Params,
  kind: MediaKind,
  value: string,
  partName: string,
): StoredFile | undefined {
  const part = value.startsWith('attach://')
    ? value.slice('attach://'.length)
    : value === ''
      ? partName
      : undefined;
  if (part !== undefined) {
    const upload = params.files.get(part);
    return upload && world.files.keep(readUpload(kind, upload));
  }
  const known = world.files.byId(value);
  if (known) return checkKind(known, kind);
  if (!/[.:/]/.test(value)) {
    throw badRequest("wrong remote file identifier specified: can't unserialize it. Wrong last symbol");
  }
  const fetched = fetchUrl(world, kind, value);
  if (kind === 'photo') checkPhoto(fetched);
  return world.files.keep(fetched);
}

/** The still picture that a video is sent with. */
export function coverOf(world: World, params: Params, value: string): StoredFile | undefined {
  return value === '' ? undefined : resolveMedia(world, params, 'photo', value, 'cover');
}

function checkKind(file: StoredFile, kind: MediaKind): StoredFile {
  if (file.kind === kind) return file;
  throw badRequest(`can't use file of type ${RULES[file.kind].title} as ${RULES[kind].title}`);
}

function readUpload(kind: MediaKind, { name, type, bytes }: Upload): NewFile {
  const { maxUpload } = RULES[kind];
  if (bytes.length === 0) throw badRequest('file must be non-empty');
  if (bytes.length > maxUpload) {
    throw badRequest(
      kind === 'photo'
        ? `file of size ${bytes.length} bytes is too big for a photo; the maximum size is ${maxUpload} bytes`
        : 'file is too big',
    );
  }
  const image = imageSize(bytes);
  if (kind === 'photo' && !image) throw badRequest('IMAGE_PROCESS_FAILED');
  const file: NewFile = {
    kind,
    name,
    mime: image?.type ?? type,
    size: bytes.length,
    width: image?.width ?? 0,
    height: image?.height ?? 0,
    durationS: 0,
    bytes,
  };
  if (kind === 'photo') checkPhoto(file);
  return file;
}

function checkPhoto({ width, height }: NewFile): void {
  const ratio = Math.max(width, height) / Math.min(width, height);
  if (width + height > MAX_PHOTO_SUM || !(ratio <= MAX_PHOTO_RATIO))
    throw badRequest('PHOTO_INVALID_DIMENSIONS');
}
