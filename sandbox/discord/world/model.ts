import type { ChannelKind } from './flags.ts';

export interface User {
  readonly id: string;
  name: string;
  readonly bot: boolean;
  /** Takes no direct messages from the bot. */
  closed: boolean;
  /** Has the app installed for themself (integration type 1). */
  installed: boolean;
}

export interface Role {
  readonly id: string;
  name: string;
  permissions: bigint;
  mentionable: boolean;
  readonly position: number;
  /** Given by an integration alone: the role an app brings with it, a subscription's, the boosters'. */
  readonly managed: boolean;
  /** What it belongs to (Role Tags); of `null` the presence alone says something, as in a linked role's `guild_connections`. */
  readonly tags: Readonly<Record<string, string | null>> | undefined;
}

export interface Overwrite {
  /** Of a role or a user. */
  readonly id: string;
  readonly of: 'role' | 'member';
  readonly allow: bigint;
  readonly deny: bigint;
}

export interface Member {
  readonly user: User;
  roles: readonly string[];
  nick: string | null;
  /** In a time-out until then, in milliseconds since 1970. */
  timedOutUntil: number;
}

export interface Channel {
  readonly id: string;
  /** Undefined for a direct message. */
  readonly guild?: Guild;
  /** The other side of a direct message. */
  readonly recipient?: User;
  /** The channel of a thread, the category of a channel. */
  readonly parent?: Channel;
  kind: ChannelKind;
  name: string;
  readonly position: number;
  overwrites: readonly Overwrite[];
  archived: boolean;
  locked: boolean;
  /** Who began the thread; the guild's owner where left out. */
  readonly owner?: User;
  /** What posts of a forum may be filed under. */
  readonly tags: readonly Tag[];
  /** A forum's post must be filed under one of them. */
  readonly needsTag: boolean;
  /** The tags of a forum's post, by their ids. */
  readonly appliedTags: readonly string[];
}

/** A tag of a forum. */
export interface Tag {
  readonly id: string;
  readonly name: string;
  /** Only those with Manage Threads may apply it. */
  readonly moderated: boolean;
}

export interface Guild {
  readonly id: string;
  readonly owner: User;
  name: string;
  /** What the server speaks (Reference, Locales). */
  locale: string;
  /** When the bot became a member, in milliseconds since 1970. */
  joinedAt: number;
  /** Where the server says who has come; none where it is left out. */
  systemChannel: Channel | undefined;
  /** The bot is a member. */
  installed: boolean;
  /** In an outage. */
  unavailable: boolean;
  /** What a rule of the server's (AutoMod) lets nobody say. */
  blocked: RegExp | undefined;
  readonly roles: Map<string, Role>;
  readonly members: Map<string, Member>;
  readonly channels: Map<string, Channel>;
}

/** A change that the gateway reports to whoever may know of it. */
export type Change =
  | { readonly type: 'GUILD_CREATE' | 'GUILD_DELETE' | 'GUILD_UPDATE'; readonly guild: Guild }
  | {
      readonly type:
        | 'CHANNEL_CREATE'
        | 'CHANNEL_UPDATE'
        | 'CHANNEL_DELETE'
        | 'THREAD_CREATE'
        | 'THREAD_UPDATE'
        | 'THREAD_DELETE';
      readonly guild: Guild;
      readonly channel: Channel;
    }
  | {
      readonly type: 'GUILD_ROLE_CREATE' | 'GUILD_ROLE_UPDATE' | 'GUILD_ROLE_DELETE';
      readonly guild: Guild;
      readonly role: Role;
    }
  | { readonly type: 'GUILD_MEMBER_UPDATE'; readonly guild: Guild; readonly member: Member };

export const isThread = (channel: Channel): boolean =>
  channel.kind === 'thread' || channel.kind === 'privateThread' || channel.kind === 'announcementThread';

/** Channels that hold threads, and no messages of their own. */
export const isForum = ({ kind }: Channel): boolean => kind === 'forum' || kind === 'media';
