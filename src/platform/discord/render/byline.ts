import type { APIEmbedAuthor } from 'discord-api-types/v10';
import { truncateText } from '../../../lib/truncate-text.ts';
import { type Block, type Document, inlineLength } from '../../../note/document.ts';
import { isInvisible } from '../../../note/links/skeleton.ts';
import { sanitize } from './escape.ts';
import { safeAddress } from './safe-links.ts';

/** Message, Embed Limits. */
const MAX_NAME = 256;
const MAX_URL = 2048;

/** UTF-16 units. About ten lines on a phone, beside a picture 85 pixels wide. */
const MAX_BESIDE_PORTRAIT = 300;

type Byline = Extract<Block, { readonly type: 'byline' }>;

const isByline = (block: Block): block is Byline => block.type === 'byline';

/** The author line of an embed, and the document without it. No author if the name is invisible. */
export function extractEmbedAuthor(document: Document): {
  readonly rest: Document;
  readonly author?: APIEmbedAuthor;
} {
  const byline = document.find(isByline);
  const rest = byline ? document.filter((block) => !isByline(block)) : document;
  const name = truncateText(sanitize(byline?.name ?? '').trim(), MAX_NAME);
  if (!byline || isInvisible(name)) return { rest };
  const url = embedUrl(byline.url);
  const icon = embedUrl(byline.picture ?? '');
  return { rest, author: { name, ...(url && { url }), ...(icon && { icon_url: icon }) } };
}

function embedUrl(url: string): string | undefined {
  const address = safeAddress(url);
  return address !== undefined && address.length <= MAX_URL ? address : undefined;
}

/**
 * Adds the author's picture as cards show one (Component Reference, Section): beside the name and the title or short text that
 * follows. There is none if nothing follows, which would leave a gap, or a long text, which would become a narrow column.
 */
export function addPortrait(document: Document): Document {
  if (!document.some(isByline)) return document;
  return document.flatMap((block, index): Document => {
    const before = document[index - 1];
    return before && isByline(before) && fitsBesidePortrait(block) ? [block, ...toPortrait(before)] : [block];
  });
}

const fitsBesidePortrait = (block: Block): boolean =>
  block.type === 'heading' ||
  block.type === 'link-card' ||
  (block.type === 'paragraph' && inlineLength(block.children) <= MAX_BESIDE_PORTRAIT);

const toPortrait = ({ name, picture }: Byline): Document =>
  picture === undefined ? [] : [{ type: 'portrait', url: picture, alt: name }];
