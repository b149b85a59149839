import type { Fetched } from '../../../media/download.ts';
import type { MediaItem } from '../render/outgoing.ts';
import type { FileType } from './file-id-cache.ts';

/** Upload limit in bytes (Bot API, "Sending files": 10 MB for photos, 50 MB for everything else). */
export const MAX_UPLOAD = 50_000_000;
const MAX_PHOTO = 10_000_000;
/** Width plus height of a photo in pixels, and the ratio of its sides (`sendPhoto`). */
const MAX_PHOTO_SUM = 10_000;
const MAX_PHOTO_RATIO = 20;

/** How each MIME type is shown; all others are sent as files. */
const FORMS: ReadonlyMap<string, FileType> = new Map(
  Object.entries({
    'image/jpeg': 'photo',
    'image/png': 'photo',
    'image/webp': 'photo',
    'image/gif': 'animation',
    'video/mp4': 'video',
    'audio/mpeg': 'audio',
    'audio/mp4': 'audio',
  }),
);

/** The types to upload a file as, best first. With a spoiler, only types that can have one, so often none. */
export function uploadFormats(item: MediaItem, file: Fetched): readonly FileType[] {
  const own = item.type === 'animation' && file.mime === 'video/mp4' ? 'animation' : FORMS.get(file.mime);
  const shown = own !== undefined && (own !== 'photo' || fitsPhoto(file)) ? [own] : [];
  return [...shown, 'document' as const].filter(
    (form) => !item.spoiler || (form !== 'document' && form !== 'audio'),
  );
}

function fitsPhoto({ bytes, width = 1, height = 1 }: Fetched): boolean {
  const ratio = Math.max(width, height) / Math.min(width, height);
  return bytes.length <= MAX_PHOTO && width + height <= MAX_PHOTO_SUM && ratio <= MAX_PHOTO_RATIO;
}
