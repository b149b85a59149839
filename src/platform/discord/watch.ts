import {
  type Channel,
  type Client,
  Events,
  GatewayDispatchEvents,
  type GatewayGuildDeleteDispatchData,
  type Guild,
} from 'discord.js';
import type { Log } from '../../log.ts';
import type { Host } from '../platform.ts';
import { destinationOf } from './destination.ts';
import { needsOf } from './place.ts';

/** Tells the host which channels are gone, and which may be written to again. Knows them from the client's cache. */
export function watchChannels(client: Client, host: Pick<Host, 'left' | 'returned'>, log: Log): void {
  let last = Promise.resolve();
  const tell = (channels: Iterable<{ readonly id: string }>, say: (destination: string) => Promise<void>) => {
    for (const { id } of channels)
      last = last
        .then(() => say(destinationOf(id)))
        .catch((error: unknown) =>
          log.error('destination.unsettled', { destination: destinationOf(id), error }),
        );
  };
  const left = (channels: Iterable<{ readonly id: string }>, reason: string) =>
    tell(channels, (destination) => host.left(destination, reason));
  const returned = (channels: Iterable<Channel>) =>
    tell([...channels].filter(isWritable), (destination) => host.returned(destination));
  const channelsOf = (guild: Guild) => guild.channels.cache.values();

  // At the event that discord.js makes of this, the channels have left the cache already. `unavailable`: an outage.
  client.ws.on(GatewayDispatchEvents.GuildDelete, ({ id, unavailable }: GatewayGuildDeleteDispatchData) => {
    const guild = client.guilds.cache.get(id);
    if (guild && !unavailable) left([...channelsOf(guild)], 'the server has removed the bot');
  });
  client.on(Events.ChannelDelete, (channel) => {
    const threads = 'threads' in channel ? [...channel.threads.cache.values()] : [];
    left([channel, ...threads], 'the channel was deleted');
  });
  client.on(Events.ThreadDelete, (thread) => left([thread], 'the thread was deleted'));

  client.on(Events.GuildCreate, (guild) => returned(channelsOf(guild)));
  client.on(Events.ChannelUpdate, (_, channel) => returned([channel]));
  client.on(Events.ThreadUpdate, (_, thread) => returned([thread]));
  client.on(Events.GuildRoleUpdate, (before, role) => {
    const own = role.guild.members.me?.roles.cache.has(role.id) ?? false;
    if (own && !before.permissions.equals(role.permissions)) returned(channelsOf(role.guild));
  });
  client.on(Events.GuildMemberUpdate, (_, member) => {
    if (member.id === client.user?.id) returned(channelsOf(member.guild));
  });
}

function isWritable(channel: Channel): boolean {
  const needs = needsOf(channel.type);
  if (!needs || channel.isDMBased()) return false;
  if (channel.isThread() && channel.locked && !channel.manageable) return false;
  const me = channel.guild.members.me;
  const { view = 0n, write = 0n, writeInThreads = 0n } = needs;
  return (me && channel.permissionsFor(me)?.has([view, write, writeInThreads])) ?? false;
}
