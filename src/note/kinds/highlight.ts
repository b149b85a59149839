import { type Document, type Inline, small, text } from '../document.ts';
import type { VerifiedEvent } from '../note.ts';
import { parseInlines, splitParagraphs } from '../parse/parse-text.ts';
import { parseWebUrl } from '../parse/urls.ts';
import { placeholder } from '../placeholders.ts';
import { tagValue } from '../pointer.ts';
import { isLongAddress, type ParsedKind, pageLabel } from './parsed-kind.ts';
import { taggedEvent } from './repost.ts';

/** Kind 9802 (NIP-84): first the author's comment, then the highlighted text, then its source. */
export function parseHighlight(event: VerifiedEvent): ParsedKind {
  const comment = splitParagraphs(parseInlines(tagValue(event, 'comment') ?? '', event));
  const marked = splitParagraphs(parseInlines(event.content, event));
  const source = sourceOf(event);
  const body: Document = [
    ...comment,
    ...(marked.length > 0 ? [{ type: 'quote', children: marked } as const] : []),
    ...(source.length > 0 ? [small(placeholder('from'), text(' '), ...source)] : []),
  ];
  return { body, media: [], postType: 'link' };
}

/** The page of the `r` tag, unless it is only mentioned in the comment or too long to show; else an event on Nostr. */
function sourceOf(event: VerifiedEvent): readonly Inline[] {
  const pages = event.tags.filter(([name, , marker]) => name === 'r' && marker !== 'mention');
  const [, page = ''] = pages.find(([, , marker]) => marker === 'source') ?? pages[0] ?? [];
  const url = parseWebUrl(page);
  const onNostr = url && !isLongAddress(url) ? undefined : taggedEvent(event);
  if (onNostr) return [onNostr];
  return url ? pageLabel(url) : [];
}
