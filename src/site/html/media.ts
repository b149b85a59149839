import { attributes, type Markup, markup } from '../../lib/markup.ts';
import type { Media } from '../../note/document.ts';
import { linkTo, safeUrl } from './links.ts';

/** Larger numbers aren't real picture sizes and would break the layout. */
const MAX_PIXELS = 20_000;

/** A gallery in which each picture has its description. Browsers load media only when they come into view. */
export function galleryMarkup(items: readonly Media[]): Markup {
  const shown = items.map(figure);
  return items.length > 1 ? markup`<div class="gallery">${shown}</div>` : markup`${shown}`;
}

function figure(media: Media): Markup {
  const url = safeUrl(media.url);
  if (url === undefined) return markup``;
  const alt = media.alt?.trim() ?? '';
  return markup`<figure>${player(media, url, alt)}${alt && markup`<figcaption>${alt}</figcaption>`}</figure>`;
}

function player(media: Media, url: string, alt: string): Markup {
  const size = sizeOf(media);
  const sources = [url, ...media.alternatives.flatMap((other) => safeUrl(other) ?? [])];
  const label = alt || undefined;
  switch (media.kind) {
    case 'image': {
      const picture = {
        src: url,
        alt,
        ...size,
        loading: 'lazy',
        decoding: 'async',
        referrerpolicy: 'no-referrer',
      };
      return markup`<img${attributes(picture)} />`;
    }
    case 'video': {
      const poster = media.poster === undefined ? undefined : safeUrl(media.poster);
      const video = {
        controls: true,
        preload: 'none',
        playsinline: true,
        poster,
        ...size,
        'aria-label': label,
      };
      return markup`<video${attributes(video)}>${sources.map(source)}${linkTo(url, markup`${url}`, url)}</video>`;
    }
    case 'audio':
      return markup`<audio${attributes({ controls: true, preload: 'none', 'aria-label': label })}>${sources.map(source)}${linkTo(url, markup`${url}`, url)}</audio>`;
  }
}

const source = (src: string): Markup => markup`<source${attributes({ src })} />`;

/** Both or neither: with only one, browsers would reserve the wrong space. */
function sizeOf({ width, height }: Media): { readonly width?: number; readonly height?: number } {
  const isSize = (pixels: number | undefined): pixels is number =>
    pixels !== undefined && pixels >= 1 && pixels <= MAX_PIXELS;
  return isSize(width) && isSize(height) ? { width: Math.round(width), height: Math.round(height) } : {};
}
