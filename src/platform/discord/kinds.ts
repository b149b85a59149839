import { ChannelType, PermissionFlagsBits } from 'discord.js';
import type { Texts } from '../../text/texts.ts';

const { ViewChannel, SendMessages, SendMessagesInThreads } = PermissionFlagsBits;
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

/** The kinds of channel that notes can be delivered to. */
export const DELIVERABLE: readonly ChannelType[] = Object.keys(NEEDS).map(Number);
