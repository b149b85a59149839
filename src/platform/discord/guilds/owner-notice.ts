import { type Client, type REST, Routes } from 'discord.js';
import { linkCommands } from '../../../command/views/command-links.ts';
import { type Language, languageFor, textsFor } from '../../../i18n/texts.ts';
import { translateFix } from '../../../i18n/translate-fix.ts';
import { type Document, paragraph, small } from '../../../note/document.ts';
import type { FailureNotice, SendResult } from '../../platform.ts';
import { requireId } from '../api/responses.ts';
import { channelIdOf, destinationOf } from '../destinations.ts';

interface Parts {
  readonly rest: REST;
  client(): Client | undefined;
  /** Milliseconds since 1970. */
  now(): number;
  /** Posts past all deliveries. */
  post(destination: string, document: Document, language: Language, key: string): Promise<SendResult>;
}

/** Tells who made a destination, or else who owns its server, or else the server in its channel for such things. */
export function createOwnerNotice({
  rest,
  client,
  now,
  post,
}: Parts): (notice: FailureNotice) => Promise<boolean> {
  /** The private chat with somebody; `undefined` where Discord opens none. */
  async function chatWith(user: string): Promise<string | undefined> {
    try {
      const chat = await rest.post(Routes.userChannels(), { body: { recipient_id: user } });
      return requireId(chat, 'chat');
    } catch {
      // Whoever can't be written to is not told: the next one is.
      return undefined;
    }
  }

  return async ({ destination, remedy, person, language }) => {
    const id = channelIdOf(destination) ?? '';
    const channel = client()?.channels.cache.get(id);
    const guild = channel && 'guild' in channel ? channel.guild : undefined;
    const spoken = languageFor(language ?? guild?.preferredLocale ?? 'en');
    const texts = textsFor(spoken);
    const { notice } = texts.servers;
    const place = channel && 'name' in channel ? `#${channel.name}` : notice.aChannel;
    const document = [
      paragraph(...linkCommands(notice.lost(guild ? `${place} (${guild.name})` : place))),
      paragraph(...linkCommands(translateFix(remedy, texts))),
      small(...linkCommands(notice.after)),
    ];
    const key = `notice|${destination}|${now()}`;
    const people = [person?.replace(/^discord:/u, ''), guild?.ownerId].filter((one) => one !== undefined);
    const chats = new Set(people);
    for (const user of chats) {
      const chat = await chatWith(user);
      if (chat === undefined || chat === id) continue;
      const { status } = await post(destinationOf(chat), document, spoken, key);
      if (status === 'sent') return true;
    }
    const { systemChannelId } = guild ?? {};
    if (!systemChannelId || systemChannelId === id) return false;
    const { status } = await post(destinationOf(systemChannelId), document, spoken, key);
    return status === 'sent';
  };
}
