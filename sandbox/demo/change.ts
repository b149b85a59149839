/** What the page is told, one change at a time; told again from the beginning to every page that opens. */
export type Change =
  | { readonly type: 'scene'; readonly scene: Scene }
  /** How far the demo's clock is ahead of the machine's, in milliseconds. */
  | { readonly type: 'clock'; readonly aheadMs: number }
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'menu'; readonly pane: ChatPane; readonly commands: readonly MenuEntry[] }
  | { readonly type: 'note'; readonly note: PublishedNote }
  | { readonly type: 'letter'; readonly letter: ReaderLetter }
  /** Without a form, the one that was there is gone. */
  | { readonly type: 'form'; readonly form?: AskedForm }
  | { readonly type: 'discord'; readonly message: DiscordMessage }
  | { readonly type: 'telegram'; readonly message: TelegramMessage };

/** What the page and the readers' apps are in. */
export type AppLanguage = 'en' | 'zh';

export type ChatPane = 'discord' | 'telegram';

/** Who and what there is, told anew in another language and on another day. */
export interface Scene {
  /** What the page and the readers' apps are in. */
  readonly language: AppLanguage;
  readonly author: string;
  /** The Discord server. */
  readonly guild: string;
  readonly discord: readonly Chat[];
  readonly telegram: readonly Chat[];
  readonly suggestions: readonly Suggestion[];
}

/** A Discord channel or a Telegram chat, as the page's switcher shows it. */
export interface Chat {
  readonly id: string;
  readonly name: string;
  /** A few words under or beside the name. */
  readonly about: string;
  /** What stands here while there is no message. */
  readonly empty: string;
  /** Lines that the page offers to type here. */
  readonly chips: readonly string[];
}

/** Something that the author might write. */
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
  /** How the options are written behind the name, such as `<query> [type]`. */
  readonly usage: string;
}

/** What a chat program offers above the line that is being typed: to complete it, or to send in its place. */
export type Offer =
  | { readonly label: string; readonly line: string }
  | { readonly label: string; readonly about: string; readonly share: string };

/** A note on the relay, as the author's desk lists it. */
export interface PublishedNote {
  readonly id: string;
  /** Empty where there are only pictures without a word. */
  readonly headline: string;
  /** Its post type, or `article`. */
  readonly label: string;
  /** Seconds since 1970. */
  readonly at: number;
  /** The text to edit; only articles (NIP-23) can be edited. */
  readonly editable?: string;
  /** Taken back, or replaced by a newer version. */
  readonly gone: boolean;
}

/** What a reader suggested, as the author's client shows it. */
export interface ReaderLetter {
  readonly id: string;
  readonly words: string;
  /** Seconds since 1970. */
  readonly at: number;
  readonly answer?: string;
}

/** Discord's form with its one field. */
export interface AskedForm {
  readonly title: string;
  readonly label: string;
  readonly hint: string;
  readonly maxLength: number;
}

export interface DiscordMessage {
  readonly id: string;
  readonly channel: string;
  /** The message object of Discord's API. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** Of a forum: what the post is called, and what it is filed under. */
  readonly post?: { readonly name: string; readonly tags: readonly string[] };
  /** Ephemeral: shown to the asker alone. */
  readonly onlyYou: boolean;
  /** The line that was typed or the button that was pressed for it. */
  readonly asked?: string;
  readonly gone: boolean;
}

export interface TelegramMessage {
  readonly id: string;
  readonly chat: string;
  /** The message object of the Bot API. */
  readonly message: Readonly<Record<string, unknown>>;
  /** Messages that share it are shown as one. */
  readonly album?: string;
  readonly byBot: boolean;
  /** File names by file id. */
  readonly files: Readonly<Record<string, string>>;
  readonly gone: boolean;
}
