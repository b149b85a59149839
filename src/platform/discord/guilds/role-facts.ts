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

/** From the gateway. `undefined` during an outage of the server, or without a connection. */
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
  const isWhole = all.every((channel) => !channel.isThread() || channel.parent !== null);
  return {
    guild: guild.id,
    owner: guild.ownerId,
    own: [...me.roles.cache.keys()],
    roles: byId(roles),
    channels: isWhole ? channels : undefined,
  };
}

/** From the REST API, which may be newer than what the gateway has reported. Rejects with what discord.js throws. */
export type FetchRoles = (guild: Guild) => Promise<GuildRoles | undefined>;

/**
 * For each server there is at most one request in flight and one waiting, which everybody who asks meanwhile shares. So nobody
 * gets an answer that was read before they asked.
 */
export function createFetchRoles(rest: REST): FetchRoles {
  const underWay = new Map<string, Promise<unknown>>();
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
    const mine = Promise.allSettled([underWay.get(id)]).then(async () => {
      next.delete(id);
      underWay.set(id, mine);
      try {
        return await read(guild);
      } finally {
        if (underWay.get(id) === mine) underWay.delete(id);
      }
    });
    next.set(id, mine);
    return mine;
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
