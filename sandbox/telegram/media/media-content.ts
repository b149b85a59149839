import type { Content, FileShape, MediaKind } from '../world/api-types.ts';
import type { World } from '../world/world.ts';
import type { StoredFile } from './file-store.ts';

/** A bot's metadata for a file; 0 and empty mean unspecified. */
export interface MediaDetails {
  readonly width: number;
  readonly height: number;
  readonly durationS: number;
  readonly spoiler: boolean;
  readonly captionAbove: boolean;
  /** The cover of a video. */
  readonly cover?: StoredFile | undefined;
}

const SHOWN = new Set<MediaKind>(['photo', 'video', 'animation']);
const THUMBNAIL = 90;

/** The fields of a message with a file. */
export function mediaContent(world: World, file: StoredFile, details: MediaDetails): Content {
  return {
    ...fileFields(world, file, details),
    ...(SHOWN.has(file.kind) && details.spoiler && { has_media_spoiler: true as const }),
    ...(SHOWN.has(file.kind) && details.captionAbove && { show_caption_above_media: true as const }),
  };
}

function fileFields(world: World, file: StoredFile, details: MediaDetails): Content {
  const shape = fileShape(file);
  const sized = {
    ...shape,
    width: details.width || file.width,
    height: details.height || file.height,
    duration: details.durationS || file.durationS,
  };
  switch (file.kind) {
    case 'photo':
      return { photo: photoSizes(world, file) };
    case 'video':
      return { video: { ...sized, ...(details.cover && { cover: photoSizes(world, details.cover) }) } };
    case 'animation':
      return { animation: sized, document: shape };
    case 'audio':
      return { audio: { ...shape, duration: sized.duration } };
    case 'document':
      return { document: shape };
  }
}

function fileShape({ id, uniqueId, size, name, mime }: StoredFile): FileShape {
  return {
    file_id: id,
    file_unique_id: uniqueId,
    file_size: size,
    ...(name && { file_name: name }),
    mime_type: mime,
  };
}

/** The smallest size first, as the server lists them; each has its own id. */
function photoSizes(world: World, file: StoredFile): readonly FileShape[] {
  const scale = THUMBNAIL / Math.max(file.width, file.height, THUMBNAIL);
  const small = world.files.keep({
    ...file,
    size: Math.ceil(file.size * scale * scale),
    width: Math.max(1, Math.round(file.width * scale)),
    height: Math.max(1, Math.round(file.height * scale)),
  });
  return [small, file].map(({ id, uniqueId, size, width, height }) => ({
    file_id: id,
    file_unique_id: uniqueId,
    file_size: size,
    width,
    height,
  }));
}
