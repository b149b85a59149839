import {
  type APIGuildMember,
  type APIOverwrite,
  type APIRole,
  OverwriteType,
  PermissionFlagsBits,
} from 'discord.js';

interface Membership {
  readonly guild: string;
  readonly member: APIGuildMember;
  readonly roles: readonly APIRole[];
}

/** An administrator's permissions, which neither overwrites nor time-outs limit. */
export const ALL_PERMISSIONS = ~0n;

/**
 * A member's permissions in a channel, from REST payloads (Permissions, "Permission Hierarchy"): those of the roles,
 * then the channel's overwrites for everyone, the roles and the member. Threads use the overwrites of their channel.
 */
export function permissionsIn(
  { guild, member, roles }: Membership,
  overwrites: readonly APIOverwrite[],
): bigint {
  const { id } = member.user;
  const mine = new Set([guild, ...member.roles]);
  const base = roles
    .filter((role) => mine.has(role.id))
    .reduce((all, role) => all | BigInt(role.permissions), 0n);
  if ((base & PermissionFlagsBits.Administrator) !== 0n) return ALL_PERMISSIONS;
  const steps: readonly ((overwrite: APIOverwrite) => boolean)[] = [
    (overwrite) => overwrite.id === guild,
    (overwrite) => overwrite.type === OverwriteType.Role && overwrite.id !== guild && mine.has(overwrite.id),
    (overwrite) => overwrite.type === OverwriteType.Member && overwrite.id === id,
  ];
  return steps.reduce((granted, applies) => {
    const applied = overwrites.filter(applies);
    const denied = applied.reduce((all, { deny }) => all | BigInt(deny), 0n);
    const allowed = applied.reduce((all, { allow }) => all | BigInt(allow), 0n);
    return (granted & ~denied) | allowed;
  }, base);
}
