import type { PostType } from '../../../src/note/note.ts';

/** What the author wrote, before it is dated and signed. */
export interface Draft {
  /** Days before today (UTC), or before this day in an earlier year; 1 or more where it is of this year. */
  readonly daysAgo: number;
  /** 0 where left out. */
  readonly yearsAgo?: number;
  /** `hh:mm`, UTC. */
  readonly time: string;
  /** What Postrider is to make of it. */
  readonly postType: PostType;
  /** `{day}` stands for its date in words, `{friend}` for a friend's npub, `{note:<name>}` for a note of that name. */
  readonly content: string;
  /** By which other drafts refer to this one, which must come before them. */
  readonly name?: string;
  /** The name of the author's own note that this one continues. */
  readonly continues?: string;
  /** 1 where left out. */
  readonly kind?: number;
  readonly tags?: readonly (readonly string[])[];
}

/** Where the author's pictures and films are said to lie; the demo's page shows its own in their place. */
export const MEDIA_ROOT = 'https://photos.lindqvist.example/';

/** Text as it is written in the source: lines are joined, a blank line parts paragraphs, indentation is left out. */
export function prose(strings: TemplateStringsArray): string {
  return (strings[0] ?? '')
    .trim()
    .split(/\n\s*\n/u)
    .map((paragraph) => paragraph.trim().replace(/\s*\n\s*/gu, ' '))
    .join('\n\n');
}

/** The `imeta` tag (NIP-92) of a picture, by its file name. */
export function picture(file: string, alt: string): readonly string[] {
  return ['imeta', `url ${MEDIA_ROOT}${file}`, 'm image/png', 'dim 960x540', `alt ${alt}`];
}

/** The `imeta` tag of a film, with its still picture. */
export function film(name: string, alt: string, durationS: number): readonly string[] {
  const fields = ['m video/mp4', 'dim 1280x720', `duration ${durationS}`, `alt ${alt}`];
  return ['imeta', `url ${MEDIA_ROOT}${name}.mp4`, `image ${MEDIA_ROOT}${name}.png`, ...fields];
}
