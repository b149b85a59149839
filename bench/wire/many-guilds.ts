import { permissions } from '../../sandbox/discord/world/flags.ts';
import type { Channel, Guild, Member, Role, User } from '../../sandbox/discord/world/model.ts';
import { createChannel, createGuild } from '../../sandbox/discord/world/world-options.ts';
import type { Guilds } from './minimal-discord.ts';

/** Per server. */
const CHANNELS = 10;
/** With @everyone and the bot's own. */
const ROLES = 8;
/** 1 March 2024 as a snowflake. */
const FIRST_ID = 1_212_899_000_000_000_000n;
/** IDs of the next server; the gateway splits servers by the bits above the lowest 22 (Gateway, Sharding). */
const STEP = 1n << 22n;

/** So many servers, whose channels and roles exist only while they are sent. */
export function createManyGuilds(count: number): Guilds {
  const bot: User = {
    id: String(FIRST_ID - STEP),
    name: 'postrider',
    bot: true,
    closed: false,
    installed: false,
  };
  const owner: User = { ...bot, id: String(FIRST_ID - 2n * STEP), name: 'owner', bot: false };
  const guilds = Array.from({ length: count }, (_, n) => guildAt(n, bot, owner));
  return { bot, guilds: new Map(guilds.map((guild) => [guild.id, guild])) };
}

function guildAt(n: number, bot: User, owner: User): Guild {
  const first = FIRST_ID + BigInt(n) * STEP;
  const id = (offset: number): string => String(first + BigInt(offset));
  const guild = createGuild(owner, id(0), `Harbour number ${n}`);
  return Object.defineProperties(guild, {
    installed: { value: true },
    roles: { get: () => rolesOf(id, bot) },
    members: {
      get: () =>
        new Map([[bot.id, { user: bot, roles: [id(1)], nick: null, timedOutUntil: 0 } satisfies Member]]),
    },
    channels: { get: () => channelsOf(guild.owner, id) },
  });
}

function rolesOf(id: (offset: number) => string, bot: User): ReadonlyMap<string, Role> {
  const roles = Array.from(
    { length: ROLES },
    (_, n): Role => ({
      id: id(n),
      name: n === 0 ? '@everyone' : n === 1 ? bot.name : `crew ${n}`,
      permissions: permissions('ViewChannel', 'SendMessages'),
      mentionable: false,
      position: n,
      managed: n === 1,
      tags: n === 1 ? { bot_id: bot.id } : undefined,
    }),
  );
  return new Map(roles.map((role) => [role.id, role]));
}

/** Each with permissions of its own for two roles, as channels usually have. */
function channelsOf(owner: User, id: (offset: number) => string): ReadonlyMap<string, Channel> {
  const guild = createGuild(owner, id(0), '');
  const overwrites = [id(0), id(2)].map((role) => ({
    id: role,
    of: 'role' as const,
    allow: 1024n,
    deny: 2048n,
  }));
  const channels = Array.from({ length: CHANNELS }, (_, n) => ({
    ...createChannel(guild, () => id(ROLES + n), { name: `channel ${n}` }),
    position: n,
    overwrites,
  }));
  return new Map(channels.map((channel) => [channel.id, channel]));
}
