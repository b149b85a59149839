import { createHash } from 'node:crypto';
import type { Markup } from '../../lib/markup.ts';
import type { Media } from '../../note/document.ts';

/** A feed before it has a format. Plain text unless said otherwise; addresses are absolute; times are in seconds since 1970. */
export interface Feed {
  /** Stays the same wherever the site is. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The page with the same posts. */
  readonly homeUrl: string;
  readonly selfUrl: string;
  /** Its first page, and the one with older posts (RFC 5005). */
  readonly firstUrl: string;
  readonly nextUrl?: string | undefined;
  readonly author: { readonly name: string; readonly url: string; readonly picture?: string | undefined };
  readonly language: string;
  readonly updatedAt: number;
  readonly entries: readonly FeedEntry[];
}

export interface FeedEntry {
  /** Stays the same over edits, and wherever the site is. */
  readonly id: string;
  readonly url: string;
  /** Only what the author gave a title has one. */
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
 * An id for a feed or an entry: a UUID of version 8 (RFC 9562) made from the key of what it is for. The key stays the same
 * over edits and moves, and its hash is a URI whatever the key contains.
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

const MIME_OF_ENDING: ReadonlyMap<string, string> = new Map([
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

/** The type as the note states it, or as its address shows; feeds require one, so in doubt it is any bytes. */
export function mimeOf({ url, mime }: Pick<Media, 'url' | 'mime'>): string {
  if (mime && /^[a-z]+\/[\w.+-]{1,60}$/iu.test(mime)) return mime.toLowerCase();
  const ending = /\.(\w{2,4})$/u.exec(URL.parse(url)?.pathname ?? '')?.[1]?.toLowerCase() ?? '';
  return MIME_OF_ENDING.get(ending) ?? 'application/octet-stream';
}
