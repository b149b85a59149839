import type { EntryState } from './entry-filter.ts';

/** Posts that follow each other in the journal. An engine moves many destinations over them at once. */
export interface PostRun {
  readonly count: number;
  /** What the post types of a destination must contain to want the first. */
  readonly wanted: string;
  /** For each post type, as `wanted`, where in the run the first post of it is, counted from 0. */
  readonly firsts: ReadonlyMap<string, number>;
}

/** The run of posts that entries begin with. */
export function runOf(entries: readonly EntryState[]): PostRun {
  const end = entries.findIndex(({ action }) => action !== 'post');
  const posts = end < 0 ? entries : entries.slice(0, end);
  const firsts = new Map<string, number>();
  for (const [index, post] of posts.entries()) {
    const wanted = wantedBy(post);
    if (!firsts.has(wanted)) firsts.set(wanted, index);
  }
  return { count: posts.length, wanted: posts[0] ? wantedBy(posts[0]) : NOBODY, firsts };
}

/** No list of post types contains it. */
const NOBODY = 'nobody';

/** Post types are stored with spaces around each. Nobody wants a deleted post. */
const wantedBy = ({ isUndone, postType }: EntryState): string => (isUndone ? NOBODY : ` ${postType} `);

/** Less than every `ref` of a destination. */
export const BEFORE_ALL = -1;

/** How far skipping got: at the position, behind the destination `after` of the platform. */
export interface SkipCursor {
  readonly position: number;
  readonly platform: string;
  readonly after: number;
}

/** For those that were up to date when the journal ended there. */
export const skipFrom = (head: number): SkipCursor => ({ position: head, platform: '', after: BEFORE_ALL });
