import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startDiscord } from '../../sandbox/discord/discord.ts';
import type { StoredMessage } from '../../sandbox/discord/world/message-store.ts';
import { authorNamed } from '../../sandbox/relay/fake-author.ts';
import { type SandboxRelayOptions, startRelay } from '../../sandbox/relay/relay.ts';
import { TELEGRAM_LIMITS } from '../../sandbox/telegram/http/rate-limits.ts';
import { startTelegram } from '../../sandbox/telegram/telegram.ts';
import { startProgram } from './program.fixture.ts';

interface Component {
  readonly content?: string;
  readonly components?: readonly Component[];
}

/** The text of a Discord message, including its components. */
export function discordText(message: StoredMessage): string {
  const inside = (components: readonly Component[]): readonly string[] =>
    components.flatMap(({ content, components: nested }) => [
      ...(content ? [content] : []),
      ...inside(nested ?? []),
    ]);
  return [message.content, ...inside(message.components as readonly Component[])].filter(Boolean).join('\n');
}

/**
 * A relay, a Discord server, and a Telegram with a group, a channel and a reader, with the variables that point the program
 * at them. Everything is removed when the test ends. `limited`: both platforms enforce their rate limits.
 */
export async function startEnvironment({
  relay: relayOptions,
  limited = false,
}: {
  readonly relay?: SandboxRelayOptions;
  readonly limited?: boolean;
} = {}) {
  const author = authorNamed('Mara');
  const folder = mkdtempSync(join(tmpdir(), 'postrider-'));
  const [relay, discord, telegram] = await Promise.all([
    startRelay(relayOptions),
    startDiscord(limited ? {} : { limits: 'off' }),
    startTelegram(limited ? { limits: TELEGRAM_LIMITS } : {}),
  ]);
  onTestFinished(async () => {
    await Promise.all([relay.stop(), discord.stop(), telegram.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  const guild = discord.world.addGuild({ name: 'Harbour' });
  const channel = discord.world.addChannel(guild, { name: 'news' });
  const owner = guild.owner;
  const member = discord.world.addUser({ name: 'Mira' });
  discord.world.addMember(guild, member);
  const reader = telegram.person({ firstName: 'Tam', language: 'en' });
  const admin = telegram.person({ firstName: 'Ada' });
  const chat = telegram.channel({ title: 'News', owner: admin, bot: 'administrator' });
  const group = telegram.supergroup({ title: 'Harbour talk', owner: admin, bot: 'member' });

  const env = {
    AUTHOR: author.npub,
    RELAYS: relay.url,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_CHANNELS: channel.id,
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_URL: telegram.apiUrl,
    TELEGRAM_CHATS: String(chat.id),
    DATABASE_URL: `sqlite:${join(folder, 'data', 'postrider.db')}`,
    PORT: '0',
    LOG_FORMAT: 'json',
    LOG_LEVEL: 'debug',
  };

  return {
    author,
    folder,
    relay,
    discord: { ...discord, guild, channel, owner, member },
    telegram: { ...telegram, reader, admin, chat, group },
    env,
    start: (more: Readonly<Record<string, string>> = {}, command?: readonly string[]) =>
      startProgram({ ...env, ...more }, command),
    /** The texts in the Discord channel and the Telegram channel, oldest first. */
    shown: () => ({
      discord: discord.messages(channel).map(discordText),
      telegram: telegram
        .messages(chat)
        .filter(({ deleted, byBot }) => byBot && !deleted)
        .map(({ message }) => message.text ?? message.caption ?? ''),
    }),
  };
}

export type TestEnvironment = Awaited<ReturnType<typeof startEnvironment>>;
