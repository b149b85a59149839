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
  /** What everybody may do; Discord's own defaults where left out. */
  readonly everyone?: readonly PermissionName[];
  /** What the role that the bot brings adds to that. */
  readonly bot?: readonly PermissionName[];
  /** False: the bot is no member. */
  readonly installed?: boolean;
}

export interface ChannelOptions {
  readonly name: string;
  /** `text` where left out. */
  readonly kind?: ChannelKind;
  readonly parent?: Channel;
  readonly overwrites?: readonly OverwriteOption[];
  readonly archived?: boolean;
  readonly locked?: boolean;
  /** A forum's tags. */
  readonly tags?: readonly Tag[];
  readonly needsTag?: boolean;
  /** Of a thread whose first message has an id already: a forum's post. */
  readonly id?: string;
  readonly owner?: User;
  readonly appliedTags?: readonly string[];
}

/** What may be done and what not, as the permission calculation reads it. */
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

/** When the bot came to guilds that have it from the first. */
const LONG_AGO = Date.UTC(2024, 2, 2);

/** A guild with nothing in it yet. */
export function createGuild(owner: User, id: string, name: string): Guild {
  const state = { joinedAt: LONG_AGO, systemChannel: undefined, installed: false, unavailable: false };
  const empty = { blocked: undefined, roles: new Map(), members: new Map(), channels: new Map() };
  return { id, owner, name, locale: 'en-US', ...state, ...empty };
}
