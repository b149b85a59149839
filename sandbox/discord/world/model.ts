import type { ChannelKind } from './flags.ts';

export interface User {
  readonly id: string;
  name: string;
  readonly bot: boolean;
  /** Accepts no direct messages from the bot. */
  closed: boolean;
  /** Has installed the app as a user (integration type 1). */
  installed: boolean;
}

export interface Role {
  readonly id: string;
  name: string;
  permissions: bigint;
  mentionable: boolean;
  readonly position: number;
  /** Assigned by an integration only: an app's own role, subscribers, boosters. */
  readonly managed: boolean;
  /** Role Tags. With `null`, the key alone has a meaning, such as `guild_connections` of a linked role. */
  readonly tags: Readonly<Record<string, string | null>> | undefined;
}

export interface Overwrite {
  /** A role's or a user's. */
  readonly id: string;
  readonly of: 'role' | 'member';
  readonly allow: bigint;
  readonly deny: bigint;
}

export interface Member {
  readonly user: User;
  roles: readonly string[];
  nick: string | null;
  /** End of the time-out, in milliseconds since 1970. */
  timedOutUntil: number;
}

export interface Channel {
  readonly id: string;
  /** Undefined for direct messages. */
  readonly guild?: Guild;
  /** For direct messages, the user. */
  readonly recipient?: User;
  /** A thread's channel, a channel's category. */
  readonly parent?: Channel;
  kind: ChannelKind;
  name: string;
  readonly position: number;
  overwrites: readonly Overwrite[];
  archived: boolean;
  locked: boolean;
  /** Who created the thread. Default: the guild's owner. */
  readonly owner?: User;
  /** A forum's. */
  readonly tags: readonly Tag[];
  /** Posts in the forum must have a tag. */
  readonly needsTag: boolean;
  /** Ids of the tags of a forum post. */
  readonly appliedTags: readonly string[];
}

/** A forum tag. */
export interface Tag {
  readonly id: string;
  readonly name: string;
  /** Applying it takes Manage Threads. */
  readonly moderated: boolean;
}

export interface Guild {
  readonly id: string;
  readonly owner: User;
  name: string;
  /** Reference, Locales. */
  locale: string;
  /** When the bot became a member, in milliseconds since 1970. */
  joinedAt: number;
  /** Where the server announces new members. */
  systemChannel: Channel | undefined;
  /** The bot is a member. */
  installed: boolean;
  /** In an outage. */
  unavailable: boolean;
  /** What AutoMod blocks. */
  blocked: RegExp | undefined;
  readonly roles: Map<string, Role>;
  readonly members: Map<string, Member>;
  readonly channels: Map<string, Channel>;
}

/** A change that the gateway reports. */
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

/** Channels that contain threads instead of messages. */
export const isForum = ({ kind }: Channel): boolean => kind === 'forum' || kind === 'media';
