import { type Guild, PermissionFlagsBits, type REST, Routes } from 'discord.js';
import type { Place, Server, Unfit } from '../../command/invocation.ts';
import { destinationOf } from './destination.ts';
import { failureOf } from './errors.ts';
import { type AskFacts, factsOf } from './role-facts.ts';
import {
  type Chooser,
  managesRoles,
  mayDo,
  mayPing,
  type RolesFacts,
  unfitToChoose,
  unfitToGive,
} from './roles.ts';

const { ManageRoles } = PermissionFlagsBits;

interface Around {
  readonly guild: Guild;
  readonly rest: REST;
  readonly askFacts: AskFacts;
  /** Who asks. */
  readonly asker: Chooser;
  readonly isPublished: boolean;
  placeAt(id: string): Place | undefined;
}

/** A server as the gateway shows it, and what who asks may have done there. */
export function serverOf({ guild, rest, askFacts, asker, isPublished, placeAt }: Around): Server {
  /** Whether Discord let us: what it forbids is a matter of roles, anything else a fault. */
  async function allowed<T>(call: () => Promise<T>): Promise<T | 'forbidden'> {
    try {
      return await call();
    } catch (error) {
      const { meaning } = failureOf(error);
      if (meaning.about === 'access' || meaning.about === 'destination') return 'forbidden';
      throw error;
    }
  }

  /** Without the facts there is no judging, so nothing is done: `undefined` where Discord does not give them now. */
  async function factsNow(): Promise<RolesFacts | undefined> {
    if (!factsOf(guild)) return undefined;
    try {
      return await askFacts(guild);
    } catch (error) {
      const { about } = failureOf(error).meaning;
      if (about === 'moment' || about === 'access' || about === 'destination') return undefined;
      throw error;
    }
  }

  return {
    at: placeAt,
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
      const facts = factsOf(guild);
      const unfit: Unfit | undefined = facts ? unfitToGive(facts, id) : 'unknown';
      return {
        name: role.name,
        // Where nothing is known now, nothing is known to be amiss.
        mayPing: !facts || mayPing(facts, id),
        ...(unfit && { unfit }),
      };
    },
    async unchosen(id) {
      const facts = await factsNow();
      return facts ? unfitToChoose(facts, id, asker) : 'unknown';
    },
    async makeRole(name) {
      const facts = await factsNow();
      if (!facts) return 'unknown';
      if (!managesRoles(facts, asker)) return 'chooser';
      if (!mayDo(facts, facts.own, ManageRoles)) return 'forbidden';
      const made = await allowed(() => guild.roles.create({ name, permissions: 0n, mentionable: true }));
      return made === 'forbidden' ? made : { id: made.id };
    },
    async toggleRole(id) {
      const facts = await factsNow();
      const unfit = facts ? unfitToGive(facts, id) : 'unknown';
      if (unfit) return unfit;
      const route = Routes.guildMemberRole(guild.id, asker.user, id);
      const has = asker.roles.includes(id);
      const done = await allowed(() => (has ? rest.delete(route) : rest.put(route)));
      if (done === 'forbidden') return 'rank';
      return has ? 'taken' : 'given';
    },
  };
}
