import {
  type APIContainerComponent,
  type APIEmbed,
  type APITextDisplayComponent,
  ComponentType,
  MessageFlags,
  type RawFile,
} from 'discord.js';
import type { Texts } from '../../../i18n/texts.ts';
import type { Document, Media } from '../../../note/document.ts';
import { renderBlocks } from './blocks.ts';
import { addPortrait } from './byline.ts';
import { type ActionRow, toActionRows, toContainers } from './components.ts';
import { ZERO_WIDTH } from './escape.ts';
import { joinedTexts, type Piece } from './pieces.ts';
import { withoutLinks } from './without-links.ts';

/** A message as the API takes it when it is created (Message, Create Message). */
export interface Message {
  readonly content?: string;
  readonly embeds?: readonly APIEmbed[];
  readonly flags?: MessageFlags.IsComponentsV2;
  readonly components: readonly (APIContainerComponent | APITextDisplayComponent | ActionRow)[];
  /** Without it Discord pings whom the text names, and again with each edit. */
  readonly allowed_mentions: { readonly parse: readonly never[]; readonly roles?: readonly [string] };
}

/** Whether the message is made of components (Components V2): a message that is so once stays so. */
export function isComponentsMessage(message: Message): boolean {
  return message.flags !== undefined;
}

/**
 * The body of an Edit Message, with nothing left of what stood there: what is not named stays, files too (Edit
 * Message). `files` are those that come with it.
 */
export function toEditBody(message: Message, files: readonly RawFile[] = []): object {
  const attachments = files.map(({ name }, id) => ({ id, filename: name }));
  return { content: null, embeds: [], attachments, ...message };
}

/** What the message says in the open, above everything, for forms that can say it where phones see it. */
export interface Lead {
  readonly headline: string;
  /** The page that the whole document stands on. */
  readonly url?: string;
}

/** A form that a document, or a part of it, can be given: as one message, whatever its size. */
export type MessageForm = (document: Document, texts: Texts, lead: Lead) => Message;

export const NO_MENTIONS = { parse: [] } as const;

/** The message with one role named above it, which it may ping and nobody else. */
export function withRoleMention(message: Message, role: string): Message {
  const mention = `<@&${role}>`;
  const allowed_mentions = { ...NO_MENTIONS, roles: [role] } as const;
  if (!isComponentsMessage(message))
    return { ...message, content: `${mention} ${message.content ?? ''}`.trim(), allowed_mentions };
  const components = [{ type: ComponentType.TextDisplay, content: mention } as const, ...message.components];
  return { ...message, components, allowed_mentions };
}

/** Containers with galleries and buttons (Components V2). */
export const card: MessageForm = (document, texts) =>
  componentsMessage(
    toContainers(joinedPieces(addPortrait(document), { media: 'gallery', spoilerBars: false, texts })),
  );

/** The card with uploads in its galleries, by the addresses of what they are; media without one are links. */
export const cardWithFiles =
  (files: ReadonlyMap<string, string>): MessageForm =>
  (document, texts) =>
    componentsMessage(
      toContainers(joinedPieces(document, { media: 'gallery', files, spoilerBars: false, texts })),
    );

/** What a card shows in galleries, each address once. */
export function galleryMedia(document: Document, texts: Texts): readonly Media[] {
  const items = joinedPieces(document, { media: 'gallery', spoilerBars: false, texts }).flatMap((piece) =>
    piece.type === 'gallery' ? piece.items : [],
  );
  return [...new Map(items.map((item) => [item.url, item])).values()];
}

/** The card with links in the place of galleries. */
export const cardWithLinks: MessageForm = (document, texts) =>
  componentsMessage(toContainers(joinedPieces(document, { media: 'links', spoilerBars: false, texts })));

/** One text without anything around it, for messages that are cards already: those never turn into plain ones again. */
export const bareText: MessageForm = (document, texts) =>
  componentsMessage([
    {
      type: ComponentType.TextDisplay,
      content: wholeText(joinedPieces(document, { media: 'links', spoilerBars: true, texts })),
    },
  ]);

/** Text as people write it. Addresses of pictures unfold below it. */
export const plainText: MessageForm = (document, texts) => {
  const parts = joinedPieces(document, { media: 'addresses', spoilerBars: true, texts });
  return { content: wholeText(parts), components: toActionRows(parts), allowed_mentions: NO_MENTIONS };
};

/** The plain text, and the bare one, with every address left out of it. */
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
  return joinedTexts(renderBlocks(document, look));
}

const wholeText = (parts: readonly Piece[]): string => textOf(parts) || ZERO_WIDTH;

/** The texts of the pieces, a blank line between them; empty where there are none. */
export function textOf(parts: readonly Piece[]): string {
  const said = parts.flatMap((piece) => {
    if (piece.type === 'divider') return ['⸻'];
    return piece.type === 'text' ? [piece.text] : [];
  });
  return said.join('\n\n');
}
