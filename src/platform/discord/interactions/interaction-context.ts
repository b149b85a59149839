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

/** The interactions that we answer: commands, buttons, selects and modals. */
export type ComponentInteraction = ButtonInteraction | AnySelectMenuInteraction;
export type UserInteraction = ChatInputCommandInteraction | ComponentInteraction | ModalSubmitInteraction;

const { MentionEveryone, SendMessages, SendMessagesInThreads, ReadMessageHistory } = PermissionFlagsBits;

export function chatOf(asked: UserInteraction, texts: Texts, askFacts: FetchRoles): Chat {
  const { channel } = asked;
  const isHere = isInstalledHere(asked);
  const isOurs = isPrivate(asked);
  // Direct messages have no permissions.
  const needs = isOurs
    ? {}
    : withReadHistory(isHere && channel ? requiredPermissions(channel.type) : undefined);
  const isElsewhere = isOurs || !isHere || (channel?.isDMBased() ?? false);
  const obstacle = isElsewhere ? undefined : deliveryObstacle(channel as GuildBasedChannel | null, texts);
  const own = {
    destination: destinationOf(interactionChannel(asked)),
    home: `discord:${asked.guildId ?? interactionChannel(asked)}`,
    kind: kindOf(asked),
    ...deliverability(needs, obstacle, () => asked.appPermissions, texts),
    ...(isHere && asked.guildLocale && { language: asked.guildLocale }),
  };
  const server = isHere && asked.inCachedGuild() ? guildAdminFor(asked, texts, askFacts) : undefined;
  return { ...own, ...(server && { server }) };
}

const withReadHistory = (needs: RequiredPermissions | undefined): RequiredPermissions | undefined =>
  needs && { ...needs, history: ReadMessageHistory };

/** The part that all channels share: whether notes can be delivered, in which styles, and which permissions are missing. */
function deliverability(
  needs: RequiredPermissions | undefined,
  obstacle: string | undefined,
  permissions: () => Readonly<PermissionsBitField> | null,
  texts: Texts,
): Pick<Chat, 'subscribable' | 'obstacle' | 'styleOptions' | 'missing'> {
  return {
    subscribable: needs !== undefined && obstacle === undefined,
    ...(obstacle !== undefined && { obstacle }),
    styleOptions: { styles: DISCORD_STYLES, longs: LONG_TEXT_MODES },
    missing: () =>
      Promise.resolve(
        Object.entries(needs ?? {})
          .filter(([, bit]) => !permissions()?.has(bit))
          .map(([name]) => texts.discord.permissions[name as PermissionName]),
      ),
  };
}

/** All our interactions come from a channel. */
const interactionChannel = ({ channelId }: UserInteraction): string => channelId ?? '';

type AskedInGuild = UserInteraction & { readonly guild: Guild; readonly member: GuildMember };

/** For the channel of the interaction, or for another one of the server (`elsewhere`). */
function guildAdminFor(
  asked: AskedInGuild,
  texts: Texts,
  askFacts: FetchRoles,
  elsewhere?: GuildBasedChannel,
): Server {
  const { guild, member } = asked;
  const permissions = elsewhere ? elsewhere.permissionsFor(member) : asked.memberPermissions;
  return guildAdminOf({
    guild,
    rest: asked.client.rest,
    askFacts,
    asker: {
      user: asked.user.id,
      roles: [...member.roles.cache.keys()],
      mentionsAll: permissions?.has(MentionEveryone) ?? false,
    },
    isPublished: (elsewhere ?? asked.channel)?.type === ChannelType.GuildAnnouncement,
    placeAt(id) {
      const channel = guild.channels.cache.get(id);
      return channel && chatIn(channel, guildAdminFor(asked, texts, askFacts, channel), texts);
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

export function userOf(asked: UserInteraction): User {
  const manages = asked.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? isPrivate(asked);
  return {
    id: `discord:${asked.user.id}`,
    manages,
    language: asked.locale,
    inbox: inboxOf(asked.user.id),
  };
}

/** The user may write in the channel. If the channel is unknown, either permission counts. */
export function canWrite({ channel, memberPermissions }: UserInteraction): boolean {
  if (!memberPermissions) return true;
  if (!channel) return memberPermissions.any([SendMessages, SendMessagesInThreads]);
  return memberPermissions.has(channel.isThread() ? SendMessagesInThreads : SendMessages);
}

/** Direct messages with the bot, where nobody else can read. */
export function isPrivate(asked: UserInteraction): boolean {
  return asked.context === InteractionContextType.BotDM;
}

function kindOf(asked: UserInteraction): Chat['kind'] {
  if (isPrivate(asked)) return 'private';
  return asked.channel?.type === ChannelType.GuildAnnouncement ? 'channel' : 'group';
}

/** False if only the user has installed the app: then it may answer, and nothing else. */
export function isInstalledHere(asked: UserInteraction): boolean {
  return asked.guildId !== null && asked.authorizingIntegrationOwners.guildId === asked.guildId;
}
