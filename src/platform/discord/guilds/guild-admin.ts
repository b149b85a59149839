import { type Guild, PermissionFlagsBits, type REST, Routes } from 'discord.js';
import type { Chat, RoleRefusal, Server } from '../../../command/chat.ts';
import { classifyError } from '../api/classify-error.ts';
import { destinationOf } from '../destinations.ts';
import { cachedRoles, type FetchRoles } from './role-facts.ts';
import {
  assignmentRefusal,
  canManageRoles,
  canMention,
  type GuildRoles,
  hasPermission,
  mentionRefusal,
  type RoleChooser,
} from './role-rules.ts';

const { ManageRoles } = PermissionFlagsBits;

interface GuildContext {
  readonly guild: Guild;
  readonly rest: REST;
  readonly fetchRoles: FetchRoles;
  /** The user who runs the command. */
  readonly chooser: RoleChooser;
  readonly isPublished: boolean;
  placeAt(id: string): Chat | undefined;
}

/** A server as the gateway reports it, and what the user may have the bot do there. */
export function guildAdminOf({
  guild,
  rest,
  fetchRoles,
  chooser,
  isPublished,
  placeAt,
}: GuildContext): Server {
  /** Resolves with `forbidden` if Discord refuses because of roles or permissions. Rejects with other errors. */
  async function unlessForbidden<T>(call: () => Promise<T>): Promise<T | 'forbidden'> {
    try {
      return await call();
    } catch (error) {
      const { kind } = classifyError(error);
      if (kind === 'access' || kind === 'destination-removed') return 'forbidden';
      throw error;
    }
  }

  /** `undefined` if they are currently unavailable; then nothing is changed. */
  async function currentRoles(): Promise<GuildRoles | undefined> {
    if (!cachedRoles(guild)) return undefined;
    try {
      return await fetchRoles(guild);
    } catch (error) {
      const { kind } = classifyError(error);
      if (kind === 'transient' || kind === 'access' || kind === 'destination-removed') return undefined;
      throw error;
    }
  }

  return {
    channel: placeAt,
    channelMention(destination) {
      const id = destination.replace(/^discord:/u, '');
      const channel = guild.channels.cache.get(id);
      return channel && `#${channel.name}`;
    },
    destinations: [...guild.channels.cache.keys()].map(destinationOf),
    isPublished,
    role(id) {
      const role = guild.roles.cache.get(id);
      if (!role) return undefined;
      const facts = cachedRoles(guild);
      const refusal: RoleRefusal | undefined = facts ? assignmentRefusal(facts, id) : 'unknown';
      return {
        name: role.name,
        // Don't report problems while the roles are unknown.
        isMentionable: !facts || canMention(facts, id),
        ...(refusal && { refusal }),
      };
    },
    async mentionRefusal(id) {
      const facts = await currentRoles();
      return facts ? mentionRefusal(facts, id, chooser) : 'unknown';
    },
    async createRole(name) {
      const facts = await currentRoles();
      if (!facts) return 'unknown';
      if (!canManageRoles(facts, chooser)) return 'chooser';
      if (!hasPermission(facts, facts.own, ManageRoles)) return 'forbidden';
      const created = await unlessForbidden(() =>
        guild.roles.create({ name, permissions: 0n, mentionable: true }),
      );
      return created === 'forbidden' ? created : { id: created.id };
    },
    async toggleRole(id) {
      const facts = await currentRoles();
      const refusal = facts ? assignmentRefusal(facts, id) : 'unknown';
      if (refusal) return refusal;
      const route = Routes.guildMemberRole(guild.id, chooser.user, id);
      const has = chooser.roles.includes(id);
      const outcome = await unlessForbidden(() => (has ? rest.delete(route) : rest.put(route)));
      if (outcome === 'forbidden') return 'rank';
      return has ? 'taken' : 'given';
    },
  };
}
