import type { PageStop } from './page-stops.ts';
import { LANGUAGES, PLATFORMS, type Stop } from './plan.ts';
import type { Screen } from './tour.ts';

/** A captured picture. */
export interface Picture {
  readonly file: string;
  /** The actions that led to it, in words. */
  readonly title: string;
}

/** Pictures of earlier runs, which a new run replaces. */
export const PICTURE_NAME = new RegExp(
  `^(?:${PLATFORMS.join('|')}|page)-(?:${LANGUAGES.join('|')})-\\d\\d-.+\\.png$`,
  'u',
);

/** `nn` is the stop's index in the plan, so it stays the same if only some stops are visited. */
export function pictureOf(screen: Screen, run: string, nn: number): Picture {
  const { stop, path, answered } = screen;
  const way = path.map((label) => slug(label) || 'number');
  return {
    file: `${[run, String(nn).padStart(2, '0'), stop.command, slug(stop.what), ...way].filter(Boolean).join('-')}.png`,
    title: [...stop.actions.map(describeAction), ...path.map((label) => `[${label || '1'}]`)]
      .concat(answered ? [] : ['nothing happened'])
      .join(' → '),
  };
}

export const pagePictureOf = ({ what, size }: PageStop, run: string, nn: number): Picture => ({
  file: `${run}-${String(nn).padStart(2, '0')}-${size.width}-${slug(what)}.png`,
  title: `${what}, ${size.width} pixels wide`,
});

/**
 * Whether a picture is selected: its name contains each of the words. Words that name a platform, a language or a command
 * also limit the tour itself.
 */
export const isSelected = (name: string, only: readonly string[]): boolean =>
  only.every((word) => name.toLowerCase().includes(word));

function describeAction(deed: Stop['actions'][number]): string {
  if (deed.does === 'say') return deed.line;
  return deed.does === 'publish' ? `publish suggestion ${deed.suggestion + 1}` : `click ${deed.selector}`;
}

const slug = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 30)
    .replace(/^-|-$/gu, '');
