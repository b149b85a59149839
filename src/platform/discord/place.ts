import {
  type ButtonInteraction,
  ChannelType,
  type ChatInputCommandInteraction,
  InteractionContextType,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
} from 'discord.js';
import type { Asker, Place } from '../../command/invocation.ts';
import type { Texts } from '../../text/texts.ts';
import { LONGS } from '../variant.ts';
import { destinationOf, inboxOf } from './destination.ts';
import { DISCORD_STYLES } from './styles.ts';

export type Asked = ChatInputCommandInteraction | ButtonInteraction | ModalSubmitInteraction;

const { ViewChannel, SendMessages, SendMessagesInThreads, ReadMessageHistory } = PermissionFlagsBits;
export type PermissionName = keyof Texts['discord']['permissions'];
export type Needs = Readonly<Partial<Record<PermissionName, bigint>>>;

const IN_CHANNELS: Needs = { view: ViewChannel, write: SendMessages };
const IN_THREADS: Needs = { view: ViewChannel, writeInThreads: SendMessagesInThreads };

/** There those who open a post need what elsewhere is Send Messages, under another name. */
const IN_FORUMS: Needs = { view: ViewChannel, posts: SendMessages, writeInPosts: SendMessagesInThreads };

/** The kinds of channel that notes can be delivered to, with what that takes. */
const NEEDS: Readonly<Partial<Record<ChannelType, Needs>>> = {
  [ChannelType.GuildText]: IN_CHANNELS,
  [ChannelType.GuildAnnouncement]: IN_CHANNELS,
  [ChannelType.PublicThread]: IN_THREADS,
  [ChannelType.PrivateThread]: IN_THREADS,
  [ChannelType.AnnouncementThread]: IN_THREADS,
  [ChannelType.GuildForum]: IN_FORUMS,
  [ChannelType.GuildMedia]: IN_FORUMS,
};

/** What writing in a kind of channel takes; nothing where notes can't be delivered to it. */
export function needsOf(type: ChannelType): Needs | undefined {
  return NEEDS[type];
}

export function placeOf(asked: Asked, texts: Texts): Place {
  const { channel } = asked;
  const writing = installedHere(asked) && channel ? needsOf(channel.type) : undefined;
  // In a private chat there are no permissions to lack.
  const needs: Needs | undefined = isPrivate(asked)
    ? {}
    : writing && { ...writing, history: ReadMessageHistory };
  return {
    destination: destinationOf(channelIn(asked)),
    home: `discord:${asked.guildId ?? channelIn(asked)}`,
    kind: kindOf(asked),
    subscribable: needs !== undefined,
    looks: { styles: DISCORD_STYLES, longs: LONGS },
    missing: () =>
      Promise.resolve(
        Object.entries(needs ?? {})
          .filter(([, bit]) => !asked.appPermissions.has(bit))
          .map(([name]) => texts.discord.permissions[name as PermissionName]),
      ),
  };
}

/** Every interaction of ours comes from a channel. */
export const channelIn = ({ channelId }: Asked): string => channelId ?? '';

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
