import { words } from '../words/words.ts';
import { type Element, h, veil } from './view.ts';

export interface Picture {
  /** A URL or file name; the demo always shows a picture of its own. */
  readonly source: string;
  readonly alt: string;
  readonly isVideo: boolean;
  /** Covered until it is clicked. */
  readonly veiled: boolean;
  readonly durationS?: number | undefined;
}

/** A picture, or a film's still with a play mark. */
export function pictureView({ source, alt, isVideo, veiled, durationS }: Picture): Element {
  return h(
    'figure',
    { class: veiled ? 'picture spoiler' : 'picture', ...(veiled && veil()) },
    h('img', { src: pictureAddress(source), alt, title: alt || undefined, loading: 'lazy' }),
    isVideo && h('span', { class: 'play', 'aria-label': words().chat.video }, '▶'),
    isVideo && durationS !== undefined && h('span', { class: 'duration' }, duration(durationS)),
    veiled && h('span', { class: 'cover' }, words().chat.spoiler),
  );
}

/** Path of the page's own picture for a URL. */
function pictureAddress(source: string): string {
  const file = source.split(/[?#]/u)[0]?.split('/').at(-1) ?? '';
  return `/picture/${encodeURIComponent(file)}`;
}

/** Whether a URL is a video, by its extension. */
export const isVideoAddress = (url: string): boolean => /\.(?:mp4|webm|mov|m4v)(?:[?#]|$)/iu.test(url);

function duration(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`;
}
