import type { InlineKeyboardMarkup, InputRichMessage, LinkPreviewOptions } from 'grammy/types';
import type { Body } from '../../platform.ts';
import type { EntityText } from './entities/size-limits.ts';

export type MediaItemType = 'photo' | 'video' | 'animation' | 'audio';

/** One picture, video or audio file of a message, by address. */
export interface MediaItem {
  readonly type: MediaItemType;
  /** Addresses of the same bytes, best first; at least one. */
  readonly urls: readonly string[];
  /** Covered until the reader taps it. */
  readonly spoiler: boolean;
  /** Text of the link if the item can only be linked. */
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
  readonly durationS?: number;
  /** Of the bytes, 64 hex digits, if the note says so. */
  readonly sha256?: string;
  /** Address of the picture that a video shows before it plays. */
  readonly cover?: string;
}

/** The author's name at the beginning of a message. `length` is in UTF-16 units, line breaks included. */
export interface Signature {
  readonly name: string;
  readonly length: number;
}

/** A text message. */
export interface OutgoingText extends EntityText {
  readonly type: 'text';
  readonly signature?: Signature;
  /** The page to preview; without it there is no preview. */
  readonly preview?: string;
  /** A picture to show as a small preview instead. */
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

/** A message that every client can show. */
export type OutgoingClassic = OutgoingText | OutgoingMedia;

/** A whole article in one message (Bot API 10.1, `sendRichMessage`). */
export interface OutgoingRich {
  readonly type: 'rich';
  /** The first block is the author's name. `classic` has its own signature. */
  readonly signature?: Signature;
  readonly rich: InputRichMessage;
  readonly keyboard?: InlineKeyboardMarkup;
  /** Sent if Telegram refuses the rich message: a summary, or the whole article if it is short. */
  readonly classic: OutgoingClassic;
}

export type Outgoing = OutgoingClassic | OutgoingRich;

export function bodyOf(call: Outgoing): Body {
  return { cost: call.type === 'media' ? call.items.length : 1, call };
}

/** The call of a body, which must be one of Telegram's. */
export function outgoingOf(body: Body): Outgoing {
  return body.call as Outgoing;
}

/** Allows the preview that the text is meant to have, and no other. */
export function linkPreviewOptions({ preview, portrait }: OutgoingText): LinkPreviewOptions {
  if (preview !== undefined) return { url: preview };
  return portrait === undefined ? { is_disabled: true } : { url: portrait, prefer_small_media: true };
}
