import type { APIEmbed, APIEmbedAuthor } from 'discord-api-types/v10';
import { type Block, type Document, link, paragraph } from '../../../note/document.ts';
import { isWhollyIn } from '../../notification-text.ts';
import { renderBlocks } from './blocks.ts';
import { extractEmbedAuthor } from './byline.ts';
import { ACCENT, toActionRows } from './components.ts';
import { extractPictures, numberPictures } from './embed-pictures.ts';
import { escapeMarkdown, ZERO_WIDTH } from './escape.ts';
import { renderInlines } from './inlines.ts';
import { type MessageForm, NO_MENTIONS, textOf } from './message-forms.ts';
import { joinTexts } from './pieces.ts';
import { safeAddress } from './safe-links.ts';

/** Message, Embed Limits. */
const MAX_URL = 2048;
/** Embeds with the same address are shown as one embed with up to this many pictures. */
const MAX_PICTURES = 4;
/** UTF-16 units. A longer title or first paragraph (because of the addresses in it) stays in the embed. */
const MAX_OPENING = 1_000;

/**
 * A line of text and an embed. Phone notifications show a message's text, but neither cards (discord-api-docs issue 7854) nor
 * embeds; so the headline or the beginning is repeated as text. A title or first paragraph that fits there in full is not
 * repeated in the embed.
 */
export const embedMessage: MessageForm = (signed, texts, { headline, url }) => {
  const { rest: written, author } = extractEmbedAuthor(signed);
  const document = numberPictures(written, MAX_PICTURES);
  const shown = firstTextBlock(document);
  const opening = leadText(firstTextBlock(written), shown, headline);
  const body =
    opening === undefined ? withoutHeadline(document, headline) : document.filter((block) => block !== shown);
  const { words, pictures } = extractPictures(body, MAX_PICTURES);
  const pieces = joinTexts(renderBlocks(words, { media: 'links', spoilerBars: true, texts }));
  const embeds = toEmbeds(
    textOf(pieces),
    pictures.map((picture) => picture.url),
    { url, author },
  );
  return {
    content: opening || escapeMarkdown(headline) || (embeds.length > 0 ? '' : ZERO_WIDTH),
    embeds,
    components: toActionRows(pieces),
    allowed_mentions: NO_MENTIONS,
  };
};

function toEmbeds(
  description: string,
  [image, ...more]: readonly string[],
  { url, author }: { readonly url: string | undefined; readonly author: APIEmbedAuthor | undefined },
): readonly APIEmbed[] {
  if (description === '' && image === undefined && !author) return [];
  // Discord groups the pictures of embeds that have the same address.
  const shared = url ?? (more.length > 0 ? image : undefined);
  const linked = shared === undefined ? {} : { url: shared };
  return [
    {
      ...linked,
      ...(author && { author }),
      ...(description === '' ? {} : { description }),
      color: ACCENT,
      ...(image === undefined ? {} : { image: { url: image } }),
    },
    ...more.map((address) => ({ ...linked, image: { url: address } })),
  ];
}

/** Media don't count: they are shown below the text. */
const firstTextBlock = (document: Document): Block | undefined =>
  document.find(({ type }) => type !== 'media');

/** Without the reason for hiding, or the title of a page, that is already the headline. */
function withoutHeadline(document: Document, headline: string): Document {
  const first = firstTextBlock(document);
  if (first?.type !== 'hidden' && first?.type !== 'link-card') return document;
  return document.map((block): Block => {
    if (block !== first) return block;
    if (block.type === 'hidden' && block.reason.trim() === headline) return { ...block, reason: '' };
    if (block.type === 'link-card' && block.title.trim() === headline) return paragraph(link(block.url));
    return block;
  });
}

/** The title or first paragraph in full, if the headline is taken from it. `shown` is that block with picture numbers. */
function leadText(first: Block | undefined, shown: Block | undefined, headline: string): string | undefined {
  if (!first || !isWhollyIn(headline, first)) return undefined;
  if (shown?.type !== 'paragraph' && shown?.type !== 'heading') return undefined;
  const opening = renderInlines(shown.children).trim();
  return opening.length <= MAX_OPENING ? opening : undefined;
}

/** The target of the first link button, if an embed can have it. */
export function pageUrl(document: Document): string | undefined {
  const urls = document.flatMap((block) =>
    block.type === 'buttons'
      ? block.rows.flat().flatMap((button) => ('url' in button ? [button.url] : []))
      : [],
  );
  const address = safeAddress(urls[0] ?? '');
  return address !== undefined && address.length <= MAX_URL ? address : undefined;
}
