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
import { idOf } from './answer.ts';
import { type Needs, needsOf, type PermissionName } from './kinds.ts';

/** What matters of a channel to how a message should look in it. */
export interface Channel {
  /** People there are told of each message by its words: followers of an announcement channel, and who is written to. */
  readonly notifies: boolean;
  /** Without Embed Links a message loses its embeds without an error. */
  readonly mayEmbed: boolean;
  /** What we lack to write there, as the gateway shows it; `undefined` where it does not show that. */
  readonly missing?: readonly PermissionName[];
  /** What there is to know where it holds posts, and no messages of its own: a forum or a media channel. */
  readonly forum?: Forum;
}

export interface Forum {
  readonly guild: string;
  /** The tags that we may give to a post. */
  readonly tags: readonly { readonly id: string; readonly name: string }[];
  /** A post without a tag is refused. */
  readonly needsTag: boolean;
  /** False where we are known not to: posts are emptied then. */
  readonly mayDelete: boolean;
}

/** What is known of channels: from the gateway where it is connected, else asked for once. */
export interface Channels {
  /** From what is there already; `undefined` where nothing is. */
  known(id: string): Channel | undefined;
  /** The same, asking Discord where that must be. `undefined` where Discord gives no answer. */
  about(id: string): Promise<Channel | undefined>;
  /** False where the gateway shows that the server has no such role any more, and for everybody's, which has the server's id. */
  mayHaveRole(id: string, role: string): boolean;
}

const QUIET: ReadonlySet<number> = new Set([
  ChannelType.GuildText,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
]);

export function createChannels(rest: REST, client: () => Client | undefined): Channels {
  const asked = new Map<string, Channel>();

  function known(id: string): Channel | undefined {
    const channel = client()?.channels.cache.get(id);
    if (!channel) return asked.get(id);
    const notifies = !QUIET.has(channel.type);
    if (channel.isDMBased()) return { notifies, mayEmbed: true };
    const permissions = permissionsIn(channel);
    if (!permissions) return { notifies, mayEmbed: true };
    const needs = isCurrent(channel) ? needsOf(channel.type) : undefined;
    return {
      notifies,
      mayEmbed: permissions.has(PermissionFlagsBits.EmbedLinks),
      ...(needs && { missing: lacking(needs, permissions) }),
      ...(channel.isThreadOnly() && { forum: forumOf(channel, permissions) }),
    };
  }

  return {
    known,
    mayHaveRole(id, role) {
      const channel = client()?.channels.cache.get(id);
      if (!channel || channel.isDMBased()) return true;
      return role !== channel.guildId && (!isCurrent(channel) || channel.guild.roles.cache.has(role));
    },
    async about(id) {
      const found = known(id);
      if (found) return found;
      try {
        const channel = await rest.get(Routes.channel(id));
        idOf(channel, 'channel');
        const found = channel as APIChannel;
        const forum =
          'available_tags' in found && Array.isArray(found.available_tags)
            ? { forum: forumAsked(found) }
            : {};
        asked.set(id, { notifies: !QUIET.has(found.type), mayEmbed: true, ...forum });
      } catch {
        // The send that follows meets the same trouble, and says what is to be done about it.
        return undefined;
      }
      return asked.get(id);
    },
  };
}

type CachedForum = Extract<GuildBasedChannel, { readonly availableTags: unknown }>;

function forumOf({ guildId, availableTags, flags }: CachedForum, permissions: Permissions): Forum {
  const mayDelete = permissions.has(PermissionFlagsBits.ManageThreads);
  return {
    guild: guildId,
    tags: availableTags.filter(({ moderated }) => mayDelete || !moderated),
    needsTag: flags.has(ChannelFlags.RequireTag),
    mayDelete,
  };
}

/** As Discord answers to who asks; what we may do there it does not say. */
function forumAsked(asked: APIGuildForumChannel | APIGuildMediaChannel): Forum {
  return {
    guild: asked.guild_id ?? '',
    tags: asked.available_tags.filter(({ moderated }) => !moderated),
    needsTag: ((asked.flags ?? 0) & ChannelFlags.RequireTag) !== 0,
    mayDelete: true,
  };
}

type Permissions = Readonly<PermissionsBitField>;

function permissionsIn(channel: GuildBasedChannel): Permissions | null {
  const { me } = channel.guild.members;
  return me && channel.permissionsFor(me);
}

/** Whether changes are told: not while the gateway is away, or the server in an outage. */
function isCurrent({ guild }: GuildBasedChannel): boolean {
  return guild.available && guild.shard.status === Status.Ready;
}

function lacking(needs: Needs, permissions: Permissions): readonly PermissionName[] {
  return (Object.entries(needs) as [PermissionName, bigint][])
    .filter(([, bit]) => !permissions.has(bit))
    .map(([name]) => name);
}
