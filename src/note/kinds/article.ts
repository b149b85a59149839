import { type Document, inlineText } from '../document.ts';
import { parseMarkdown } from '../markdown/markdown.ts';
import type { VerifiedEvent } from '../note.ts';
import { parseWebUrl } from '../parse/urls.ts';
import { tagValue } from '../pointer.ts';
import { type ParsedKind, tagTitle } from './parsed-kind.ts';

/** Kind 30023 (NIP-23). Pictures stay in their place; the cover comes first unless the text contains it. */
export function parseArticle(event: VerifiedEvent): ParsedKind {
  const title = tagTitle(event);
  const text = withoutTitle(parseMarkdown(event.content, event), title);
  const url = parseWebUrl(tagValue(event, 'image') ?? '');
  const isShown = text.some(
    (block) => block.type === 'media' && block.items.some((item) => item.url === url),
  );
  const cover: Document =
    url && !isShown ? [{ type: 'media', items: [{ kind: 'image', url, alternatives: [] }] }] : [];
  return { title, body: [...cover, ...text], media: [], postType: 'missive', listsTags: true };
}

/** Many articles repeat their title as the first heading. */
function withoutTitle(body: Document, title: string | undefined): Document {
  const [first, ...rest] = body;
  const same = first?.type === 'heading' && inlineText(first.children).replace(/\s+/gu, ' ').trim() === title;
  return same ? rest : body;
}
