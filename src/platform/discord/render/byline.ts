import type { APIEmbedAuthor } from 'discord.js';
import { truncateText } from '../../../lib/truncate-text.ts';
import { type Block, type Document, inlineLength } from '../../../note/document.ts';
import { isInvisible } from '../../../note/links/skeleton.ts';
import { cleaned } from './escape.ts';
import { safeAddress } from './safe-links.ts';

/** Embed Limits of the Message resource. */
const MAX_NAME = 256;
const MAX_URL = 2048;

/** UTF-16 units beside a picture of 85 pixels, on a phone some ten lines. */
const MAX_BESIDE_PORTRAIT = 300;

type Byline = Extract<Block, { readonly type: 'byline' }>;

const isByline = (block: Block): block is Byline => block.type === 'byline';

/** The author as embeds show one, and the document without; no author where nobody could read the name. */
export function extractEmbedAuthor(document: Document): {
  readonly rest: Document;
  readonly author?: APIEmbedAuthor;
} {
  const byline = document.find(isByline);
  const rest = byline ? document.filter((block) => !isByline(block)) : document;
  const name = truncateText(cleaned(byline?.name ?? '').trim(), MAX_NAME);
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
 * The same document with the author's picture where cards show one (Component Reference, Section): beside the name and the
 * title or the few words that follow it. A name alone beside a picture would leave a hole, and a long text a narrow column
 * below it: there the name stands alone.
 */
export function addPortrait(document: Document): Document {
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
