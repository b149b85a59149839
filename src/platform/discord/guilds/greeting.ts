import { ChannelType, type Client, Events, type Guild, PermissionFlagsBits } from 'discord.js';
import type { Language } from '../../../i18n/texts.ts';
import type { Log } from '../../../lib/log.ts';
import type { Document } from '../../../note/document.ts';
import type { Host, SendResult } from '../../platform.ts';
import { destinationOf } from '../destinations.ts';

interface Parts {
  readonly host: Pick<Host, 'greetingFor'>;
  readonly log: Log;
  /** Milliseconds since 1970. */
  now(): number;
  /** Sends a message outside the delivery queues. */
  post(destination: string, document: Document, language: Language, key: string): Promise<SendResult>;
}

/** On startup, servers that added the bot this recently are greeted: it may have been offline. */
const GREET_WITHIN_MS = 24 * 60 * 60_000;

/** Greets every server that adds the bot, in a channel that everybody reads. The host remembers which were greeted. */
export function greetGuilds(client: Client<true>, { host, log, now, post }: Parts): void {
  async function greet(guild: Guild): Promise<void> {
    const channel = greetingChannel(guild);
    if (channel === undefined) return log.info('greeting.failed', { guild: guild.id });
    const document = await host.greetingFor?.({
      home: `discord:${guild.id}`,
      language: guild.preferredLocale,
      destinations: [...guild.channels.cache.keys()].map(destinationOf),
    });
    if (!document) return;
    const { blocks, language } = document;
    const { status } = await post(destinationOf(channel), blocks, language, `welcome|${guild.id}`);
    log.info('greeting.sent', { guild: guild.id, status });
  }

  const startGreeting = (guild: Guild): void =>
    void greet(guild).catch((error: unknown) => log.error('greeting.failed', { guild: guild.id, error }));

  client.on(Events.GuildCreate, startGreeting);
  for (const guild of client.guilds.cache.values())
    if (guild.available && guild.joinedTimestamp > now() - GREET_WITHIN_MS) startGreeting(guild);
}

/** The system channel, or else the topmost text channel in which the bot may write. */
function greetingChannel(guild: Guild): string | undefined {
  const { ViewChannel, SendMessages } = PermissionFlagsBits;
  const { me } = guild.members;
  const isWritable = (channel: Guild['systemChannel']): boolean =>
    channel !== null && me !== null && channel.permissionsFor(me).has([ViewChannel, SendMessages]);
  if (guild.systemChannel && isWritable(guild.systemChannel)) return guild.systemChannel.id;
  return guild.channels.cache
    .filter((channel) => channel.type === ChannelType.GuildText)
    .sort((a, b) => a.position - b.position)
    .find(isWritable)?.id;
}
