import { type ChannelKind, type PermissionName, permissions } from './flags.ts';
import type { Channel, Overwrite, Role, User } from './model.ts';

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
}

/** What may be done and what not, as the permission calculation reads it. */
export function overwritesFrom(options: readonly OverwriteOption[]): readonly Overwrite[] {
  return options.map(({ of, allow = [], deny = [] }) => ({
    id: of.id,
    of: 'permissions' in of ? 'role' : 'member',
    allow: permissions(...allow),
    deny: permissions(...deny),
  }));
}
