import { type Guild, PermissionFlagsBits, type REST, Routes } from 'discord.js';
import type { Chat, RoleRefusal, Server } from '../../../command/chat.ts';
import { classifyError } from '../api/classify-error.ts';
import { destinationOf } from '../destinations.ts';
import { cachedRoles, type FetchRoles } from './role-facts.ts';
import {
  canManageRoles,
  canPing,
  type GuildRoles,
  hasPermission,
  type RoleChooser,
  whyNotChoose,
  whyNotGive,
} from './role-rules.ts';

const { ManageRoles } = PermissionFlagsBits;

interface GuildContext {
  readonly guild: Guild;
  readonly rest: REST;
  readonly askFacts: FetchRoles;
  /** The user who asks. */
  readonly asker: RoleChooser;
  readonly isPublished: boolean;
  placeAt(id: string): Chat | undefined;
}

/** A server as the gateway shows it, and what the user may have us do there. */
export function guildAdminOf({ guild, rest, askFacts, asker, isPublished, placeAt }: GuildContext): Server {
  /** `forbidden` if Discord refuses because of roles or permissions; rejects with other errors. */
  async function allowed<T>(call: () => Promise<T>): Promise<T | 'forbidden'> {
    try {
      return await call();
    } catch (error) {
      const { kind } = classifyError(error);
      if (kind === 'access' || kind === 'destination-removed') return 'forbidden';
      throw error;
    }
  }

  /** `undefined` if Discord doesn't provide them at the moment; nothing is done without them. */
  async function factsNow(): Promise<GuildRoles | undefined> {
    if (!cachedRoles(guild)) return undefined;
    try {
      return await askFacts(guild);
    } catch (error) {
      const { kind } = classifyError(error);
      if (kind === 'transient' || kind === 'access' || kind === 'destination-removed') return undefined;
      throw error;
    }
  }

  return {
    channel: placeAt,
    nameOf(destination) {
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
      const refusal: RoleRefusal | undefined = facts ? whyNotGive(facts, id) : 'unknown';
      return {
        name: role.name,
        // While nothing is known, nothing is reported as wrong.
        isMentionable: !facts || canPing(facts, id),
        ...(refusal && { refusal }),
      };
    },
    async mentionRefusal(id) {
      const facts = await factsNow();
      return facts ? whyNotChoose(facts, id, asker) : 'unknown';
    },
    async makeRole(name) {
      const facts = await factsNow();
      if (!facts) return 'unknown';
      if (!canManageRoles(facts, asker)) return 'chooser';
      if (!hasPermission(facts, facts.own, ManageRoles)) return 'forbidden';
      const made = await allowed(() => guild.roles.create({ name, permissions: 0n, mentionable: true }));
      return made === 'forbidden' ? made : { id: made.id };
    },
    async toggleRole(id) {
      const facts = await factsNow();
      const unfit = facts ? whyNotGive(facts, id) : 'unknown';
      if (unfit) return unfit;
      const route = Routes.guildMemberRole(guild.id, asker.user, id);
      const has = asker.roles.includes(id);
      const done = await allowed(() => (has ? rest.delete(route) : rest.put(route)));
      if (done === 'forbidden') return 'rank';
      return has ? 'taken' : 'given';
    },
  };
}
