import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  Client,
  type ClientOptions,
  Events,
  GatewayIntentBits,
  MessageFlags,
} from 'discord.js';
import { onTestFinished } from 'vitest';
import { type DiscordOptions, type FakeDiscord, startDiscord } from '../../../sandbox/discord/discord.ts';

/** Stopped when the test ends. */
export async function startTestDiscord(options: DiscordOptions = {}): Promise<FakeDiscord> {
  const discord = await startDiscord({ limits: 'off', ...options });
  onTestFinished(() => discord.stop());
  return discord;
}

/** A guild with a channel and a member. */
export function addTestGuild(discord: FakeDiscord) {
  const guild = discord.world.addGuild({ name: 'Harbour' });
  const channel = discord.world.addChannel(guild, { name: 'news' });
  const mira = discord.world.addUser({ name: 'Mira' });
  discord.world.addMember(guild, mira);
  return { guild, channel, mira };
}

/** A discord.js client, logged in and ready. */
export async function startClient(
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

/** A request without discord.js, which would refuse some of them. */
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

/** A command to register. */
export const LATEST = {
  name: 'latest',
  description: 'The newest notes',
  options: [{ type: 4, name: 'count', description: 'How many', min_value: 1, max_value: 10 }],
};

export function onCommand(
  client: Client,
  answer: (command: ChatInputCommandInteraction) => Promise<unknown>,
): void {
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isChatInputCommand()) void answer(interaction);
  });
}

export function onButton(client: Client, answer: (button: ButtonInteraction) => Promise<unknown>): void {
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isButton()) void answer(interaction);
  });
}

/** An error tree as lines of `path: CODE`. */
export function errorLeaves(tree: unknown, path = ''): string[] {
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([key, value]) =>
    key === '_errors'
      ? (value as { code: string }[]).map(({ code }) => `${path}: ${code}`)
      : errorLeaves(value, path ? `${path}.${key}` : key),
  );
}
