import { type APIChannel, type APIGuild, type Client, type REST, Routes } from 'discord.js';
import { linkCommands } from '../../../command/views/command-links.ts';
import { type Language, languageFor, textsFor } from '../../../i18n/texts.ts';
import { translateFix } from '../../../i18n/translate-fix.ts';
import { type Document, paragraph, small } from '../../../note/document.ts';
import type { FailureNotice, SendResult } from '../../platform.ts';
import { openDm } from '../api/message-api.ts';
import { channelIdOf, destinationOf } from '../destinations.ts';

interface Parts {
  readonly rest: REST;
  client(): Client | undefined;
  /** Milliseconds since 1970. */
  now(): number;
  /** Sends a message outside the delivery queues. */
  post(destination: string, document: Document, language: Language, key: string): Promise<SendResult>;
}

interface Place {
  readonly channel: string;
  readonly guild: {
    readonly name: string;
    readonly ownerId: string;
    readonly preferredLocale: string;
    readonly systemChannelId: string | null;
  };
}

/** Notifies the user who subscribed the destination, or else the server's owner, or else its system channel. */
export function createOwnerNotice({
  rest,
  client,
  now,
  post,
}: Parts): (notice: FailureNotice) => Promise<boolean> {
  /** `undefined` if Discord refuses; then the next candidate is notified. */
  const dmWith = (user: string): Promise<string | undefined> => openDm(rest, user).catch(() => undefined);

  /** As the gateway shows the channel, or as Discord tells if another process has its shard. */
  async function placeOf(id: string): Promise<Place | undefined> {
    const cached = client()?.channels.cache.get(id);
    if (cached && 'guild' in cached) return { channel: cached.name, guild: cached.guild };
    if (cached) return undefined;
    try {
      const channel = (await rest.get(Routes.channel(id))) as APIChannel;
      if (!('guild_id' in channel) || channel.guild_id === undefined) return undefined;
      const guild = (await rest.get(Routes.guild(channel.guild_id))) as APIGuild;
      const { name, owner_id: ownerId, preferred_locale: preferredLocale } = guild;
      return {
        channel: channel.name ?? '',
        guild: { name, ownerId, preferredLocale, systemChannelId: guild.system_channel_id },
      };
    } catch {
      // The bot has lost the channel, so it can't know more than who subscribed it.
      return undefined;
    }
  }

  return async ({ destination, fix, user: person, language }) => {
    const id = channelIdOf(destination) ?? '';
    const { channel, guild } = (await placeOf(id)) ?? {};
    const noticeLanguage = languageFor(language ?? guild?.preferredLocale ?? 'en');
    const texts = textsFor(noticeLanguage);
    const { notice } = texts.servers;
    const place = channel === undefined ? notice.aChannel : `#${channel}`;
    const document = [
      paragraph(...linkCommands(notice.undeliverable(guild ? `${place} (${guild.name})` : place))),
      paragraph(...linkCommands(translateFix(fix, texts))),
      small(...linkCommands(notice.after)),
    ];
    const key = `notice|${destination}|${now()}`;
    const users = [person?.replace(/^discord:/u, ''), guild?.ownerId].filter((one) => one !== undefined);
    for (const user of new Set(users)) {
      const chat = await dmWith(user);
      if (chat === undefined || chat === id) continue;
      const { status } = await post(destinationOf(chat), document, noticeLanguage, key);
      if (status === 'sent') return true;
    }
    const { systemChannelId } = guild ?? {};
    if (!systemChannelId || systemChannelId === id) return false;
    const { status } = await post(destinationOf(systemChannelId), document, noticeLanguage, key);
    return status === 'sent';
  };
}
