import {
  type Channel,
  type Client,
  Events,
  GatewayDispatchEvents,
  type GatewayGuildDeleteDispatchData,
  type GatewayThreadUpdateDispatchData,
  type Guild,
} from 'discord.js';
import { createSerialQueue } from '../../../lib/keyed-queue.ts';
import type { Log } from '../../../lib/log.ts';
import type { Host } from '../../platform.ts';
import { channelIdOf, destinationOf } from '../destinations.ts';
import type { ChannelDirectory } from './channels.ts';
import { isLocked } from './delivery-obstacle.ts';

/**
 * Tells the host which channels are gone, and which may be written to again: now, for what changed while nobody was
 * connected, and whenever the gateway says that something changed. Knows them from the client's cache.
 */
export function watchChannels(
  client: Client<true>,
  channels: Pick<ChannelDirectory, 'cached'>,
  host: Pick<Host, 'left' | 'returned' | 'absent'>,
  log: Log,
): void {
  const queue = createSerialQueue();
  let isLooking = false;
  const inTurn = (work: () => Promise<void>) => {
    queue(work).catch((error: unknown) => log.error('destination.sync_failed', { error }));
  };

  const left = (those: Iterable<{ readonly id: string }>, reason: string) => {
    for (const { id } of those) inTurn(() => host.left(destinationOf(id), reason));
  };
  const isWritable = (id: string): boolean => {
    const channel: Channel | undefined = client.channels.cache.get(id);
    if (channel && !channel.isDMBased() && isLocked(channel)) return false;
    return channels.cached(id)?.missingPermissions?.length === 0;
  };
  const changed = ({ id }: { readonly id: string }) =>
    inTurn(async () => {
      if (isWritable(id)) await host.returned(destinationOf(id));
    });
  /** At all that get nothing for now; once for however many changes. */
  const lookAround = () => {
    if (isLooking) return;
    isLooking = true;
    inTurn(async () => {
      isLooking = false;
      for (const destination of await host.absent()) {
        const id = channelIdOf(destination);
        if (id !== undefined && isWritable(id)) await host.returned(destination);
      }
    });
  };
  const channelsOf = (guild: Guild) => [...guild.channels.cache.values()];

  // At the event that discord.js makes of this, the channels have left the cache already. `unavailable`: an outage.
  client.ws.on(GatewayDispatchEvents.GuildDelete, ({ id, unavailable }: GatewayGuildDeleteDispatchData) => {
    const guild = client.guilds.cache.get(id);
    if (guild && !unavailable) left(channelsOf(guild), 'the server has removed the bot');
  });
  client.on(Events.ChannelDelete, (channel) => {
    const threads = 'threads' in channel ? [...channel.threads.cache.values()] : [];
    left([channel, ...threads], 'the channel was deleted');
  });
  client.on(Events.ThreadDelete, (thread) => left([thread], 'the thread was deleted'));

  client.on(Events.ChannelUpdate, (_, channel) => changed(channel));
  // discord.js makes no event of a thread that comes out of the archive: it did not know it.
  client.ws.on(GatewayDispatchEvents.ThreadUpdate, (thread: GatewayThreadUpdateDispatchData) =>
    changed(thread),
  );
  client.on(Events.GuildCreate, lookAround);
  // After an outage, or a connection that could not be resumed: what changed meanwhile was told to nobody.
  client.on(Events.GuildAvailable, lookAround);
  client.on(Events.GuildRoleUpdate, (before, role) => {
    const own = role.guild.members.me?.roles.cache.has(role.id) ?? false;
    if (own && !before.permissions.equals(role.permissions)) lookAround();
  });
  client.on(Events.GuildMemberUpdate, (_, member) => {
    if (member.id === client.user.id) lookAround();
  });
  lookAround();
}
