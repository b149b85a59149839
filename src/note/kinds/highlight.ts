import { type Document, type Inline, small, text } from '../document.ts';
import type { VerifiedEvent } from '../note.ts';
import { own } from '../own-words.ts';
import { webUrl } from '../parse/address.ts';
import { paragraphs, parseInlines } from '../parse/parse.ts';
import { tagValue } from '../pointer.ts';
import { isLongAddress, pageNamed, type Reading } from './reading.ts';
import { pointedAt } from './repost.ts';

/** Kind 9802 (NIP-84): the author's own words first, then what they marked in somebody's text, then where it stands. */
export function readHighlight(event: VerifiedEvent): Reading {
  const comment = paragraphs(parseInlines(tagValue(event, 'comment') ?? '', event));
  const marked = paragraphs(parseInlines(event.content, event));
  const source = sourceOf(event);
  const body: Document = [
    ...comment,
    ...(marked.length > 0 ? [{ type: 'quote', children: marked } as const] : []),
    ...(source.length > 0 ? [small(own('from'), text(' '), ...source)] : []),
  ];
  return { body, media: [], postType: 'link' };
}

/** A page by its `r` tag, unless that only stands in the comment or its address is long; else what is on Nostr. */
function sourceOf(event: VerifiedEvent): readonly Inline[] {
  const pages = event.tags.filter(([name, , marker]) => name === 'r' && marker !== 'mention');
  const [, page = ''] = pages.find(([, , marker]) => marker === 'source') ?? pages[0] ?? [];
  const url = webUrl(page);
  const onNostr = url && !isLongAddress(url) ? undefined : pointedAt(event);
  if (onNostr) return [onNostr];
  return url ? pageNamed(url) : [];
}
