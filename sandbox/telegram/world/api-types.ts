/** The objects of the Bot API that this server returns, with the API's field names. */

export interface User {
  readonly id: number;
  readonly is_bot: boolean;
  readonly first_name: string;
  readonly last_name?: string;
  readonly username?: string;
  readonly language_code?: string;
}

export type ChatType = 'private' | 'group' | 'supergroup' | 'channel';

export interface Chat {
  readonly id: number;
  readonly type: ChatType;
  readonly title?: string;
  readonly username?: string;
  readonly first_name?: string;
  readonly last_name?: string;
  readonly is_forum?: true;
}

export interface Entity {
  readonly type: string;
  /** UTF-16 code units. */
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  readonly language?: string;
  readonly user?: User;
  readonly custom_emoji_id?: string;
  readonly unix_time?: number;
  readonly date_time_format?: string;
}

export interface Button {
  readonly text: string;
  readonly url?: string;
  readonly callback_data?: string;
  readonly [other: string]: unknown;
}

export interface Keyboard {
  readonly inline_keyboard: readonly (readonly Button[])[];
}

export interface FileShape {
  readonly file_id: string;
  readonly file_unique_id: string;
  readonly file_size?: number;
  readonly file_name?: string;
  readonly mime_type?: string;
  readonly width?: number;
  readonly height?: number;
  readonly duration?: number;
}

export type MediaKind = 'photo' | 'video' | 'animation' | 'audio' | 'document';

/** A message, without the fields that this server never sets. */
export interface Message {
  readonly message_id: number;
  readonly date: number;
  readonly chat: Chat;
  readonly from?: User;
  readonly sender_chat?: Chat;
  readonly message_thread_id?: number;
  readonly is_topic_message?: true;
  readonly edit_date?: number;
  readonly media_group_id?: string;
  readonly text?: string;
  readonly entities?: readonly Entity[];
  readonly link_preview_options?: unknown;
  readonly caption?: string;
  readonly caption_entities?: readonly Entity[];
  readonly show_caption_above_media?: true;
  readonly has_media_spoiler?: true;
  readonly photo?: readonly FileShape[];
  readonly video?: FileShape & { readonly cover?: readonly FileShape[] };
  readonly animation?: FileShape;
  readonly audio?: FileShape;
  readonly document?: FileShape;
  readonly rich_message?: unknown;
  readonly via_bot?: User;
  readonly reply_to_message?: Message;
  readonly reply_markup?: Keyboard;
  readonly forward_origin?: unknown;
  readonly new_chat_members?: readonly User[];
  readonly left_chat_member?: User;
  readonly group_chat_created?: true;
  readonly migrate_to_chat_id?: number;
  readonly migrate_from_chat_id?: number;
  readonly forum_topic_created?: unknown;
  readonly forum_topic_closed?: unknown;
  readonly forum_topic_reopened?: unknown;
}

/** The content of a message, without its chat, id and date. */
export type Content = Omit<Message, 'message_id' | 'date' | 'chat' | 'from' | 'sender_chat' | 'edit_date'> & {
  /** Send without a notification. The message itself doesn't show this. */
  readonly silent?: true;
};
