import {
  type APIChannel,
  type APIGuildForumChannel,
  type APIGuildMediaChannel,
  ChannelFlags,
  ChannelType,
  type Client,
  type GuildBasedChannel,
  PermissionFlagsBits,
  type PermissionsBitField,
  type REST,
  Routes,
  Status,
} from 'discord.js';
import { LRUCache } from 'lru-cache';
import { requireId } from '../api/responses.ts';
import {
  type PermissionName,
  type RequiredPermissions,
  requiredPermissions,
} from './required-permissions.ts';

/** What sending to a channel depends on. */
export interface ChannelInfo {
  /** Every message notifies people and shows them its text, as in announcement channels and direct messages. */
  readonly notifiesByText: boolean;
  /** Without Embed Links, Discord drops embeds from a message without an error. */
  readonly canEmbed: boolean;
  /** Permissions that the bot needs to write there but lacks; `undefined` while the gateway can't tell. */
  readonly missingPermissions?: readonly PermissionName[];
  /** Set for forums and media channels, which contain posts instead of messages. */
  readonly forum?: ForumInfo;
}

export interface ForumInfo {
  readonly guild: string;
  /** Only tags that the bot may apply. */
  readonly tags: readonly { readonly id: string; readonly name: string }[];
  /** Discord refuses posts without a tag. */
  readonly requiresTag: boolean;
  /** False if the bot is known to lack the permission to delete posts. */
  readonly canDelete: boolean;
}

/** Channels as the gateway reports them; others are fetched once. */
export interface ChannelDirectory {
  /** Makes no request; `undefined` if unknown. */
  cached(id: string): ChannelInfo | undefined;
  /** Fetches the channel if necessary; `undefined` if that fails. */
  lookUp(id: string): Promise<ChannelInfo | undefined>;
  /** False if the gateway shows that the role was deleted. Also false for @everyone, whose id is the server's. */
  mayHaveRole(id: string, role: string): boolean;
}

/** Channel types in which most members are notified of mentions only. */
const QUIET_TYPES: ReadonlySet<number> = new Set([
  ChannelType.GuildText,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
]);

const MAX_FETCHED = 10_000;

export function createChannelDirectory(rest: REST, client: () => Client | undefined): ChannelDirectory {
  const fetched = new LRUCache<string, ChannelInfo>({ max: MAX_FETCHED });

  function cached(id: string): ChannelInfo | undefined {
    const channel = client()?.channels.cache.get(id);
    if (!channel) return fetched.get(id);
    const notifiesByText = !QUIET_TYPES.has(channel.type);
    if (channel.isDMBased()) return { notifiesByText, canEmbed: true };
    const permissions = ownPermissions(channel);
    if (!permissions) return { notifiesByText, canEmbed: true };
    const needs = isUpToDate(channel) ? requiredPermissions(channel.type) : undefined;
    return {
      notifiesByText,
      canEmbed: permissions.has(PermissionFlagsBits.EmbedLinks),
      ...(needs && { missingPermissions: missingFrom(needs, permissions) }),
      ...(channel.isThreadOnly() && { forum: cachedForum(channel, permissions) }),
    };
  }

  return {
    cached,
    mayHaveRole(id, role) {
      const channel = client()?.channels.cache.get(id);
      if (!channel || channel.isDMBased()) return true;
      return role !== channel.guildId && (!isUpToDate(channel) || channel.guild.roles.cache.has(role));
    },
    async lookUp(id) {
      const known = cached(id);
      if (known) return known;
      try {
        const channel = await rest.get(Routes.channel(id));
        requireId(channel, 'channel');
        const response = channel as APIChannel;
        const forum =
          'available_tags' in response && Array.isArray(response.available_tags)
            ? { forum: fetchedForum(response) }
            : {};
        fetched.set(id, { notifiesByText: !QUIET_TYPES.has(response.type), canEmbed: true, ...forum });
      } catch {
        // The send that follows will fail as well and report why.
        return undefined;
      }
      return fetched.get(id);
    },
  };
}

type CachedForum = Extract<GuildBasedChannel, { readonly availableTags: unknown }>;

function cachedForum({ guildId, availableTags, flags }: CachedForum, permissions: Permissions): ForumInfo {
  const canDelete = permissions.has(PermissionFlagsBits.ManageThreads);
  return {
    guild: guildId,
    tags: availableTags.filter(({ moderated }) => canDelete || !moderated),
    requiresTag: flags.has(ChannelFlags.RequireTag),
    canDelete,
  };
}

/** The REST API doesn't report the bot's permissions in the channel. */
function fetchedForum(channel: APIGuildForumChannel | APIGuildMediaChannel): ForumInfo {
  return {
    guild: channel.guild_id ?? '',
    tags: channel.available_tags.filter(({ moderated }) => !moderated),
    requiresTag: ((channel.flags ?? 0) & ChannelFlags.RequireTag) !== 0,
    canDelete: true,
  };
}

type Permissions = Readonly<PermissionsBitField>;

function ownPermissions(channel: GuildBasedChannel): Permissions | null {
  const { me } = channel.guild.members;
  return me && channel.permissionsFor(me);
}

/** Changes are being reported: the shard is connected and the server isn't in an outage. */
function isUpToDate({ guild }: GuildBasedChannel): boolean {
  return guild.available && guild.shard.status === Status.Ready;
}

function missingFrom(needs: RequiredPermissions, permissions: Permissions): readonly PermissionName[] {
  return (Object.entries(needs) as [PermissionName, bigint][])
    .filter(([, bit]) => !permissions.has(bit))
    .map(([name]) => name);
}
