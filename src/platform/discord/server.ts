import { type Guild, PermissionFlagsBits, type REST, Routes } from 'discord.js';
import type { Place, Server } from '../../command/invocation.ts';
import { destinationOf } from './destination.ts';
import { failureOf } from './errors.ts';

const { ManageRoles, MentionEveryone } = PermissionFlagsBits;

interface Around {
  readonly guild: Guild;
  readonly rest: REST;
  /** Of who asks. */
  readonly user: string;
  readonly roles: readonly string[];
  readonly isPublished: boolean;
  placeAt(id: string): Place | undefined;
}

/** A server as the gateway shows it, and what who asks may have done there. */
export function serverOf({ guild, rest, user, roles, isPublished, placeAt }: Around): Server {
  const mayDo = (bit: bigint): boolean => guild.members.me?.permissions.has(bit) ?? false;

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
      return (
        role && {
          name: role.name,
          mayPing: role.mentionable || mayDo(MentionEveryone),
          // Or who manages the server could get through us what nobody gave them.
          mayGive: role.editable && !role.managed && guild.roles.everyone.permissions.has(role.permissions),
        }
      );
    },
    async makeRole(name) {
      if (!mayDo(ManageRoles)) return 'forbidden';
      const body = { name, permissions: '0', mentionable: true };
      const made = await allowed(() => rest.post(Routes.guildRoles(guild.id), { body }));
      return made === 'forbidden' ? made : { id: (made as { readonly id: string }).id };
    },
    async toggleRole(id) {
      const route = Routes.guildMemberRole(guild.id, user, id);
      const has = roles.includes(id);
      const done = await allowed(() => (has ? rest.delete(route) : rest.put(route)));
      if (done === 'forbidden') return done;
      return has ? 'taken' : 'given';
    },
  };
}
