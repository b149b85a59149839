import type { Block, Document } from '../document.ts';
import { isInvisible } from '../links/skeleton.ts';
import type { Author } from '../note.ts';
import { parseWebUrl } from '../parse/urls.ts';
import { pointerUrl } from '../pointer.ts';

/** Platforms don't show SVG files or videos as a profile picture. */
const NO_PICTURE = /\.(?:svgz?|mp4|m4v|mov|webm|mkv|avi)$/iu;

/**
 * Puts the author's name, and their picture if it can be shown, at the head of a document. Unchanged if no readable name
 * is known.
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

/** As strict as for media, and https only: platforms fetch it with every post. */
function pictureUrl(written: string): string | undefined {
  const url = parseWebUrl(written);
  return url?.startsWith('https:') && !NO_PICTURE.test(new URL(url).pathname) ? url : undefined;
}
