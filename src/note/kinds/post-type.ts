import { type Document, documentText, type Inline, type Media } from '../document.ts';
import type { PostType } from '../note.ts';
import { withHeadline } from './headline.ts';

/** More words than this beside a link, and the note is a piece that has a link, not a comment on one. */
const MAX_COMMENT = 500;
/** More words than this beside a picture, and the picture goes with the words. */
const MAX_CAPTION = 280;

/** What a reader would call the author's own post, from what it holds. */
export function postTypeOf(parts: {
  readonly title?: string;
  readonly body: Document;
  readonly media: readonly Media[];
}): PostType {
  const length = documentText(parts.body).length;
  if (parts.title) return 'missive';
  if (parts.media.some(({ kind }) => kind === 'video')) return 'video';
  // A page with its headline is what the note is about; the picture beside it illustrates.
  if (length <= MAX_COMMENT && hasHeadline(parts.body)) return 'link';
  if (parts.media.some(({ kind }) => kind === 'image') && length <= MAX_CAPTION) return 'photo';
  if (length <= MAX_COMMENT && hasLink(parts.body)) return 'link';
  return 'note';
}

const hasHeadline = (body: Document): boolean => withHeadline(body)[0]?.type === 'link-card';

function hasLink(body: Document): boolean {
  const isPage = (inline: Inline): boolean => inline.type === 'link' && inline.label === undefined;
  return body.some((block) => block.type === 'paragraph' && block.children.some(isPage));
}
