import { Client, type ClientOptions, Events, GatewayIntentBits, MessageFlags } from 'discord.js';
import { onTestFinished } from 'vitest';
import { type DiscordOptions, type FakeDiscord, startDiscord } from '../../src/sandbox/discord/discord.ts';

/** A stand-in that is stopped when the test ends. */
export async function discordFor(options: DiscordOptions = {}): Promise<FakeDiscord> {
  const discord = await startDiscord({ limits: 'off', ...options });
  onTestFinished(() => discord.stop());
  return discord;
}

/** A guild with a channel and a member, the least that most tests need. */
export function harbour(discord: FakeDiscord) {
  const guild = discord.world.addGuild({ name: 'Harbour' });
  const channel = discord.world.addChannel(guild, { name: 'news' });
  const mira = discord.world.addUser({ name: 'Mira' });
  discord.world.addMember(guild, mira);
  return { guild, channel, mira };
}

/** discord.js, logged in and ready. */
export async function clientOf(
  discord: FakeDiscord,
  options: Partial<ClientOptions> = {},
): Promise<Client<true>> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api: discord.apiUrl, retries: 0 },
    ...options,
  });
  onTestFinished(() => client.destroy());
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  return ready;
}

/** A request as no library would send it. */
export async function call(
  discord: FakeDiscord,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly body: Record<string, unknown>; readonly headers: Headers }> {
  const response = await fetch(`${discord.apiUrl}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text ? (JSON.parse(text) as Record<string, unknown>) : {},
    headers: response.headers,
  };
}

export const V2 = MessageFlags.IsComponentsV2;
export const display = (content: string) => ({ type: 10, content });
