import { PermissionFlagsBits } from 'discord.js';
import type { MentionRefusal, RoleRefusal } from '../../../command/chat.ts';

const { Administrator, ManageRoles, MentionEveryone } = PermissionFlagsBits;

export interface RoleInfo {
  readonly id: string;
  readonly permissions: bigint;
  readonly position: number;
  readonly mentionable: boolean;
  /** Assigned by something else: an app, a subscription, a boost or a linked account. */
  readonly isManagedElsewhere: boolean;
}

/** A channel's changes to a role's permissions. */
export interface Overwrite {
  readonly role: string;
  readonly allow: bigint;
  readonly deny: bigint;
}

/** A server's roles, and everything else that the rules below depend on. */
export interface GuildRoles {
  /** Also the id of its @everyone role. */
  readonly guild: string;
  readonly owner: string;
  /** The bot's roles. */
  readonly own: readonly string[];
  readonly roles: ReadonlyMap<string, RoleInfo>;
  /** The overwrites of all channels and categories; threads use their channel's. `undefined` if some are unknown. */
  readonly channels: readonly (readonly Overwrite[])[] | undefined;
}

/** The user who chooses a role for mentions. */
export interface RoleChooser {
  readonly user: string;
  readonly roles: readonly string[];
  /** They may mention every role in the channel. */
  readonly mentionsAll: boolean;
}

/**
 * Why members can't assign themselves the role through the bot; `undefined` if they can. The role must not change
 * anybody's permissions, or the bot would hand out permissions that the moderators have reserved.
 */
export function assignmentRefusal(facts: GuildRoles, id: string): RoleRefusal | undefined {
  const { guild, own, roles, channels } = facts;
  const [role, everybody] = [roles.get(id), roles.get(guild)];
  if (id === guild) return 'everyone';
  if (!role || !everybody || !channels) return 'unknown';
  if (role.isManagedElsewhere) return 'managed';
  if ((role.permissions & ~everybody.permissions) !== 0n) return 'powers';
  if (channels.some((overwrites) => changesPermissions(overwrites, id, everybody))) return 'channels';
  return isAbove(facts, own, role) && hasPermission(facts, own, ManageRoles) ? undefined : 'rank';
}

/**
 * Getting or losing the role changes a member's permissions in the channel (Permissions, Permission Overwrites):
 * giving it up lifts what it denies, and what it allows overrides what another role denies.
 */
function changesPermissions(overwrites: readonly Overwrite[], id: string, everybody: RoleInfo): boolean {
  const { allow = 0n, deny = 0n } = overwrites.find(({ role }) => role === id) ?? {};
  if (deny !== 0n) return true;
  const base = overwrites.find(({ role }) => role === everybody.id);
  const had = (everybody.permissions & ~(base?.deny ?? 0n)) | (base?.allow ?? 0n);
  const denied = overwrites
    .filter(({ role }) => role !== id && role !== everybody.id)
    .reduce((bits, overwrite) => bits | overwrite.deny, 0n);
  return (allow & (~had | denied)) !== 0n;
}

/** Why a user can't have the bot mention the role: they couldn't mention or assign it themselves. */
export function mentionRefusal(
  facts: GuildRoles,
  id: string,
  chooser: RoleChooser,
): MentionRefusal | undefined {
  const role = facts.roles.get(id);
  if (id === facts.guild) return 'everyone';
  if (!role) return 'absent';
  if (!canManageRoles(facts, chooser)) return 'chooser';
  const isOwner = chooser.user === facts.owner;
  if (!isOwner && !isAbove(facts, chooser.roles, role)) return 'rank';
  return isOwner || chooser.mentionsAll || role.mentionable ? undefined : 'mention';
}

/** The user may create and assign roles. */
export const canManageRoles = (facts: GuildRoles, { user, roles }: RoleChooser): boolean =>
  user === facts.owner || hasPermission(facts, roles, ManageRoles);

/** A member with these roles has the permission in the server, regardless of channel overwrites. */
export function hasPermission({ guild, roles }: GuildRoles, own: readonly string[], bit: bigint): boolean {
  const bits = [guild, ...own].reduce((sum, id) => sum | (roles.get(id)?.permissions ?? 0n), 0n);
  return (bits & (bit | Administrator)) !== 0n;
}

/** The bot's messages can notify the role's members. */
export function canMention(facts: GuildRoles, id: string): boolean {
  if (id === facts.guild) return false;
  return facts.roles.get(id)?.mentionable === true || hasPermission(facts, facts.own, MentionEveryone);
}

/** One of the `own` roles ranks above the role. Of two roles in the same position, the older one ranks higher. */
const isAbove = ({ roles }: GuildRoles, own: readonly string[], { id, position }: RoleInfo): boolean =>
  own.some((one) => {
    const role = roles.get(one);
    if (!role) return false;
    return role.position === position ? BigInt(role.id) < BigInt(id) : role.position > position;
  });
