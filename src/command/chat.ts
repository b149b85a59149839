/** The user who makes a request. */
export interface User {
  /** The platform's id, prefixed with the platform's name: `discord:<user>`, `telegram:<user>`. */
  readonly id: string;
  /**
   * Whether they manage the chat: Manage Server on Discord, admin of the group or channel on Telegram. True in
   * private chats.
   */
  readonly isManager: boolean;
  /**
   * IETF tag of the language they chose, or else of the one their app reports (`en-US`, `zh-hans`); `en` by default.
   */
  readonly language: string;
  /** The language their app reports, if it differs from `language`. */
  readonly reportedLanguage?: string;
  /** Destination of their private chat with the bot, whether or not it exists yet; absent for anonymous users. */
  readonly inbox?: string;
}

/** The chat that a request comes from: a private chat, a group or a channel. */
export interface Chat {
  /** The destination that `subscribe` would add: `discord:<channel>`, `telegram:<chat>[/topic]`. */
  readonly destination: string;
  /** The server, or the chat with all its topics, that the destination belongs to. */
  readonly home: string;
  readonly kind: 'private' | 'group' | 'channel';
  /**
   * False if posts can't be delivered: the server hasn't installed the bot, or channels of this type have no
   * messages.
   */
  readonly subscribable: boolean;
  /** Why it isn't subscribable and what to do about it, if the platform knows. */
  readonly obstacle?: string;
  /** The permissions that the bot lacks for delivering posts here, named as in the platform's UI. */
  missingPermissions(): Promise<readonly string[]>;
  /** Styles and treatments of long texts that posts can have here (`platform/style-spec`). */
  readonly styleOptions: { readonly styles: readonly string[]; readonly longTextModes: readonly string[] };
  /** IETF tag that the chat's managers have set, if the platform has a setting for it. */
  readonly language?: string;
  /** The server, on platforms that have servers. */
  readonly server?: Server;
  /** Links for adding the bot to another group or channel, if the platform has them. */
  readonly inviteLinks?: { readonly group: string; readonly channel: string };
  /** What to type before a search in any other chat (`@name`); absent if inline mode is missing or off. */
  readonly inlineName?: string;
}

/** The server a request comes from, and what can be done there on behalf of the user. */
export interface Server {
  /** One of its channels by id, subscribed or not; `undefined` if there is none. */
  channel(id: string): Chat | undefined;
  /** A mention of one of its channels, shown as a link; `undefined` for other destinations. */
  channelMention(destination: string): string | undefined;
  /** Every channel, as a destination. */
  readonly destinations: readonly string[];
  /** Whether posts in the current channel can be published to followers. */
  readonly isPublished: boolean;
  /** `undefined` if there is no such role. */
  role(id: string): Role | undefined;
  /** Why current permissions don't let the user have this role mentioned here; `undefined` if they do. */
  mentionRefusal(role: string): Promise<MentionRefusal | undefined>;
  /** Creates a role that members can be notified by. `forbidden`: the bot may not manage roles. */
  createRole(name: string): Promise<{ readonly id: string } | 'forbidden' | MentionRefusal>;
  /** Gives the user the role, or removes it if they have it. Checks current permissions. */
  toggleRole(id: string): Promise<'given' | 'taken' | RoleRefusal>;
}

export interface Role {
  readonly name: string;
  /** Whether a mention in a message of the bot notifies the role's members. */
  readonly isMentionable: boolean;
  /** Why the bot won't assign it, if that is known without an API call. */
  readonly refusal?: RoleRefusal;
}

/**
 * Why the bot won't assign or remove a role: it is @everyone; an app, a boost or a linked account manages it; it
 * grants more than @everyone has in the server, or changes access to some channel; it ranks above the bot's, or the
 * bot may not manage roles; its permissions can't be read now.
 */
export type RoleRefusal = 'everyone' | 'managed' | 'powers' | 'channels' | 'rank' | 'unknown';

/**
 * Why a user may not have a role mentioned by the bot: it is @everyone; it doesn't exist; they may not manage roles,
 * or not one ranked this high; they may not mention it themselves; the permissions can't be read now.
 */
export type MentionRefusal = 'everyone' | 'absent' | 'chooser' | 'rank' | 'mention' | 'unknown';
