import type { Context } from '../context.ts';
import { permissions } from '../world/flags.ts';
import type { Channel, User } from '../world/model.ts';
import { guildPermissions, may, permissionsIn } from '../world/permissions.ts';
import type { InteractionInput } from './interactions.ts';
import type { RegisteredCommand } from './registered-commands.ts';

/** Interaction Context Types. */
export const CONTEXT = { guild: 0, botDm: 1 } as const;
const INSTALL = { guild: 0, user: 1 } as const;

/** `authorizing_integration_owners`: the guild (`0` in direct messages) and the user that installed the app. */
export type Owners = { [INSTALL.guild]?: string; [INSTALL.user]?: string };

/** Who installed the command here; empty if it is not offered. */
export function installOwners(
  command: RegisteredCommand,
  channel: Channel,
  user: User,
  context: Context,
): Owners {
  const owners: Owners = {};
  const { guild } = channel;
  const here = guild ? CONTEXT.guild : CONTEXT.botDm;
  if (command.contexts && !command.contexts.includes(here)) return owners;
  const sharesGuild = [...context.world.guilds.values()].some(
    ({ installed, members }) => installed && members.has(user.id),
  );
  if (command.integration_types.includes(INSTALL.guild) && (guild ? guild.installed : sharesGuild))
    owners[INSTALL.guild] = guild ? guild.id : '0';
  if (command.integration_types.includes(INSTALL.user) && user.installed) owners[INSTALL.user] = user.id;
  return owners;
}

/** `default_member_permissions` hide a command from members who lack one of them; not in direct messages. */
function isShown(command: RegisteredCommand, { guild }: Channel, user: User): boolean {
  const wanted = command.default_member_permissions;
  if (wanted === null || !guild) return true;
  const bits = guildPermissions(guild, user);
  if (may(bits, 'Administrator')) return true;
  return wanted !== '0' && (bits & BigInt(wanted)) === BigInt(wanted);
}

/** Whose install a button in a message belongs to. */
export function messageInstallOwners({ guild }: Channel, user: User): Owners {
  if (!guild) return { [INSTALL.guild]: '0' };
  return guild.installed ? { [INSTALL.guild]: guild.id } : { [INSTALL.user]: user.id };
}

/** The guild's own commands come first. */
export function visibleCommands(
  channel: Channel,
  user: User,
  context: Context,
): readonly RegisteredCommand[] {
  const own = channel.guild ? context.commands.list(channel.guild.id) : [];
  return [...own, ...context.commands.list(undefined)].filter(
    (command) =>
      isShown(command, channel, user) &&
      Object.keys(installOwners(command, channel, user, context)).length > 0,
  );
}

/** An app's permissions with a user install only. */
const USER_INSTALL_PERMISSIONS = permissions(
  'AttachFiles',
  'EmbedLinks',
  'MentionEveryone',
  'UseExternalEmojis',
);

/** The app's permissions, and its limits with a user install only. */
export function appCapabilities(
  channel: Channel,
  user: User,
  owners: Owners,
  { world, clock }: Context,
): Pick<InteractionInput, 'appBits' | 'userInstallOnly' | 'forcedEphemeral'> {
  const userInstallOnly = channel.guild !== undefined && owners[INSTALL.guild] === undefined;
  const userBits = permissionsIn(channel, user, clock.now());
  return {
    userInstallOnly,
    appBits: userInstallOnly
      ? userBits & USER_INSTALL_PERMISSIONS
      : permissionsIn(channel, world.bot, clock.now()),
    forcedEphemeral: userInstallOnly && !may(userBits, 'UseExternalApps'),
  };
}
