import type { Entity } from '../world/api-types.ts';
import { mentionedUserId, normalizeLink } from './links.ts';

/** A parsed text and its entities, not yet cleaned. */
export interface Marked {
  readonly text: string;
  readonly entities: readonly Entity[];
}

/** Invalid markup. The message is the server's, without `can't parse entities: `. */
export class MarkupError extends Error {
  override readonly name = 'MarkupError';
}

/** The server gives positions of errors in bytes of UTF-8. */
export function byteOffset(source: string, index: number): number {
  return Buffer.byteLength(source.slice(0, index));
}

/** The entity of a link in markup; `undefined` if the address is invalid. */
export function linkEntity(url: string, offset: number, length: number): Entity | undefined {
  const userId = mentionedUserId(url);
  if (userId !== undefined) {
    return { type: 'text_mention', offset, length, user: { id: userId, is_bot: false, first_name: '' } };
  }
  const kept = normalizeLink(url);
  return kept ? { type: 'text_link', offset, length, url: kept } : undefined;
}

/** The entity of a time (`<tg-time>`, `tg://time`). */
export function timeEntity(
  unix: string | null,
  format: string | null,
  offset: number,
  length: number,
): Entity {
  if (!/^\d+$/.test(unix ?? '')) throw new MarkupError('Invalid Unix time specified');
  return {
    type: 'date_time',
    offset,
    length,
    unix_time: Number(unix),
    ...(format && { date_time_format: format }),
  };
}

export function customEmojiEntity(id: string | null, offset: number, length: number): Entity {
  if (!/^[1-9]\d*$/.test(id ?? '')) throw new MarkupError('Invalid custom emoji identifier specified');
  return { type: 'custom_emoji', offset, length, custom_emoji_id: id ?? '' };
}
