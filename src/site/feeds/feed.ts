import { createHash } from 'node:crypto';
import type { Markup } from '../../lib/markup.ts';
import type { Media } from '../../note/document.ts';

/**
 * A feed, independent of its format. Plain text unless marked up; URLs are absolute; times are in seconds since 1970.
 */
export interface Feed {
  /** Doesn't change if the site moves. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The page with the same posts. */
  readonly homeUrl: string;
  readonly selfUrl: string;
  /** The feed's first page, and the one with older posts (RFC 5005). */
  readonly firstUrl: string;
  readonly nextUrl?: string | undefined;
  readonly author: { readonly name: string; readonly url: string; readonly picture?: string | undefined };
  readonly language: string;
  readonly updatedAt: number;
  readonly entries: readonly FeedEntry[];
}

export interface FeedEntry {
  /** Doesn't change if the post is edited or the site moves. */
  readonly id: string;
  readonly url: string;
  /** Only if the author gave it one. */
  readonly title?: string | undefined;
  /** Its title or first words; never empty. */
  readonly headline: string;
  readonly summary: string;
  readonly content: Markup;
  readonly publishedAt: number;
  readonly updatedAt: number;
  readonly hashtags: readonly string[];
  readonly language?: string | undefined;
  readonly picture?: string | undefined;
  readonly enclosures: readonly Enclosure[];
}

/** A file that belongs to an entry. */
export interface Enclosure {
  readonly url: string;
  readonly mime: string;
  readonly alt?: string | undefined;
  readonly durationS?: number | undefined;
}

/**
 * An id for a feed or an entry: a version 8 UUID (RFC 9562) derived from its key. The key survives edits and moves,
 * and the hash is a valid URI whatever the key contains.
 */
export function stableId(key: string): string {
  const hex = createHash('sha256').update(key.toWellFormed()).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ];
  return `urn:uuid:${parts.join('-')}`;
}

const MIME_BY_EXTENSION: ReadonlyMap<string, string> = new Map([
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['png', 'image/png'],
  ['gif', 'image/gif'],
  ['webp', 'image/webp'],
  ['avif', 'image/avif'],
  ['svg', 'image/svg+xml'],
  ['mp4', 'video/mp4'],
  ['m4v', 'video/mp4'],
  ['mov', 'video/quicktime'],
  ['webm', 'video/webm'],
  ['mp3', 'audio/mpeg'],
  ['m4a', 'audio/mp4'],
  ['ogg', 'audio/ogg'],
  ['oga', 'audio/ogg'],
  ['wav', 'audio/wav'],
  ['flac', 'audio/flac'],
]);

/** The type that the note states, or that the URL suggests. Feeds require one, so the default is arbitrary bytes. */
export function mimeOf({ url, mime }: Pick<Media, 'url' | 'mime'>): string {
  if (mime && /^[a-z]+\/[\w.+-]{1,60}$/iu.test(mime)) return mime.toLowerCase();
  const extension = /\.(\w{2,4})$/u.exec(URL.parse(url)?.pathname ?? '')?.[1]?.toLowerCase() ?? '';
  return MIME_BY_EXTENSION.get(extension) ?? 'application/octet-stream';
}
