import {
  type AnySelectMenuInteraction,
  type ButtonInteraction,
  ChannelType,
  type ChatInputCommandInteraction,
  type Guild,
  type GuildBasedChannel,
  type GuildMember,
  InteractionContextType,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
  type PermissionsBitField,
} from 'discord.js';
import type { Chat, Server, User } from '../../../command/chat.ts';
import type { Texts } from '../../../i18n/texts.ts';
import { LONG_TEXT_MODES } from '../../style-spec.ts';
import { destinationOf, inboxOf } from '../destinations.ts';
import { deliveryObstacle } from '../guilds/delivery-obstacle.ts';
import { guildAdminOf } from '../guilds/guild-admin.ts';
import {
  type PermissionName,
  type RequiredPermissions,
  requiredPermissions,
} from '../guilds/required-permissions.ts';
import type { FetchRoles } from '../guilds/role-facts.ts';
import { DISCORD_STYLES } from '../styles.ts';

/** The interactions that the bot handles: commands, buttons, selects and modals. */
export type ComponentInteraction = ButtonInteraction | AnySelectMenuInteraction;
export type UserInteraction = ChatInputCommandInteraction | ComponentInteraction | ModalSubmitInteraction;

const { MentionEveryone, SendMessages, SendMessagesInThreads, ReadMessageHistory } = PermissionFlagsBits;

export function chatOf(interaction: UserInteraction, texts: Texts, fetchRoles: FetchRoles): Chat {
  const { channel } = interaction;
  const isHere = isInstalledHere(interaction);
  const isDm = isPrivate(interaction);
  // Direct messages have no permissions.
  const needs = isDm
    ? {}
    : withReadHistory(isHere && channel ? requiredPermissions(channel.type) : undefined);
  const isElsewhere = isDm || !isHere || (channel?.isDMBased() ?? false);
  const obstacle = isElsewhere ? undefined : deliveryObstacle(channel as GuildBasedChannel | null, texts);
  const chat = {
    destination: destinationOf(interactionChannel(interaction)),
    home: `discord:${interaction.guildId ?? interactionChannel(interaction)}`,
    kind: kindOf(interaction),
    ...deliverability(needs, obstacle, () => interaction.appPermissions, texts),
    ...(isHere && interaction.guildLocale && { language: interaction.guildLocale }),
  };
  const server =
    isHere && interaction.inCachedGuild() ? guildAdminFor(interaction, texts, fetchRoles) : undefined;
  return { ...chat, ...(server && { server }) };
}

const withReadHistory = (needs: RequiredPermissions | undefined): RequiredPermissions | undefined =>
  needs && { ...needs, history: ReadMessageHistory };

/** Whether notes can be delivered to a channel, in which styles, and which permissions are missing. */
function deliverability(
  needs: RequiredPermissions | undefined,
  obstacle: string | undefined,
  permissions: () => Readonly<PermissionsBitField> | null,
  texts: Texts,
): Pick<Chat, 'subscribable' | 'obstacle' | 'styleOptions' | 'missingPermissions'> {
  return {
    subscribable: needs !== undefined && obstacle === undefined,
    ...(obstacle !== undefined && { obstacle }),
    styleOptions: { styles: DISCORD_STYLES, longTextModes: LONG_TEXT_MODES },
    missingPermissions: () =>
      Promise.resolve(
        Object.entries(needs ?? {})
          .filter(([, bit]) => !permissions()?.has(bit))
          .map(([name]) => texts.discord.permissions[name as PermissionName]),
      ),
  };
}

/** All interactions that the bot handles come from a channel. */
const interactionChannel = ({ channelId }: UserInteraction): string => channelId ?? '';

type GuildInteraction = UserInteraction & { readonly guild: Guild; readonly member: GuildMember };

/** For the channel of the interaction, or for another channel of its server (`elsewhere`). */
function guildAdminFor(
  interaction: GuildInteraction,
  texts: Texts,
  fetchRoles: FetchRoles,
  elsewhere?: GuildBasedChannel,
): Server {
  const { guild, member } = interaction;
  const permissions = elsewhere ? elsewhere.permissionsFor(member) : interaction.memberPermissions;
  return guildAdminOf({
    guild,
    rest: interaction.client.rest,
    fetchRoles,
    chooser: {
      user: interaction.user.id,
      roles: [...member.roles.cache.keys()],
      mentionsAll: permissions?.has(MentionEveryone) ?? false,
    },
    isPublished: (elsewhere ?? interaction.channel)?.type === ChannelType.GuildAnnouncement,
    placeAt(id) {
      const channel = guild.channels.cache.get(id);
      return channel && chatIn(channel, guildAdminFor(interaction, texts, fetchRoles, channel), texts);
    },
  });
}

function chatIn(channel: GuildBasedChannel, server: Server, texts: Texts): Chat {
  const permissions = () => channel.guild.members.me && channel.permissionsFor(channel.guild.members.me);
  return {
    destination: destinationOf(channel.id),
    home: `discord:${channel.guildId}`,
    kind: channel.type === ChannelType.GuildAnnouncement ? 'channel' : 'group',
    ...deliverability(
      withReadHistory(requiredPermissions(channel.type)),
      deliveryObstacle(channel, texts),
      permissions,
      texts,
    ),
    language: channel.guild.preferredLocale,
    server,
  };
}

export function userOf(interaction: UserInteraction): User {
  const isManager =
    interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? isPrivate(interaction);
  return {
    id: `discord:${interaction.user.id}`,
    isManager,
    language: interaction.locale,
    inbox: inboxOf(interaction.user.id),
  };
}

/** The user may write in the channel. If its type is unknown, either permission counts. */
export function canWrite({ channel, memberPermissions }: UserInteraction): boolean {
  if (!memberPermissions) return true;
  if (!channel) return memberPermissions.any([SendMessages, SendMessagesInThreads]);
  return memberPermissions.has(channel.isThread() ? SendMessagesInThreads : SendMessages);
}

/** In direct messages with the bot, which nobody else can read. */
export function isPrivate(interaction: UserInteraction): boolean {
  return interaction.context === InteractionContextType.BotDM;
}

function kindOf(interaction: UserInteraction): Chat['kind'] {
  if (isPrivate(interaction)) return 'private';
  return interaction.channel?.type === ChannelType.GuildAnnouncement ? 'channel' : 'group';
}

/** False if only the user has installed the app; then it may respond to interactions and nothing else. */
export function isInstalledHere(interaction: UserInteraction): boolean {
  return (
    interaction.guildId !== null && interaction.authorizingIntegrationOwners.guildId === interaction.guildId
  );
}
