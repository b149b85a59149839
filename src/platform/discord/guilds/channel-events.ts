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
 * Tells the host which channels were deleted or left and which have become writable again: once now, for changes while
 * the bot was offline, and then whenever the gateway reports a change. Reads the client's cache.
 */
export function watchChannels(
  client: Client<true>,
  channels: Pick<ChannelDirectory, 'cached'>,
  host: Pick<Host, 'destinationLost' | 'destinationRestored' | 'suspendedDestinations'>,
  log: Log,
): void {
  const queue = createSerialQueue();
  let isCheckPending = false;
  const inTurn = (work: () => Promise<void>) => {
    queue(work).catch((error: unknown) => log.error('destination.sync_failed', { error }));
  };

  const left = (gone: Iterable<{ readonly id: string }>, reason: string) => {
    for (const { id } of gone) inTurn(() => host.destinationLost(destinationOf(id), reason));
  };
  const isWritable = (id: string): boolean => {
    const channel: Channel | undefined = client.channels.cache.get(id);
    if (channel && !channel.isDMBased() && isLocked(channel)) return false;
    return channels.cached(id)?.missingPermissions?.length === 0;
  };
  const changed = ({ id }: { readonly id: string }) =>
    inTurn(async () => {
      if (isWritable(id)) await host.destinationRestored(destinationOf(id));
    });
  /** Checks all paused destinations, once for several changes in a row. */
  const checkPaused = () => {
    if (isCheckPending) return;
    isCheckPending = true;
    inTurn(async () => {
      isCheckPending = false;
      for (const destination of await host.suspendedDestinations()) {
        const id = channelIdOf(destination);
        if (id !== undefined && isWritable(id)) await host.destinationRestored(destination);
      }
    });
  };
  const channelsOf = (guild: Guild) => [...guild.channels.cache.values()];

  // discord.js's own event comes too late, after the channels have left its cache. `unavailable` means an outage.
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
  // discord.js emits nothing for reopened threads, since they aren't in its cache.
  client.ws.on(GatewayDispatchEvents.ThreadUpdate, (thread: GatewayThreadUpdateDispatchData) =>
    changed(thread),
  );
  client.on(Events.GuildCreate, checkPaused);
  // Changes during an outage, or after a session that couldn't be resumed, weren't reported.
  client.on(Events.GuildAvailable, checkPaused);
  client.on(Events.GuildRoleUpdate, (before, role) => {
    const own = role.guild.members.me?.roles.cache.has(role.id) ?? false;
    if (own && !before.permissions.equals(role.permissions)) checkPaused();
  });
  client.on(Events.GuildMemberUpdate, (_, member) => {
    if (member.id === client.user.id) checkPaused();
  });
  checkPaused();
}
