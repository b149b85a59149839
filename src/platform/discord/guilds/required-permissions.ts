import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import type { Texts } from '../../../i18n/texts.ts';

const { ViewChannel, SendMessages, SendMessagesInThreads } = PermissionFlagsBits;
export type PermissionName = keyof Texts['discord']['permissions'];
export type RequiredPermissions = Readonly<Partial<Record<PermissionName, bigint>>>;

const IN_CHANNELS: RequiredPermissions = { view: ViewChannel, write: SendMessages };
const IN_THREADS: RequiredPermissions = { view: ViewChannel, writeInThreads: SendMessagesInThreads };

/** Creating posts requires Send Messages, which Discord's client calls Create Posts in forums. */
const IN_FORUMS: RequiredPermissions = {
  view: ViewChannel,
  posts: SendMessages,
  writeInPosts: SendMessagesInThreads,
};

/** The channel types that notes can be delivered to, with the permissions required. */
const REQUIRED_PERMISSIONS: Readonly<Partial<Record<ChannelType, RequiredPermissions>>> = {
  [ChannelType.GuildText]: IN_CHANNELS,
  [ChannelType.GuildAnnouncement]: IN_CHANNELS,
  [ChannelType.PublicThread]: IN_THREADS,
  [ChannelType.PrivateThread]: IN_THREADS,
  [ChannelType.AnnouncementThread]: IN_THREADS,
  [ChannelType.GuildForum]: IN_FORUMS,
  [ChannelType.GuildMedia]: IN_FORUMS,
};

/** `undefined` if notes can't be delivered to this type of channel. */
export function requiredPermissions(type: ChannelType): RequiredPermissions | undefined {
  return REQUIRED_PERMISSIONS[type];
}

/** Channel types that notes can be delivered to. */
export const DELIVERABLE_TYPES: readonly ChannelType[] = Object.keys(REQUIRED_PERMISSIONS).map(Number);
