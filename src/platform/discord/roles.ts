import { PermissionFlagsBits } from 'discord.js';
import type { Unchosen, Unfit } from '../../command/invocation.ts';

const { Administrator, ManageRoles, MentionEveryone } = PermissionFlagsBits;

export interface RoleFacts {
  readonly id: string;
  readonly permissions: bigint;
  readonly position: number;
  readonly mentionable: boolean;
  /** Somebody else gives it: an app, a subscription, a boost, a linked account. */
  readonly isOthers: boolean;
}

/** What a channel changes of a role's permissions. */
export interface Overwrite {
  readonly role: string;
  readonly allow: bigint;
  readonly deny: bigint;
}

/** All that it takes to judge the roles of a server. */
export interface RolesFacts {
  /** The server's own id, which is also that of everybody's role. */
  readonly guild: string;
  readonly owner: string;
  /** The roles of ours. */
  readonly own: readonly string[];
  readonly roles: ReadonlyMap<string, RoleFacts>;
  /** Of each channel and category; threads have what their channel has. `undefined`: not all of them are known. */
  readonly channels: readonly (readonly Overwrite[])[] | undefined;
}

/** Who chooses a role for pings. */
export interface Chooser {
  readonly user: string;
  readonly roles: readonly string[];
  /** Whether they may mention every role where the pings will be. */
  readonly mentionsAll: boolean;
}

/**
 * Why we neither give the role to whoever asks nor take it from them; `undefined` where it makes no difference to what
 * they may do anywhere. Given by us, it would be given to people to whom nobody else may want to give it.
 */
export function unfitToGive(facts: RolesFacts, id: string): Unfit | undefined {
  const { guild, own, roles, channels } = facts;
  const [role, everybody] = [roles.get(id), roles.get(guild)];
  if (id === guild) return 'everyone';
  if (!role || !everybody || !channels) return 'unknown';
  if (role.isOthers) return 'managed';
  if ((role.permissions & ~everybody.permissions) !== 0n) return 'powers';
  if (channels.some((overwrites) => makesDifference(overwrites, id, everybody))) return 'channels';
  return isAbove(facts, own, role) && mayDo(facts, own, ManageRoles) ? undefined : 'rank';
}

/**
 * Whether having the role, or no longer having it, changes what a member may do in the channel (Permissions, Permission
 * Overwrites). What it denies is had by whoever gives it back; what it allows outdoes what another role denies.
 */
function makesDifference(overwrites: readonly Overwrite[], id: string, everybody: RoleFacts): boolean {
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
export function unfitToChoose(facts: RolesFacts, id: string, chooser: Chooser): Unchosen | undefined {
  const role = facts.roles.get(id);
  if (id === facts.guild) return 'everyone';
  if (!role) return 'absent';
  if (!managesRoles(facts, chooser)) return 'chooser';
  const isOwner = chooser.user === facts.owner;
  if (!isOwner && !isAbove(facts, chooser.roles, role)) return 'rank';
  return isOwner || chooser.mentionsAll || role.mentionable ? undefined : 'mention';
}

/** Whether somebody may make roles and give them, by the server's own rules. */
export const managesRoles = (facts: RolesFacts, { user, roles }: Chooser): boolean =>
  user === facts.owner || mayDo(facts, roles, ManageRoles);

/** Whether a member with those roles may do that in the whole server, whatever single channels say. */
export function mayDo({ guild, roles }: RolesFacts, own: readonly string[], bit: bigint): boolean {
  const bits = [guild, ...own].reduce((sum, id) => sum | (roles.get(id)?.permissions ?? 0n), 0n);
  return (bits & (bit | Administrator)) !== 0n;
}

/** Whether a message of ours that names the role tells those who have it. */
export function mayPing(facts: RolesFacts, id: string): boolean {
  if (id === facts.guild) return false;
  return facts.roles.get(id)?.mentionable === true || mayDo(facts, facts.own, MentionEveryone);
}

/** Whether one of those roles stands above; of two at the same height the older one is the higher. */
const isAbove = ({ roles }: RolesFacts, own: readonly string[], { id, position }: RoleFacts): boolean =>
  own.some((one) => {
    const role = roles.get(one);
    if (!role) return false;
    return role.position === position ? BigInt(role.id) < BigInt(id) : role.position > position;
  });
