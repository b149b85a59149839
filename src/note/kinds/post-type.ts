import { type Document, documentText, type Inline, type Media } from '../document.ts';
import type { PostType } from '../post-types.ts';
import { withHeadline } from './headline.ts';

/** With more text, a link is part of a piece of writing rather than its subject. */
const MAX_COMMENT = 500;
/** With more text, a picture is part of a piece of writing rather than its subject. */
const MAX_CAPTION = 280;

/** The post type as a reader would see it, from the contents of an author's own post. */
export function postTypeOf(parts: {
  readonly title?: string;
  readonly body: Document;
  readonly media: readonly Media[];
}): PostType {
  const length = documentText(parts.body).length;
  if (parts.title) return 'missive';
  if (parts.media.some(({ kind }) => kind === 'video')) return 'video';
  // A link card makes the page the subject of the note, even with a picture beside it.
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
