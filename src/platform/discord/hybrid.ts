import type { APIEmbed } from 'discord.js';
import { hasAddress } from '../../note/claims.ts';
import { type Block, type Document, inlineText } from '../../note/document.ts';
import { firstWords, isSaidBy } from '../first-words.ts';
import { safeAddress } from './address.ts';
import { joinedTexts, renderBlocks } from './blocks.ts';
import { ACCENT, rows } from './components.ts';
import { escaped, ZERO_WIDTH } from './escape.ts';
import { renderInlines } from './inline.ts';
import { type Form, NO_PINGS, wordsOf } from './message.ts';
import { pointingAtPictures, withoutPictures } from './pictures.ts';

/** Embed Limits of the Message resource. */
const MAX_TITLE = 256;
const MAX_URL = 2048;
/** Embeds with the same address are shown as one with so many pictures. */
const MAX_PICTURES = 4;
/** A first paragraph with longer addresses than this in it stays in the embed. */
const MAX_OPENING = 1_000;

/**
 * A line of text and an embed. Phones announce a message by its text, and show nothing of cards (Components V2:
 * discord-api-docs issue 7854) or embeds: so the headline, or the first words, stand above as text. A first paragraph
 * that is no longer than that is not said again below.
 */
export const hybrid: Form = (written, texts, { headline, url }) => {
  const [first] = written;
  const document = pointingAtPictures(written, MAX_PICTURES);
  const [, ...others] = document;
  const opening = openingOf(first, document[0], headline);
  const title = titleOf(first, headline);
  const body = opening === undefined && title === undefined ? withoutReason(document, headline) : others;
  const { words, pictures } = withoutPictures(body, MAX_PICTURES);
  const pieces = joinedTexts(renderBlocks(words, { media: 'links', bars: true, texts }));
  const description = wordsOf(pieces);
  const embeds = embedsOf({ title, description, url, images: pictures.map((picture) => picture.url) });
  return {
    content: opening || escaped(headline) || (embeds.length > 0 ? '' : ZERO_WIDTH),
    embeds,
    components: rows(pieces),
    allowed_mentions: NO_PINGS,
  };
};

interface Parts {
  readonly title: string | undefined;
  readonly description: string;
  readonly url: string | undefined;
  readonly images: readonly string[];
}

function embedsOf({ title, description, url, images }: Parts): readonly APIEmbed[] {
  const [image, ...more] = images;
  if (title === undefined && description === '' && image === undefined) return [];
  // Pictures are shown together where their embeds have one address; a title leads there too.
  const shared = url ?? (title === undefined && more.length > 0 ? image : undefined);
  const linked = shared === undefined ? {} : { url: shared };
  return [
    {
      ...(title === undefined ? {} : { title }),
      ...linked,
      ...(description === '' ? {} : { description }),
      color: ACCENT,
      ...(image === undefined ? {} : { image: { url: image } }),
    },
    ...more.map((address) => ({ ...linked, image: { url: address } })),
  ];
}

/** A reason for hiding stands above as the headline; it is not said again below. */
function withoutReason(document: Document, headline: string): Document {
  const [first, ...others] = document;
  return first?.type === 'hidden' && firstWords([first]) === headline && first.reason.trim() === headline
    ? [{ ...first, reason: '' }, ...others]
    : document;
}

/** The first paragraph in full where the headline says all of it; `shown` is what it has become. */
function openingOf(first: Block | undefined, shown: Block | undefined, headline: string): string | undefined {
  if (first?.type !== 'paragraph' || shown?.type !== 'paragraph' || !isSaidBy(headline, first))
    return undefined;
  const opening = renderInlines(shown.children).trim();
  return opening.length <= MAX_OPENING ? opening : undefined;
}

function titleOf(first: Block | undefined, headline: string): string | undefined {
  if (first?.type !== 'heading' || firstWords([first]) !== headline) return undefined;
  const words = inlineText(first.children).replace(/\s+/gu, ' ').trim();
  const title = escaped(words);
  // The title leads to the page of the whole note: it is not to promise another.
  return title.length <= MAX_TITLE && !hasAddress(words) ? title : undefined;
}

/** The first button that opens a page, as embeds take it. */
export function pageOf(document: Document): string | undefined {
  const urls = document.flatMap((block) =>
    block.type === 'buttons'
      ? block.rows.flat().flatMap((button) => ('url' in button ? [button.url] : []))
      : [],
  );
  const address = safeAddress(urls[0] ?? '');
  return address !== undefined && address.length <= MAX_URL ? address : undefined;
}
