import type { Block, Document } from '../document.ts';
import { isInvisible } from '../links/skeleton.ts';
import type { Author } from '../note.ts';
import { parseWebUrl } from '../parse/urls.ts';
import { pointerUrl } from '../pointer.ts';

/** Drawings are programs, which no platform shows as pictures, and films don't fit where one is. */
const NO_PICTURE = /\.(?:svgz?|mp4|m4v|mov|webm|mkv|avi)$/iu;

/**
 * The document with its author's name, and their picture where there is one that may be shown, at its head. As it is
 * where nobody knows a name that readers could read.
 */
export function withByline(document: Document, author: Author): Document {
  const byline = bylineOf(author);
  return byline ? [byline, ...document] : document;
}

function bylineOf({ name, unnamed, pubkey, picture }: Author): Block | undefined {
  if (unnamed || isInvisible(name)) return undefined;
  const shown = picture === undefined ? undefined : pictureUrl(picture);
  return {
    type: 'byline',
    name,
    url: pointerUrl({ type: 'profile', pubkey, relays: [] }),
    ...(shown !== undefined && { picture: shown }),
  };
}

/** As strict as with media, and https only: platforms fetch it with every post. */
function pictureUrl(written: string): string | undefined {
  const url = parseWebUrl(written);
  return url?.startsWith('https:') && !NO_PICTURE.test(new URL(url).pathname) ? url : undefined;
}
