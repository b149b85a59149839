import type { RawFile } from 'discord.js';
import {
  type APIContainerComponent,
  type APIEmbed,
  type APITextDisplayComponent,
  ComponentType,
  MessageFlags,
} from 'discord-api-types/v10';
import type { Texts } from '../../../i18n/texts.ts';
import type { Document, Media } from '../../../note/document.ts';
import { renderBlocks } from './blocks.ts';
import { addPortrait } from './byline.ts';
import { type ActionRow, toActionRows, toContainers } from './components.ts';
import { ZERO_WIDTH } from './escape.ts';
import { joinTexts, type Piece } from './pieces.ts';
import { withoutLinks } from './without-links.ts';

/** The body of Create Message. */
export interface Message {
  readonly content?: string;
  readonly embeds?: readonly APIEmbed[];
  readonly flags?: MessageFlags.IsComponentsV2;
  readonly components: readonly (APIContainerComponent | APITextDisplayComponent | ActionRow)[];
  /** Without it, Discord notifies everybody whom the text mentions, again with every edit. */
  readonly allowed_mentions: { readonly parse: readonly never[]; readonly roles?: readonly [string] };
}

/** Uses Components V2. Once it does, a message can't be changed back. */
export function isComponentsMessage(message: Message): boolean {
  return message.flags !== undefined;
}

/** The body of Edit Message. Names every field, since Discord keeps what is not named. `files` are the new ones. */
export function toEditBody(message: Message, files: readonly RawFile[] = []): object {
  const attachments = files.map(({ name }, id) => ({ id, filename: name }));
  return { content: null, embeds: [], attachments, ...message };
}

/** For forms whose first line is shown in phone notifications. */
export interface Lead {
  readonly headline: string;
  /** The page of the document. */
  readonly url?: string;
}

/** Renders a document as one message, however long. */
export type MessageForm = (document: Document, texts: Texts, lead: Lead) => Message;

export const NO_MENTIONS = { parse: [] } as const;

/** Mentions the role above the message, and lets it notify that role only. */
export function withRoleMention(message: Message, role: string): Message {
  const mention = `<@&${role}>`;
  const allowed_mentions = { ...NO_MENTIONS, roles: [role] } as const;
  if (!isComponentsMessage(message))
    return { ...message, content: `${mention} ${message.content ?? ''}`.trim(), allowed_mentions };
  const components = [{ type: ComponentType.TextDisplay, content: mention } as const, ...message.components];
  return { ...message, components, allowed_mentions };
}

/** Containers with galleries and buttons. */
export const card: MessageForm = (document, texts) =>
  componentsMessage(
    toContainers(joinedPieces(addPortrait(document), { media: 'gallery', spoilerBars: false, texts })),
  );

/** The card with uploads in its galleries. `files`: `attachment://` addresses by media address; other media become links. */
export const cardWithFiles =
  (files: ReadonlyMap<string, string>): MessageForm =>
  (document, texts) =>
    componentsMessage(
      toContainers(joinedPieces(document, { media: 'gallery', files, spoilerBars: false, texts })),
    );

/** The media in a card's galleries, without duplicates. */
export function galleryMedia(document: Document, texts: Texts): readonly Media[] {
  const items = joinedPieces(document, { media: 'gallery', spoilerBars: false, texts }).flatMap((piece) =>
    piece.type === 'gallery' ? piece.items : [],
  );
  return [...new Map(items.map((item) => [item.url, item])).values()];
}

/** The card with links instead of galleries. */
export const cardWithLinks: MessageForm = (document, texts) =>
  componentsMessage(toContainers(joinedPieces(document, { media: 'links', spoilerBars: false, texts })));

/** A single text component. For editing cards, which can't become plain messages. */
export const bareText: MessageForm = (document, texts) =>
  componentsMessage([
    {
      type: ComponentType.TextDisplay,
      content: wholeText(joinedPieces(document, { media: 'links', spoilerBars: true, texts })),
    },
  ]);

/** Text as people write it; Discord shows linked pictures below. */
export const plainText: MessageForm = (document, texts) => {
  const parts = joinedPieces(document, { media: 'addresses', spoilerBars: true, texts });
  return { content: wholeText(parts), components: toActionRows(parts), allowed_mentions: NO_MENTIONS };
};

/** For channels where a filter blocks links. */
export const plainWithoutLinks: MessageForm = (document, texts, lead) =>
  plainText(withoutLinks(document, texts), texts, lead);
export const bareWithoutLinks: MessageForm = (document, texts, lead) =>
  bareText(withoutLinks(document, texts), texts, lead);

function componentsMessage(components: Message['components']): Message {
  return {
    flags: MessageFlags.IsComponentsV2,
    components:
      components.length > 0 ? components : [{ type: ComponentType.TextDisplay, content: ZERO_WIDTH }],
    allowed_mentions: NO_MENTIONS,
  };
}

function joinedPieces(document: Document, look: Parameters<typeof renderBlocks>[1]): readonly Piece[] {
  return joinTexts(renderBlocks(document, look));
}

const wholeText = (parts: readonly Piece[]): string => textOf(parts) || ZERO_WIDTH;

/** All texts, separated by blank lines. */
export function textOf(parts: readonly Piece[]): string {
  const texts = parts.flatMap((piece) => {
    if (piece.type === 'divider') return ['⸻'];
    return piece.type === 'text' ? [piece.text] : [];
  });
  return texts.join('\n\n');
}
