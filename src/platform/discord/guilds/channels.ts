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
import { requireId } from '../api/responses.ts';
import {
  type PermissionName,
  type RequiredPermissions,
  requiredPermissions,
} from './required-permissions.ts';

/** What matters of a channel to how a message should look in it. */
export interface ChannelInfo {
  /** People there are told of each message by its words: followers of an announcement channel, and who is written to. */
  readonly notifiesByText: boolean;
  /** Without Embed Links a message loses its embeds without an error. */
  readonly canEmbed: boolean;
  /** What we lack to write there, as the gateway shows it; `undefined` where it does not show that. */
  readonly missingPermissions?: readonly PermissionName[];
  /** What there is to know where it holds posts, and no messages of its own: a forum or a media channel. */
  readonly forum?: ForumInfo;
}

export interface ForumInfo {
  readonly guild: string;
  /** The tags that we may give to a post. */
  readonly tags: readonly { readonly id: string; readonly name: string }[];
  /** A post without a tag is refused. */
  readonly requiresTag: boolean;
  /** False where we are known not to: posts are emptied then. */
  readonly canDelete: boolean;
}

/** What is known of channels: from the gateway where it is connected, else asked for once. */
export interface ChannelDirectory {
  /** From what is there already; `undefined` where nothing is. */
  cached(id: string): ChannelInfo | undefined;
  /** The same, asking Discord where that must be. `undefined` where Discord gives no answer. */
  lookUp(id: string): Promise<ChannelInfo | undefined>;
  /** False where the gateway shows that the server has no such role any more, and for everybody's, which has the server's id. */
  mayHaveRole(id: string, role: string): boolean;
}

const QUIET_TYPES: ReadonlySet<number> = new Set([
  ChannelType.GuildText,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
]);

export function createChannelDirectory(rest: REST, client: () => Client | undefined): ChannelDirectory {
  const asked = new Map<string, ChannelInfo>();

  function known(id: string): ChannelInfo | undefined {
    const channel = client()?.channels.cache.get(id);
    if (!channel) return asked.get(id);
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
    cached: known,
    mayHaveRole(id, role) {
      const channel = client()?.channels.cache.get(id);
      if (!channel || channel.isDMBased()) return true;
      return role !== channel.guildId && (!isUpToDate(channel) || channel.guild.roles.cache.has(role));
    },
    async lookUp(id) {
      const found = known(id);
      if (found) return found;
      try {
        const channel = await rest.get(Routes.channel(id));
        requireId(channel, 'channel');
        const found = channel as APIChannel;
        const forum =
          'available_tags' in found && Array.isArray(found.available_tags)
            ? { forum: fetchedForum(found) }
            : {};
        asked.set(id, { notifiesByText: !QUIET_TYPES.has(found.type), canEmbed: true, ...forum });
      } catch {
        // The send that follows meets the same trouble, and says what is to be done about it.
        return undefined;
      }
      return asked.get(id);
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

/** As Discord answers to who asks; what we may do there it does not say. */
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

/** Whether changes are told: not while the gateway is away, or the server in an outage. */
function isUpToDate({ guild }: GuildBasedChannel): boolean {
  return guild.available && guild.shard.status === Status.Ready;
}

function missingFrom(needs: RequiredPermissions, permissions: Permissions): readonly PermissionName[] {
  return (Object.entries(needs) as [PermissionName, bigint][])
    .filter(([, bit]) => !permissions.has(bit))
    .map(([name]) => name);
}
