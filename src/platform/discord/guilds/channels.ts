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
  /** People are notified of every message with its text: in announcement channels and direct messages. */
  readonly notifiesByText: boolean;
  /** Without Embed Links, Discord drops embeds from a message without an error. */
  readonly canEmbed: boolean;
  /** Permissions we lack to write there; `undefined` while the gateway can't tell. */
  readonly missingPermissions?: readonly PermissionName[];
  /** Set for forums and media channels, which contain posts instead of messages. */
  readonly forum?: ForumInfo;
}

export interface ForumInfo {
  readonly guild: string;
  /** Those that we may apply. */
  readonly tags: readonly { readonly id: string; readonly name: string }[];
  /** Discord refuses posts without a tag. */
  readonly requiresTag: boolean;
  /** False if we are known to lack the permission to delete posts. */
  readonly canDelete: boolean;
}

/** Channels as the gateway shows them. Others are fetched once. */
export interface ChannelDirectory {
  /** Without asking Discord; `undefined` if unknown. */
  cached(id: string): ChannelInfo | undefined;
  /** Asks Discord if necessary; `undefined` if it doesn't answer. */
  lookUp(id: string): Promise<ChannelInfo | undefined>;
  /** False if the gateway shows that the role was deleted, and for @everyone, whose id is the server's. */
  mayHaveRole(id: string, role: string): boolean;
}

/** Most members are notified of mentions only. */
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
        const found = channel as APIChannel;
        const forum =
          'available_tags' in found && Array.isArray(found.available_tags)
            ? { forum: fetchedForum(found) }
            : {};
        fetched.set(id, { notifiesByText: !QUIET_TYPES.has(found.type), canEmbed: true, ...forum });
      } catch {
        // The send that follows fails, too, and reports why.
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

/** The REST API doesn't say what we may do there. */
function fetchedForum(asked: APIGuildForumChannel | APIGuildMediaChannel): ForumInfo {
  return {
    guild: asked.guild_id ?? '',
    tags: asked.available_tags.filter(({ moderated }) => !moderated),
    requiresTag: ((asked.flags ?? 0) & ChannelFlags.RequireTag) !== 0,
    canDelete: true,
  };
}

type Permissions = Readonly<PermissionsBitField>;

function ownPermissions(channel: GuildBasedChannel): Permissions | null {
  const { me } = channel.guild.members;
  return me && channel.permissionsFor(me);
}

/** Changes arrive: the shard is connected, and the server is not in an outage. */
function isUpToDate({ guild }: GuildBasedChannel): boolean {
  return guild.available && guild.shard.status === Status.Ready;
}

function missingFrom(needs: RequiredPermissions, permissions: Permissions): readonly PermissionName[] {
  return (Object.entries(needs) as [PermissionName, bigint][])
    .filter(([, bit]) => !permissions.has(bit))
    .map(([name]) => name);
}
