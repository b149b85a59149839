import { type ChannelKind, type PermissionName, permissions } from './flags.ts';
import type { Channel, Guild, Overwrite, Role, Tag, User } from './model.ts';

export interface OverwriteOption {
  readonly of: Role | User;
  readonly allow?: readonly PermissionName[];
  readonly deny?: readonly PermissionName[];
}

export interface GuildOptions {
  readonly name: string;
  readonly owner?: User;
  /** Permissions of @everyone. Default: Discord's. */
  readonly everyone?: readonly PermissionName[];
  /** Additional permissions of the bot's own role. */
  readonly bot?: readonly PermissionName[];
  /** False: the bot is not a member. */
  readonly installed?: boolean;
}

export interface ChannelOptions {
  readonly name: string;
  /** Default: `text`. */
  readonly kind?: ChannelKind;
  readonly parent?: Channel;
  readonly overwrites?: readonly OverwriteOption[];
  readonly archived?: boolean;
  readonly locked?: boolean;
  /** A forum's tags. */
  readonly tags?: readonly Tag[];
  readonly needsTag?: boolean;
  /** For forum posts, the id of their first message. */
  readonly id?: string;
  readonly owner?: User;
  readonly appliedTags?: readonly string[];
}

/** Permissions by name → bits. */
export function toOverwrites(options: readonly OverwriteOption[]): readonly Overwrite[] {
  return options.map(({ of, allow = [], deny = [] }) => ({
    id: of.id,
    of: 'permissions' in of ? 'role' : 'member',
    allow: permissions(...allow),
    deny: permissions(...deny),
  }));
}

export function createChannel(guild: Guild, nextId: () => string, options: ChannelOptions): Channel {
  const { kind = 'text', name, parent, owner } = options;
  return {
    id: options.id ?? nextId(),
    guild,
    ...(parent && { parent }),
    ...(owner && { owner }),
    kind,
    name,
    position: guild.channels.size,
    overwrites: toOverwrites(options.overwrites ?? []),
    archived: options.archived ?? false,
    locked: options.locked ?? false,
    tags: options.tags ?? [],
    needsTag: options.needsTag ?? false,
    appliedTags: options.appliedTags ?? [],
  };
}

export function createDm(recipient: User, id: string): Channel {
  const state = { kind: 'dm', overwrites: [], archived: false, locked: false } as const;
  const noForum = { tags: [], needsTag: false, appliedTags: [] };
  return { id, recipient, name: recipient.name, position: 0, ...state, ...noForum };
}

/** When the bot joined guilds that have it from the start. */
const LONG_AGO = Date.UTC(2024, 2, 2);

/** An empty guild. */
export function createGuild(owner: User, id: string, name: string): Guild {
  const state = { joinedAt: LONG_AGO, systemChannel: undefined, installed: false, unavailable: false };
  const empty = { blocked: undefined, roles: new Map(), members: new Map(), channels: new Map() };
  return { id, owner, name, locale: 'en-US', ...state, ...empty };
}
