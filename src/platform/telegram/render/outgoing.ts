import type { InlineKeyboardMarkup, InputRichMessage, LinkPreviewOptions } from 'grammy/types';
import type { Body } from '../../platform.ts';
import type { EntityText } from './entities/size-limits.ts';

export type MediaItemType = 'photo' | 'video' | 'animation' | 'audio';

/** One picture, film or sound of a message, by address. */
export interface MediaItem {
  readonly type: MediaItemType;
  /** Addresses of the same bytes, best first; at least one. */
  readonly urls: readonly string[];
  /** Covered until the reader taps it. */
  readonly spoiler: boolean;
  /** What it is called where only a link can be shown. */
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
  readonly durationS?: number;
  /** Of the bytes, 64 hex digits, where the note says it. */
  readonly sha256?: string;
  /** Address of the still picture that a film shows before it plays. */
  readonly cover?: string;
}

/** The author's name at the head of a message: so many UTF-16 units of it, the lines' ends included. */
export interface Signature {
  readonly name: string;
  readonly length: number;
}

/** A message of words. */
export interface OutgoingText extends EntityText {
  readonly type: 'text';
  readonly signature?: Signature;
  /** The page to show a preview of; without it there is none. */
  readonly preview?: string;
  /** A picture to be shown small in the place of a page. */
  readonly portrait?: string;
  readonly keyboard?: InlineKeyboardMarkup;
}

/** One item, or an album of two to ten, which can't have a keyboard (Bot API, `sendMediaGroup`). */
export interface OutgoingMedia extends EntityText {
  readonly type: 'media';
  readonly signature?: Signature;
  readonly items: readonly MediaItem[];
  readonly keyboard?: InlineKeyboardMarkup;
}

/** What every client shows. */
export type OutgoingClassic = OutgoingText | OutgoingMedia;

/** A whole article in one message (Bot API 10.1, `sendRichMessage`). */
export interface OutgoingRich {
  readonly type: 'rich';
  /** The first block is the author's name; `classic` has its own. */
  readonly signature?: Signature;
  readonly rich: InputRichMessage;
  readonly keyboard?: InlineKeyboardMarkup;
  /** What is sent where Telegram does not take it: the article summed up. */
  readonly classic: OutgoingClassic;
}

export type Outgoing = OutgoingClassic | OutgoingRich;

export function bodyOf(call: Outgoing): Body {
  return { cost: call.type === 'media' ? call.items.length : 1, call };
}

/** The call in a body. Bodies of other platforms are a programmer's mistake, and are not looked for. */
export function outgoingOf(body: Body): Outgoing {
  return body.call as Outgoing;
}

/** How a text is sent so that it has its preview, and no other. */
export function linkPreviewOptions({ preview, portrait }: OutgoingText): LinkPreviewOptions {
  if (preview !== undefined) return { url: preview };
  return portrait === undefined ? { is_disabled: true } : { url: portrait, prefer_small_media: true };
}
