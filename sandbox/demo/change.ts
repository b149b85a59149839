/** What the server sends to the page. A page that opens is sent the current state first. */
export type Change =
  | { readonly type: 'scene'; readonly scene: Scene }
  /** How far the demo's clock is ahead of the machine's, in milliseconds. */
  | { readonly type: 'clock'; readonly aheadMs: number }
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'menu'; readonly pane: ChatPane; readonly commands: readonly MenuEntry[] }
  | { readonly type: 'note'; readonly note: PublishedNote }
  | { readonly type: 'letter'; readonly letter: ReaderLetter }
  /** Without a form, the one on the page closes. */
  | { readonly type: 'form'; readonly form?: AskedForm }
  | { readonly type: 'discord'; readonly message: DiscordMessage }
  | { readonly type: 'telegram'; readonly message: TelegramMessage };

/** The language of the page and of the readers' apps. */
export type AppLanguage = 'en' | 'zh';

export type ChatPane = 'discord' | 'telegram';

/** The people, chats and suggestions; sent again when the language or the day changes. */
export interface Scene {
  /** The language of the page and of the readers' apps. */
  readonly language: AppLanguage;
  readonly author: string;
  /** Name of the Discord server. */
  readonly guild: string;
  readonly discord: readonly Chat[];
  readonly telegram: readonly Chat[];
  readonly suggestions: readonly Suggestion[];
}

/** A Discord channel or a Telegram chat in the page's switcher. */
export interface Chat {
  readonly id: string;
  readonly name: string;
  /** A few words next to the name. */
  readonly about: string;
  /** Shown while there are no messages. */
  readonly empty: string;
  /** Lines that the page offers to send here. */
  readonly chips: readonly string[];
}

/** A text that the page offers to publish as the author. */
export interface Suggestion {
  readonly label: string;
  readonly text: string;
}

export interface Progress {
  readonly archived: number;
  readonly of: number;
  /** What is going on, in a few words. */
  readonly words: string;
  readonly ready: boolean;
}

export interface MenuEntry {
  readonly name: string;
  readonly description: string;
  /** The options as written after the name, such as `<query> [type]`. */
  readonly usage: string;
}

/** What an app offers above the input: a line to complete, or a note to send instead. */
export type Offer =
  | { readonly label: string; readonly line: string }
  | { readonly label: string; readonly about: string; readonly share: string };

/** A note on the relay, as listed in the author's client. */
export interface PublishedNote {
  readonly id: string;
  /** Empty if there are only pictures. */
  readonly headline: string;
  /** Its post type, by its name in each language. */
  readonly postType: Readonly<Record<AppLanguage, string>>;
  readonly isArticle: boolean;
  /** Seconds since 1970. */
  readonly at: number;
  /** The text to edit; only articles (NIP-23) can be edited. */
  readonly editable?: string;
  /** Deleted, or replaced by a newer version. */
  readonly gone: boolean;
}

/** A reader's suggestion, as shown in the author's client. */
export interface ReaderLetter {
  readonly id: string;
  readonly words: string;
  /** Seconds since 1970. */
  readonly at: number;
  readonly answer?: string;
}

/** Discord's modal with its single field. */
export interface AskedForm {
  readonly title: string;
  readonly label: string;
  readonly hint: string;
  readonly maxLength: number;
}

export interface DiscordMessage {
  readonly id: string;
  readonly channel: string;
  /** A message object of Discord's API. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** The forum post's title and tags. */
  readonly post?: { readonly name: string; readonly tags: readonly string[] };
  /** Ephemeral: only visible to the user. */
  readonly onlyYou: boolean;
  /** The line that was typed or the button that was pressed. */
  readonly asked?: string;
  readonly gone: boolean;
}

export interface TelegramMessage {
  readonly id: string;
  readonly chat: string;
  /** A message object of the Bot API. */
  readonly message: Readonly<Record<string, unknown>>;
  /** Messages with the same value are shown as one. */
  readonly album?: string;
  readonly byBot: boolean;
  /** File names by file id. */
  readonly files: Readonly<Record<string, string>>;
  readonly gone: boolean;
}
