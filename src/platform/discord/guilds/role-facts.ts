import {
  type APIGuildChannel,
  type APIRole,
  type Guild,
  OverwriteType,
  type REST,
  Routes,
  Status,
} from 'discord.js';
import type { GuildRoles, Overwrite, RoleInfo } from './role-rules.ts';

/** Roles as reported by the gateway. `undefined` during an outage of the server or without a connection. */
export function cachedRoles(guild: Guild): GuildRoles | undefined {
  const { me } = guild.members;
  if (!me || !guild.available || guild.shard.status !== Status.Ready) return undefined;
  const roles = guild.roles.cache.map(
    ({ id, permissions, rawPosition, mentionable, managed, tags }): RoleInfo => ({
      id,
      permissions: permissions.bitfield,
      position: rawPosition,
      mentionable,
      isManagedElsewhere: managed || tags !== null,
    }),
  );
  const all = [...guild.channels.cache.values()];
  const channels = all.flatMap((channel) =>
    channel.isThread()
      ? []
      : [
          channel.permissionOverwrites.cache
            .filter(({ type }) => type === OverwriteType.Role)
            .map(({ id, allow, deny }) => ({ role: id, allow: allow.bitfield, deny: deny.bitfield })),
        ],
  );
  const isComplete = all.every((channel) => !channel.isThread() || channel.parent !== null);
  return {
    guild: guild.id,
    owner: guild.ownerId,
    own: [...me.roles.cache.keys()],
    roles: byId(roles),
    channels: isComplete ? channels : undefined,
  };
}

/** Roles from the REST API, which may be newer than the gateway's. Rejects with what discord.js throws. */
export type FetchRoles = (guild: Guild) => Promise<GuildRoles | undefined>;

/**
 * Each server has at most one request in flight and one waiting. Callers share the waiting one, so nobody gets a
 * response that was read before their call.
 */
export function createFetchRoles(rest: REST): FetchRoles {
  const inFlight = new Map<string, Promise<unknown>>();
  const next = new Map<string, Promise<GuildRoles | undefined>>();

  async function read(guild: Guild): Promise<GuildRoles | undefined> {
    const [roles, channels] = (await Promise.all([
      rest.get(Routes.guildRoles(guild.id)),
      rest.get(Routes.guildChannels(guild.id)),
    ])) as [readonly APIRole[], readonly APIGuildChannel[]];
    const known = cachedRoles(guild);
    return known && { ...known, roles: byId(roles.map(toRoleInfo)), channels: channels.map(toOverwrites) };
  }

  return (guild) => {
    const { id } = guild;
    const waiting = next.get(id);
    if (waiting) return waiting;
    const request = Promise.allSettled([inFlight.get(id)]).then(async () => {
      next.delete(id);
      inFlight.set(id, request);
      try {
        return await read(guild);
      } finally {
        if (inFlight.get(id) === request) inFlight.delete(id);
      }
    });
    next.set(id, request);
    return request;
  };
}

const byId = (roles: readonly RoleInfo[]): ReadonlyMap<string, RoleInfo> =>
  new Map(roles.map((role) => [role.id, role]));

const toRoleInfo = ({ id, permissions, position, mentionable, managed, tags }: APIRole): RoleInfo => ({
  id,
  permissions: BigInt(permissions),
  position,
  mentionable,
  isManagedElsewhere: managed || tags !== undefined,
});

function toOverwrites({ permission_overwrites: overwrites = [] }: APIGuildChannel): readonly Overwrite[] {
  return overwrites
    .filter(({ type }) => type === OverwriteType.Role)
    .map(({ id, allow, deny }) => ({ role: id, allow: BigInt(allow), deny: BigInt(deny) }));
}
