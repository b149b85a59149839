import { ChannelFlags, ChannelType, type GuildBasedChannel, PermissionFlagsBits } from 'discord.js';
import type { Texts } from '../../../i18n/texts.ts';
import { requiredPermissions } from './required-permissions.ts';

const VOICES: ReadonlySet<ChannelType> = new Set([ChannelType.GuildVoice, ChannelType.GuildStageVoice]);

/** Why a channel can't receive notes with any permission, and what to do about it; `undefined` if it can. */
export function deliveryObstacle(channel: GuildBasedChannel | null, { discord }: Texts): string | undefined {
  if (!channel) return discord.obstacles.hidden;
  const byType = typeObstacle(channel.type, discord);
  if (byType !== undefined) return byType;
  if (isLocked(channel)) return discord.fixes.locked;
  return channel.isThreadOnly() && lacksTag(channel) ? discord.fixes.tags : undefined;
}

/** Why no channel of a type can receive notes; `undefined` if those of this type can. */
export function typeObstacle(type: ChannelType, { obstacles, fixes }: Texts['discord']): string | undefined {
  if (requiredPermissions(type)) return undefined;
  return VOICES.has(type) ? obstacles.voice : fixes.kind;
}

/** A thread in which only members with Manage Threads may write, which we lack. */
export const isLocked = (channel: GuildBasedChannel): boolean =>
  channel.isThread() && channel.locked === true && !channel.manageable;

type ForumChannel = Extract<GuildBasedChannel, { readonly availableTags: unknown }>;

/** The forum requires a tag, and there is none that we may apply. */
function lacksTag(forum: ForumChannel): boolean {
  if (!forum.flags.has(ChannelFlags.RequireTag)) return false;
  const { me } = forum.guild.members;
  const moderates = me !== null && forum.permissionsFor(me).has(PermissionFlagsBits.ManageThreads);
  return !forum.availableTags.some(({ moderated }) => moderates || !moderated);
}
