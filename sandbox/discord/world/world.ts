import { EVERYONE_DEFAULT, type PermissionName, permissions } from './flags.ts';
import {
  type Change,
  type Channel,
  type Guild,
  isThread,
  type Member,
  type Role,
  type User,
} from './model.ts';
import { createWorldIds } from './snowflakes.ts';
import {
  type ChannelOptions,
  createChannel,
  createDm,
  createGuild,
  type GuildOptions,
  type OverwriteOption,
  toOverwrites,
} from './world-options.ts';

/** Guilds, channels, users and their permissions. The gateway reports every change. */
export interface World {
  readonly bot: User;
  readonly applicationId: string;
  /** Others than its owner may add the app (Developer Portal, Public Bot). */
  isPublic: boolean;
  readonly guilds: ReadonlyMap<string, Guild>;
  readonly users: ReadonlyMap<string, User>;
  channel(id: string): Channel | undefined;
  addUser(options: { readonly name: string; readonly bot?: boolean }): User;
  addGuild(options: GuildOptions): Guild;
  addRole(
    guild: Guild,
    options: {
      readonly name: string;
      readonly can?: readonly PermissionName[];
      readonly mentionable?: boolean;
      /** Default: 1, right above @everyone. */
      readonly position?: number;
      /** Belongs to an integration. */
      readonly managed?: boolean;
      readonly tags?: Role['tags'];
    },
  ): Role;
  addChannel(guild: Guild, options: ChannelOptions): Channel;
  addMember(guild: Guild, user: User, roles?: readonly Role[]): Member;
  /** The direct-message channel with the bot, created on first use. */
  openDm(user: User): Channel;
  changeChannel(
    channel: Channel,
    change: Partial<Pick<Channel, 'name' | 'kind' | 'archived' | 'locked'>>,
  ): void;
  setOverwrites(channel: Channel, overwrites: readonly OverwriteOption[]): void;
  setRole(guild: Guild, role: Role, can: readonly PermissionName[]): void;
  setMember(
    guild: Guild,
    user: User,
    change: Partial<Pick<Member, 'nick' | 'timedOutUntil' | 'roles'>>,
  ): void;
  deleteChannel(channel: Channel): void;
  deleteRole(guild: Guild, role: Role): void;
  /** Adds the bot, as the install dialogue does. */
  install(guild: Guild, can?: readonly PermissionName[]): void;
  /** Kicks the bot. */
  remove(guild: Guild): void;
  setOutage(guild: Guild, unavailable: boolean): void;
  setLocale(guild: Guild, locale: string): void;
  /** Replaces the AutoMod rule. */
  block(guild: Guild, words: RegExp | undefined): void;
}

