import { encodeSegment, postPath } from '../note/links/post-path.ts';
import type { Note } from '../note/note.ts';
import { parseAddress } from '../note/pointer.ts';
import type { PostType } from '../note/post-types.ts';
import type { ListCursor } from '../store/archive.ts';

/** Which posts a list contains. */
export type ListSubject =
  | { readonly type: 'all' }
  | { readonly type: 'type'; readonly name: PostType }
  | { readonly type: 'series'; readonly name: string }
  | { readonly type: 'tag'; readonly name: string }
  /** `name`: `2026-03`. */
  | { readonly type: 'month'; readonly name: string };

export const FEED_FORMATS = ['atom', 'rss', 'json'] as const;
export type FeedFormat = (typeof FEED_FORMATS)[number];

/** A page of a list; if empty, the first one. */
export interface PageCursor {
  readonly before?: ListCursor | undefined;
  readonly after?: ListCursor | undefined;
}

/**
 * Paths below the base address, without a leading slash. Every link on a page, in a feed and in the sitemap is made
 * from these.
 */
export const paths = {
  /** As in `note/links/post-path`; uses the id if the post's own name can't be part of an address. */
  post: ({ id, key }: Pick<Note, 'id' | 'key'>): string =>
    postPath(parseAddress(key) ?? { type: 'event', id, relays: [] }) ??
    postPath({ type: 'event', id, relays: [] }) ??
    '',
  list(subject: ListSubject, { before, after }: PageCursor = {}): string {
    const place = before ?? after;
    const query =
      place === undefined ? '' : `?${before === undefined ? 'after' : 'before'}=${place.toString(36)}`;
    return folderOf(subject) + query;
  },
  feed(subject: ListSubject, format: FeedFormat, { before }: PageCursor = {}): string {
    const folder = folderOf(subject);
    const query = before === undefined ? '' : `?before=${before.toString(36)}`;
    return `${folder}${folder ? '/' : ''}feed.${format}${query}`;
  },
  search(query: string, page = 1, until?: number): string {
    const values = new URLSearchParams({ q: query });
    if (page > 1) values.set('page', String(page));
    if (until !== undefined) values.set('until', String(until));
    return `search?${values.toString()}`;
  },
  sitemap: (month: string): string => `sitemap-${month}.xml`,
} as const;

function folderOf(subject: ListSubject): string {
  switch (subject.type) {
    case 'all':
      return '';
    case 'series':
      return `series/${encodeSegment(seriesSlug(subject.name))}`;
    default:
      return `${subject.type}/${encodeSegment(subject.name)}`;
  }
}

/** Parses a place from an address; `undefined` if it is invalid. */
export function parseCursor(written: string | null): ListCursor | undefined {
  if (written === null || !/^[0-9a-z]{1,11}$/u.test(written)) return undefined;
  const place = Number.parseInt(written, 36);
  return Number.isSafeInteger(place) ? place : undefined;
}

/**
 * A series' name with hyphens for spaces. For a name that has hyphens itself, the slug starts with an underscore and
 * keeps the spaces, so that slugs are unique.
 */
const seriesSlug = (name: string): string => (/^_|-/u.test(name) ? `_${name}` : name.replaceAll(' ', '-'));

/** The inverse: the name of the series. */
export const seriesInSlug = (slug: string): string =>
  slug.startsWith('_') ? slug.slice(1) : slug.replaceAll('-', ' ');
