import {
  ChannelType,
  type Client,
  type GuildBasedChannel,
  PermissionFlagsBits,
  type PermissionsBitField,
  type REST,
  Routes,
  Status,
} from 'discord.js';
import { type Needs, needsOf, type PermissionName } from './place.ts';

/** What matters of a channel to how a message should look in it. */
export interface Channel {
  /** People there are told of each message by its words: followers of an announcement channel, and who is written to. */
  readonly notifies: boolean;
  /** Without Embed Links a message loses its embeds without an error. */
  readonly mayEmbed: boolean;
  /** What we lack to write there, as the gateway shows it; `undefined` where it does not show that. */
  readonly missing?: readonly PermissionName[];
}

/** What is known of channels: from the gateway where it is connected, else asked for once. */
export interface Channels {
  /** From what is there already; `undefined` where nothing is. */
  known(id: string): Channel | undefined;
  /** The same, asking Discord where that must be. `undefined` where Discord gives no answer. */
  about(id: string): Promise<Channel | undefined>;
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
    };
  }

  return {
    known,
    async about(id) {
      const found = known(id);
      if (found) return found;
      try {
        const channel = await rest.get(Routes.channel(id));
        const { type } = channel as { readonly type: ChannelType };
        asked.set(id, { notifies: !QUIET.has(type), mayEmbed: true });
      } catch {
        // The send that follows meets the same trouble, and says what is to be done about it.
        return undefined;
      }
      return asked.get(id);
    },
  };
}

function permissionsIn(channel: GuildBasedChannel): Readonly<PermissionsBitField> | null {
  const { me } = channel.guild.members;
  return me && channel.permissionsFor(me);
}

/** Whether changes are told: not while the gateway is away, or the server in an outage. */
function isCurrent({ guild }: GuildBasedChannel): boolean {
  return guild.available && guild.shard.status === Status.Ready;
}

function lacking(needs: Needs, permissions: Readonly<PermissionsBitField>): readonly PermissionName[] {
  return (Object.entries(needs) as [PermissionName, bigint][])
    .filter(([, bit]) => !permissions.has(bit))
    .map(([name]) => name);
}
