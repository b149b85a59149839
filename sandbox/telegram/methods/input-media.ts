import {
  flagField,
  isObject,
  type JsonObject,
  type Params,
  requiredString,
  stringField,
} from '../http/params.ts';
import { badRequest, parsing } from '../http/refusal.ts';
import { mediaContent } from '../media/media-content.ts';
import { coverOf, resolveMedia } from '../media/media-source.ts';
import type { Content, MediaKind } from '../world/api-types.ts';
import type { World } from '../world/world.ts';
import { captionContent, captionField, readCaption } from './text-params.ts';

const KINDS: readonly MediaKind[] = ['photo', 'video', 'animation', 'audio', 'document'];

export interface InputMedia {
  readonly kind: MediaKind;
  readonly content: Content;
}

/** One item of an album, checked but not yet fetched. */
export interface AlbumItem {
  readonly kind: MediaKind;
  /** Throws `MediaProblem` where Telegram can't fetch it. */
  load(): Content;
}

/** Reads `InputMedia` and fetches the file. Throws `MediaProblem` if that fails. */
export function readInputMedia(world: World, params: Params, value: unknown, forAlbum: boolean): InputMedia {
  const item = readItem(world, params, value, forAlbum);
  return { kind: item.kind, content: item.load() };
}

/** Reads `InputMedia` without fetching. */
export function readItem(world: World, params: Params, value: unknown, forAlbum: boolean): AlbumItem {
  const { media, kind, object } = parsing('InputMedia', () => readFields(params, value, forAlbum));
  const caption = captionContent(readCaption(captionField(object)));
  return {
    kind,
    load() {
      const file = resolveMedia(world, params, kind, media, 'media');
      if (!file) throw badRequest("can't parse InputMedia: media not found");
      const details = {
        width: Number(object['width'] ?? 0),
        height: Number(object['height'] ?? 0),
        durationS: Number(object['duration'] ?? 0),
        spoiler: flagField(object, 'has_spoiler'),
        captionAbove: flagField(object, 'show_caption_above_media'),
        cover: kind === 'video' ? coverOf(world, params, stringField(object, 'cover') ?? '') : undefined,
      };
      return { ...mediaContent(world, file, details), ...caption };
    },
  };
}

function readFields(
  params: Params,
  value: unknown,
  forAlbum: boolean,
): { readonly media: string; readonly kind: MediaKind; readonly object: JsonObject } {
  if (!isObject(value)) throw badRequest('expected an Object');
  const media = stringField(value, 'media') ?? '';
  const part = media.startsWith('attach://') ? media.slice('attach://'.length) : undefined;
  if (media === '' || (part !== undefined && !params.files.has(part))) throw badRequest('media not found');
  const type = requiredString(value, 'type');
  if (forAlbum && type === 'animation') {
    throw badRequest(`type "${type}" can't be used in sendMediaGroup`);
  }
  const kind = KINDS.find((known) => known === type);
  if (!kind) throw badRequest(`type "${type}" is unsupported`);
  return { media, kind, object: value };
}
