import { POST_TYPES } from '../note/post-types.ts';
import { type ListSubject, seriesInSlug } from './addresses.ts';

/** A positive number in a query, at most `most`; `undefined` for anything else. */
export const numberIn = (written: string | null, most: number): number | undefined =>
  written !== null && /^[1-9]\d{0,9}$/u.test(written) ? Math.min(Number(written), most) : undefined;

/** `2026-03`. */
export const isMonth = (name: string): boolean => /^[12]\d{3}-(?:0[1-9]|1[0-2])$/u.test(name);

/** The list at a path; `undefined` if it isn't the path of a list. */
export function subjectOf([kind, ...rest]: readonly string[]): ListSubject | undefined {
  if (kind === undefined) return { type: 'all' };
  const name = rest.join('/');
  if (name === '') return undefined;
  switch (kind) {
    case 'type': {
      const postType = POST_TYPES.find((one) => one === name);
      return postType && { type: 'type', name: postType };
    }
    case 'series':
      return { type: 'series', name: seriesInSlug(name) };
    case 'tag':
      return { type: 'tag', name };
    case 'month':
      return isMonth(name) ? { type: 'month', name } : undefined;
    default:
      return undefined;
  }
}

/** What a request asks for. */
export interface Target {
  readonly names: readonly string[];
  readonly query: URLSearchParams;
  /** It ends in a slash. */
  readonly isFolder: boolean;
}

/**
 * The decoded segments of a request target. It may start with the base's own path, which some proxies keep and others
 * strip. `undefined` if it isn't a path or can't be decoded.
 */
export function parseTarget(target: string, base: string): Target | undefined {
  const [path = '', ...search] = target.split('?');
  if (!path.startsWith('/')) return undefined;
  const below = `${path}/`.startsWith(base) ? path.slice(base.length) : path.slice(1);
  try {
    const names = below.split('/').map(decodeURIComponent);
    const isFolder = names.at(-1) === '';
    if (names.some((name) => !name.isWellFormed() || name.includes('\0'))) return undefined;
    return {
      names: isFolder ? names.slice(0, -1) : names,
      query: new URLSearchParams(search.join('?')),
      isFolder,
    };
  } catch (error) {
    // Not percent-encoded UTF-8.
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
