import { PermissionFlagsBits } from 'discord.js';
import type { MentionRefusal, RoleRefusal } from '../../../command/chat.ts';

const { Administrator, ManageRoles, MentionEveryone } = PermissionFlagsBits;

export interface RoleInfo {
  readonly id: string;
  readonly permissions: bigint;
  readonly position: number;
  readonly mentionable: boolean;
  /** Somebody else gives it: an app, a subscription, a boost, a linked account. */
  readonly isManagedElsewhere: boolean;
}

/** What a channel changes of a role's permissions. */
export interface Overwrite {
  readonly role: string;
  readonly allow: bigint;
  readonly deny: bigint;
}

/** All that it takes to judge the roles of a server. */
export interface GuildRoles {
  /** The server's own id, which is also that of everybody's role. */
  readonly guild: string;
  readonly owner: string;
  /** The roles of ours. */
  readonly own: readonly string[];
  readonly roles: ReadonlyMap<string, RoleInfo>;
  /** Of each channel and category; threads have what their channel has. `undefined`: not all of them are known. */
  readonly channels: readonly (readonly Overwrite[])[] | undefined;
}

/** Who chooses a role for pings. */
export interface RoleChooser {
  readonly user: string;
  readonly roles: readonly string[];
  /** Whether they may mention every role where the pings will be. */
  readonly mentionsAll: boolean;
}

/**
 * Why we neither give the role to whoever asks nor take it from them; `undefined` where it makes no difference to what
 * they may do anywhere. Given by us, it would be given to people to whom nobody else may want to give it.
 */
export function whyNotGive(facts: GuildRoles, id: string): RoleRefusal | undefined {
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
 * Whether having the role, or no longer having it, changes what a member may do in the channel (Permissions, Permission
 * Overwrites). What it denies is had by whoever gives it back; what it allows outdoes what another role denies.
 */
function changesPermissions(overwrites: readonly Overwrite[], id: string, everybody: RoleInfo): boolean {
  const { allow = 0n, deny = 0n } = overwrites.find(({ role }) => role === id) ?? {};
  if (deny !== 0n) return true;
  const ofEverybody = overwrites.find(({ role }) => role === everybody.id);
  const had = (everybody.permissions & ~(ofEverybody?.deny ?? 0n)) | (ofEverybody?.allow ?? 0n);
  const denied = overwrites
    .filter(({ role }) => role !== id && role !== everybody.id)
    .reduce((bits, overwrite) => bits | overwrite.deny, 0n);
  return (allow & (~had | denied)) !== 0n;
}

/** Why somebody may not have a role pinged by us: they could not mention it, or give it, themselves. */
export function whyNotChoose(
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

/** Whether somebody may make roles and give them, by the server's own rules. */
export const canManageRoles = (facts: GuildRoles, { user, roles }: RoleChooser): boolean =>
  user === facts.owner || hasPermission(facts, roles, ManageRoles);

/** Whether a member with those roles may do that in the whole server, whatever single channels say. */
export function hasPermission({ guild, roles }: GuildRoles, own: readonly string[], bit: bigint): boolean {
  const bits = [guild, ...own].reduce((sum, id) => sum | (roles.get(id)?.permissions ?? 0n), 0n);
  return (bits & (bit | Administrator)) !== 0n;
}

/** Whether a message of ours that names the role tells those who have it. */
export function canPing(facts: GuildRoles, id: string): boolean {
  if (id === facts.guild) return false;
  return facts.roles.get(id)?.mentionable === true || hasPermission(facts, facts.own, MentionEveryone);
}

/** Whether one of those roles stands above; of two at the same height the older one is the higher. */
const isAbove = ({ roles }: GuildRoles, own: readonly string[], { id, position }: RoleInfo): boolean =>
  own.some((one) => {
    const role = roles.get(one);
    if (!role) return false;
    return role.position === position ? BigInt(role.id) < BigInt(id) : role.position > position;
  });
