import { ChannelType, type Client, PermissionFlagsBits, type REST, Routes } from 'discord.js';

/** What matters of a channel to how a message should look in it. */
export interface Channel {
  /** People there are told of each message by its words: followers of an announcement channel, and who is written to. */
  readonly notifies: boolean;
  /** Without Embed Links a message loses its embeds without an error. */
  readonly mayEmbed: boolean;
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
    const me = channel.isDMBased() ? undefined : channel.guild.members.me;
    const permissions = me && !channel.isDMBased() ? channel.permissionsFor(me) : undefined;
    return {
      notifies: !QUIET.has(channel.type),
      mayEmbed: permissions?.has(PermissionFlagsBits.EmbedLinks) ?? true,
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
