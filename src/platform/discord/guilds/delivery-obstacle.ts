import { ChannelFlags, ChannelType, type GuildBasedChannel, PermissionFlagsBits } from 'discord.js';
import type { Texts } from '../../../i18n/texts.ts';
import { requiredPermissions } from './required-permissions.ts';

const VOICE_TYPES: ReadonlySet<ChannelType> = new Set([ChannelType.GuildVoice, ChannelType.GuildStageVoice]);

/** Why a channel can't receive notes, whatever the permissions, and what to do about it; `undefined` if it can. */
export function deliveryObstacle(channel: GuildBasedChannel | null, { discord }: Texts): string | undefined {
  if (!channel) return discord.obstacles.hidden;
  const byType = typeObstacle(channel.type, discord);
  if (byType !== undefined) return byType;
  if (isLocked(channel)) return discord.fixes.locked;
  return channel.isThreadOnly() && lacksTag(channel) ? discord.fixes.tags : undefined;
}

/** Why channels of this type can't receive notes; `undefined` if they can. */
export function typeObstacle(type: ChannelType, { obstacles, fixes }: Texts['discord']): string | undefined {
  if (requiredPermissions(type)) return undefined;
  return VOICE_TYPES.has(type) ? obstacles.voice : fixes.kind;
}

/** A thread in which only members with Manage Threads may write, and the bot lacks that permission. */
export const isLocked = (channel: GuildBasedChannel): boolean =>
  channel.isThread() && channel.locked === true && !channel.manageable;

type ForumChannel = Extract<GuildBasedChannel, { readonly availableTags: unknown }>;

/** The forum requires a tag, and has none that the bot may apply. */
function lacksTag(forum: ForumChannel): boolean {
  if (!forum.flags.has(ChannelFlags.RequireTag)) return false;
  const { me } = forum.guild.members;
  const moderates = me !== null && forum.permissionsFor(me).has(PermissionFlagsBits.ManageThreads);
  return !forum.availableTags.some(({ moderated }) => moderates || !moderated);
}
