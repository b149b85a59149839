import { DiscordAPIError, REST, Routes } from 'discord.js';
import type { TokenProbe } from '../../platform.ts';
import { inviteUrl } from '../guilds/invite.ts';
import { REQUEST_TIMEOUT_MS, restOptions } from './rest-clients.ts';

const UNAUTHORIZED = 401;

interface Application {
  readonly id: string;
  readonly name: string;
}

/** Asks Discord which app the token belongs to. Changes nothing and never rejects. */
export async function probeDiscordToken(token: string, apiUrl?: string): Promise<TokenProbe> {
  const rest = new REST({ ...restOptions(apiUrl), timeout: REQUEST_TIMEOUT_MS }).setToken(token);
  try {
    const { id, name } = (await rest.get(Routes.currentApplication())) as Application;
    return { status: 'valid', name, links: { 'Add to a server': inviteUrl(id) } };
  } catch (error) {
    if (error instanceof DiscordAPIError && error.status === UNAUTHORIZED) return { status: 'refused' };
    const reason = error instanceof DiscordAPIError ? error.message : "discord.com can't be reached";
    return { status: 'unanswered', reason };
  }
}
