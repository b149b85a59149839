import { ALL_PERMISSIONS, type PermissionName, permissionBits, permissions } from './flags.ts';
import { type Channel, type Guild, isThread, type User } from './model.ts';

/** An app's in direct messages. */
const IN_DM = permissions(
  'AddReactions',
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'MentionEveryone',
  'UseExternalEmojis',
);
const DURING_TIMEOUT = permissions('ViewChannel', 'ReadMessageHistory');
const WITHOUT_SENDING = permissions('MentionEveryone', 'SendTTSMessages', 'AttachFiles', 'EmbedLinks');

/** Without channel overwrites. */
export function guildPermissions(guild: Guild, user: User): bigint {
  const member = guild.members.get(user.id);
  if (!member) return 0n;
  if (guild.owner === user) return ALL_PERMISSIONS;
  const bits = [guild.id, ...member.roles].reduce(
    (bits, id) => bits | (guild.roles.get(id)?.permissions ?? 0n),
    0n,
  );
  return bits & permissionBits.Administrator ? ALL_PERMISSIONS : bits;
}

/**
 * In the order of Discord's "Permissions" page: @everyone, roles, their overwrites, the member's overwrites. Threads inherit from
 * their parent. Without View Channel or Send Messages, the permissions that depend on them are gone, too.
 */
export function permissionsIn(channel: Channel, user: User, now: number): bigint {
  const { guild } = channel;
  if (!guild) return channel.recipient === user || user.bot ? IN_DM : 0n;
  const base = guildPermissions(guild, user);
  const member = guild.members.get(user.id);
  if (!member || base === ALL_PERMISSIONS) return base;
  const { overwrites } = isThread(channel) && channel.parent ? channel.parent : channel;
  const steps = [
    overwrites.filter(({ id }) => id === guild.id),
    overwrites.filter(({ id, of }) => of === 'role' && id !== guild.id && member.roles.includes(id)),
    overwrites.filter(({ id, of }) => of === 'member' && id === user.id),
  ];
  let bits = base;
  for (const step of steps) {
    const deny = step.reduce((sum, overwrite) => sum | overwrite.deny, 0n);
    const allow = step.reduce((sum, overwrite) => sum | overwrite.allow, 0n);
    bits = (bits & ~deny) | allow;
  }
  if (member.timedOutUntil > now) bits &= DURING_TIMEOUT;
  if (!(bits & permissionBits.ViewChannel)) return 0n;
  const sending = permissionBits[isThread(channel) ? 'SendMessagesInThreads' : 'SendMessages'];
  return bits & sending ? bits : bits & ~WITHOUT_SENDING;
}

export function may(bits: bigint, name: PermissionName): boolean {
  return (bits & permissionBits[name]) !== 0n;
}
