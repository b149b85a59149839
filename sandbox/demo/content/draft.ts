import type { PostType } from '../../../src/note/post-types.ts';

/** A note before it is dated and signed. */
export interface Draft {
  /** Days before today (UTC), or before the same day of an earlier year; at least 1 in this year. */
  readonly daysAgo: number;
  /** 0 by default. */
  readonly yearsAgo?: number;
  /** `hh:mm`, UTC. */
  readonly time: string;
  /** The post type that Postrider should give it. */
  readonly postType: PostType;
  /** `{day}` stands for its date in words, `{friend}` for a friend's npub, `{note:<name>}` for the note of that name. */
  readonly content: string;
  /** Lets later drafts refer to this one. */
  readonly name?: string;
  /** Name of the author's own note that this one continues. */
  readonly continues?: string;
  /** 1 by default. */
  readonly kind?: number;
  readonly tags?: readonly (readonly string[])[];
}

/** Invented base URL of the author's media; the page shows pictures of its own instead. */
export const MEDIA_ROOT = 'https://photos.lindqvist.example/';

/** Text as indented in the source: lines are joined, blank lines separate paragraphs. */
export function prose(strings: TemplateStringsArray): string {
  return (strings[0] ?? '')
    .trim()
    .split(/\n\s*\n/u)
    .map((paragraph) => paragraph.trim().replace(/\s*\n\s*/gu, ' '))
    .join('\n\n');
}

/** The `imeta` tag (NIP-92) of a picture, by file name. */
export function picture(file: string, alt: string): readonly string[] {
  return ['imeta', `url ${MEDIA_ROOT}${file}`, 'm image/png', 'dim 960x540', `alt ${alt}`];
}

/** The `imeta` tag of a film, with its still. */
export function film(name: string, alt: string, durationS: number): readonly string[] {
  const fields = ['m video/mp4', 'dim 1280x720', `duration ${durationS}`, `alt ${alt}`];
  return ['imeta', `url ${MEDIA_ROOT}${name}.mp4`, `image ${MEDIA_ROOT}${name}.png`, ...fields];
}
