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
import type { Asker, Place, Server } from '../../command/invocation.ts';
import type { Texts } from '../../text/texts.ts';
import { LONGS } from '../variant.ts';
import { destinationOf, inboxOf } from './destination.ts';
import { type Needs, needsOf, type PermissionName } from './kinds.ts';
import { obstacleIn } from './obstacle.ts';
import type { AskFacts } from './role-facts.ts';
import { serverOf } from './server.ts';
import { DISCORD_STYLES } from './styles.ts';

/** Something that somebody asks: a command, a button, or something chosen. */
export type Pressed = ButtonInteraction | AnySelectMenuInteraction;
export type Asked = ChatInputCommandInteraction | Pressed | ModalSubmitInteraction;

const { MentionEveryone, SendMessages, SendMessagesInThreads, ReadMessageHistory } = PermissionFlagsBits;

export function placeOf(asked: Asked, texts: Texts, askFacts: AskFacts): Place {
  const { channel } = asked;
  const isHere = installedHere(asked);
  const isOurs = isPrivate(asked);
  // In a private chat there are no permissions to lack.
  const needs = isOurs ? {} : needsHere(isHere && channel ? needsOf(channel.type) : undefined);
  const isElsewhere = isOurs || !isHere || (channel?.isDMBased() ?? false);
  const obstacle = isElsewhere ? undefined : obstacleIn(channel as GuildBasedChannel | null, texts);
  const own = {
    destination: destinationOf(channelIn(asked)),
    home: `discord:${asked.guildId ?? channelIn(asked)}`,
    kind: kindOf(asked),
    ...takes(needs, obstacle, () => asked.appPermissions, texts),
    ...(isHere && asked.guildLocale && { language: asked.guildLocale }),
  };
  const server = isHere && asked.inCachedGuild() ? serverFor(asked, texts, askFacts) : undefined;
  return { ...own, ...(server && { server }) };
}

const needsHere = (needs: Needs | undefined): Needs | undefined =>
  needs && { ...needs, history: ReadMessageHistory };

/** What is the same of every place: whether notes can be delivered there, how they look, and what that lacks. */
function takes(
  needs: Needs | undefined,
  obstacle: string | undefined,
  permissions: () => Readonly<PermissionsBitField> | null,
  texts: Texts,
): Pick<Place, 'subscribable' | 'obstacle' | 'looks' | 'missing'> {
  return {
    subscribable: needs !== undefined && obstacle === undefined,
    ...(obstacle !== undefined && { obstacle }),
    looks: { styles: DISCORD_STYLES, longs: LONGS },
    missing: () =>
      Promise.resolve(
        Object.entries(needs ?? {})
          .filter(([, bit]) => !permissions()?.has(bit))
          .map(([name]) => texts.discord.permissions[name as PermissionName]),
      ),
  };
}

/** Every interaction of ours comes from a channel. */
export const channelIn = ({ channelId }: Asked): string => channelId ?? '';

type AskedInGuild = Asked & { readonly guild: Guild; readonly member: GuildMember };

/** The server, as it is asked from there or (`elsewhere`) for another channel of it. */
function serverFor(
  asked: AskedInGuild,
  texts: Texts,
  askFacts: AskFacts,
  elsewhere?: GuildBasedChannel,
): Server {
  const { guild, member } = asked;
  const permissions = elsewhere ? elsewhere.permissionsFor(member) : asked.memberPermissions;
  return serverOf({
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
      return channel && placeIn(channel, serverFor(asked, texts, askFacts, channel), texts);
    },
  });
}

function placeIn(channel: GuildBasedChannel, server: Server, texts: Texts): Place {
  const permissions = () => channel.guild.members.me && channel.permissionsFor(channel.guild.members.me);
  return {
    destination: destinationOf(channel.id),
    home: `discord:${channel.guildId}`,
    kind: channel.type === ChannelType.GuildAnnouncement ? 'channel' : 'group',
    ...takes(needsHere(needsOf(channel.type)), obstacleIn(channel, texts), permissions, texts),
    language: channel.guild.preferredLocale,
    server,
  };
}

export function askerOf(asked: Asked): Asker {
  const manages = asked.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? isPrivate(asked);
  return {
    id: `discord:${asked.user.id}`,
    manages,
    language: asked.locale,
    inbox: inboxOf(asked.user.id),
  };
}

/** Whether the asker may write there too. Of a channel that is not known here, either permission will do. */
export function mayWrite({ channel, memberPermissions }: Asked): boolean {
  if (!memberPermissions) return true;
  if (!channel) return memberPermissions.any([SendMessages, SendMessagesInThreads]);
  return memberPermissions.has(channel.isThread() ? SendMessagesInThreads : SendMessages);
}

/** The one place where nobody else reads along: the chat of one person with the bot. */
export function isPrivate(asked: Asked): boolean {
  return asked.context === InteractionContextType.BotDM;
}

function kindOf(asked: Asked): Place['kind'] {
  if (isPrivate(asked)) return 'private';
  return asked.channel?.type === ChannelType.GuildAnnouncement ? 'channel' : 'group';
}

/** False where only the asker has installed the app: then it may answer, and nothing else. */
export function installedHere(asked: Asked): boolean {
  return asked.guildId !== null && asked.authorizingIntegrationOwners.guildId === asked.guildId;
}
