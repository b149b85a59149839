/** Whoever asks. */
export interface User {
  /** The platform's id with the platform's name before it: `discord:<user>`, `telegram:<user>`. */
  readonly id: string;
  /** Whether they manage the chat: Manage Server on Discord, admin of the group or channel on Telegram. True in private chats. */
  readonly manages: boolean;
  /** IETF tag of the language they chose, or else of the one their app reports (`en-US`, `zh-hans`); `en` if it reports none. */
  readonly language: string;
  /** The language their app reports, whatever they chose; absent: the same. */
  readonly reported?: string;
  /** Destination of their private chat with the bot, whether or not it exists yet; absent for anonymous users. */
  readonly inbox?: string;
}

/** Where something is asked: a private chat, a group or a channel. */
export interface Chat {
  /** What `subscribe` would make of it: `discord:<channel>`, `telegram:<chat>[/topic]`. */
  readonly destination: string;
  /** The server, or the chat with all its topics, that the destination belongs to. */
  readonly home: string;
  readonly kind: 'private' | 'group' | 'channel';
  /** False where posts can't be delivered: a server without the app, a channel of a kind that has no messages. */
  readonly subscribable: boolean;
  /** Why not and what to do about it, where the platform knows. */
  readonly obstacle?: string;
  /** Permissions that the bot lacks for delivering posts here, as the platform's own screens name them. */
  missing(): Promise<readonly string[]>;
  /** Styles and treatments of long texts that posts can have here (`platform/style-spec`). */
  readonly styleOptions: { readonly styles: readonly string[]; readonly longs: readonly string[] };
  /** IETF tag that the chat's managers have set, where the platform has such a setting. */
  readonly language?: string;
  /** The server, on platforms that have servers. */
  readonly server?: Server;
  /** Links that add the bot to a group or channel of one's own, where the platform has them. */
  readonly invites?: { readonly group: string; readonly channel: string };
  /** What to type before a search in any other chat (`@name`), where inline mode exists and is on. */
  readonly inlineName?: string;
}

/** The server a request comes from, and what can be done there on behalf of the user. */
export interface Server {
  /** One of its channels by id, subscribed or not; `undefined` if there is none. */
  channel(id: string): Chat | undefined;
  /** How to show one of its channels so that a click leads there; `undefined` for other destinations. */
  nameOf(destination: string): string | undefined;
  /** Every channel, as a destination. */
  readonly destinations: readonly string[];
  /** Whether posts in the current channel can be published to followers. */
  readonly isPublished: boolean;
  /** `undefined` if there is no such role. */
  role(id: string): Role | undefined;
  /** Why the user may not have this role mentioned here, by current permissions; `undefined` if they may. */
  mentionRefusal(role: string): Promise<MentionRefusal | undefined>;
  /** Creates a role that members can be notified by. `forbidden`: the bot may not manage roles. */
  makeRole(name: string): Promise<{ readonly id: string } | 'forbidden' | MentionRefusal>;
  /** Gives the user the role, or removes it if they have it; refuses by current permissions. */
  toggleRole(id: string): Promise<'given' | 'taken' | RoleRefusal>;
}

export interface Role {
  readonly name: string;
  /** Whether a mention in a message of the bot notifies the role's members. */
  readonly isMentionable: boolean;
  /** Why the bot doesn't hand it out, as far as that is known without a call. */
  readonly refusal?: RoleRefusal;
}

/**
 * Why the bot neither gives nor removes a role: it is @everyone; an app, a boost or a linked account manages it; it grants
 * more than @everyone has in the server, or changes access to some channel; it ranks above the bot's, or the bot may not
 * manage roles; its permissions can't be read now.
 */
export type RoleRefusal = 'everyone' | 'managed' | 'powers' | 'channels' | 'rank' | 'unknown';

/**
 * Why a user may not have a role mentioned by the bot: it is @everyone; it doesn't exist; they may not manage roles, or not
 * one ranked this high; they may not mention it themselves; the permissions can't be read now.
 */
export type MentionRefusal = 'everyone' | 'absent' | 'chooser' | 'rank' | 'mention' | 'unknown';