export function createWorld(announce: (change: Change) => void, now = Date.now): World {
  const nextId = createWorldIds();
  const users = new Map<string, User>();
  const guilds = new Map<string, Guild>();
  const dms = new Map<string, Channel>();
  const addUser: World['addUser'] = ({ name, bot = false }) => {
    const user: User = { id: nextId(), name, bot, closed: false, installed: false };
    users.set(user.id, user);
    return user;
  };
  const bot = addUser({ name: 'postrider', bot: true });
  const announceChannel = (what: 'CREATE' | 'UPDATE' | 'DELETE', channel: Channel) => {
    if (channel.guild)
      announce({
        type: `${isThread(channel) ? 'THREAD' : 'CHANNEL'}_${what}`,
        guild: channel.guild,
        channel,
      });
  };
  const makeRole = (guild: Guild, id: string, name: string, can: bigint, managed = false): Role => {
    const position = Math.min(guild.roles.size, 1);
    const tags = managed ? { bot_id: bot.id } : undefined;
    const role = { id, name, permissions: can, mentionable: false, position, managed, tags };
    guild.roles.set(id, role);
    return role;
  };
  const makeMember = (guild: Guild, user: User, roles: readonly Role[]): Member => {
    const member = { user, roles: roles.map(({ id }) => id), nick: null, timedOutUntil: 0 };
    guild.members.set(user.id, member);
    return member;
  };
  const admit = (guild: Guild, can: readonly PermissionName[]) => {
    makeMember(guild, bot, [makeRole(guild, nextId(), bot.name, permissions(...can), true)]);
    guild.installed = true;
  };
  return {
    bot,
    applicationId: bot.id,
    isPublic: true,
    guilds,
    users,
    channel: (id) =>
      dms.get(id) ?? [...guilds.values()].map(({ channels }) => channels.get(id)).find((found) => found),
    addUser,
    addGuild({
      name,
      owner = addUser({ name: `owner of ${name}` }),
      everyone = EVERYONE_DEFAULT,
      ...options
    }) {
      const guild = createGuild(owner, nextId(), name);
      guilds.set(guild.id, guild);
      makeRole(guild, guild.id, '@everyone', permissions(...everyone));
      makeMember(guild, owner, []);
      if (options.installed !== false) admit(guild, options.bot ?? []);
      announce({ type: 'GUILD_CREATE', guild });
      return guild;
    },
    addRole(guild, { name, can = [], mentionable = false, position = 1, managed = false, tags }) {
      const role = makeRole(guild, nextId(), name, permissions(...can));
      Object.assign(role, { mentionable, position, managed, tags });
      announce({ type: 'GUILD_ROLE_CREATE', guild, role });
      return role;
    },
    addChannel(guild, options) {
      const channel = createChannel(guild, nextId, options);
      guild.channels.set(channel.id, channel);
      announceChannel('CREATE', channel);
      return channel;
    },
    addMember: (guild, user, roles = []) => makeMember(guild, user, roles),
    openDm(user) {
      const found = [...dms.values()].find(({ recipient }) => recipient === user);
      if (found) return found;
      const channel = createDm(user, nextId());
      dms.set(channel.id, channel);
      return channel;
    },
    changeChannel(channel, change) {
      Object.assign(channel, change);
      announceChannel('UPDATE', channel);
    },
    setOverwrites(channel, overwrites) {
      channel.overwrites = toOverwrites(overwrites);
      announceChannel('UPDATE', channel);
    },
    setRole(guild, role, can) {
      role.permissions = permissions(...can);
      announce({ type: 'GUILD_ROLE_UPDATE', guild, role });
    },
    setMember(guild, user, change) {
      const member = guild.members.get(user.id);
      if (!member) throw new RangeError(`${user.name} is no member of ${guild.name}`);
      Object.assign(member, change);
      announce({ type: 'GUILD_MEMBER_UPDATE', guild, member });
    },
    deleteChannel(channel) {
      for (const child of channel.guild?.channels.values() ?? [])
        if (child.parent === channel && isThread(child)) channel.guild?.channels.delete(child.id);
      channel.guild?.channels.delete(channel.id);
      announceChannel('DELETE', channel);
    },
    deleteRole(guild, role) {
      guild.roles.delete(role.id);
      for (const member of guild.members.values()) member.roles = member.roles.filter((id) => id !== role.id);
      announce({ type: 'GUILD_ROLE_DELETE', guild, role });
    },
    install(guild, can = []) {
      admit(guild, can);
      guild.joinedAt = now();
      announce({ type: 'GUILD_CREATE', guild });
    },
    remove(guild) {
      announce({ type: 'GUILD_DELETE', guild });
      guild.installed = false;
      guild.members.delete(bot.id);
    },
    setOutage(guild, unavailable) {
      guild.unavailable = unavailable;
      announce({ type: unavailable ? 'GUILD_DELETE' : 'GUILD_CREATE', guild });
    },
    setLocale(guild, locale) {
      guild.locale = locale;
      announce({ type: 'GUILD_UPDATE', guild });
    },
    block(guild, words) {
      guild.blocked = words;
    },
  };
}
