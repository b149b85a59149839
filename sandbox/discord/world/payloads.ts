import { intents as bits, channelTypes } from './flags.ts';
import {
  type Change,
  type Channel,
  type Guild,
  isForum,
  isThread,
  type Member,
  type Role,
  type User,
} from './model.ts';

/** JSON as sent over the wire. */
export type Payload = Record<string, unknown>;

const iso = (time: number) => new Date(time).toISOString().replace('Z', '000+00:00');
/** Posts must have a tag (Channel, Channel Flags). */
const REQUIRES_TAG = 1 << 4;
const JOINED = iso(Date.UTC(2024, 2, 2));

/** In Discord's format. */
export const timestamp = iso;

export function userPayload(user: User): Payload {
  return {
    id: user.id,
    username: user.name.replaceAll(' ', '_').toLowerCase(),
    global_name: user.bot ? null : user.name,
    discriminator: user.bot ? '0001' : '0',
    avatar: null,
    bot: user.bot,
    system: false,
    public_flags: 0,
    flags: 0,
  };
}

export function memberPayload(member: Member): Payload {
  return {
    user: userPayload(member.user),
    nick: member.nick,
    roles: member.roles,
    joined_at: JOINED,
    premium_since: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0,
    avatar: null,
    communication_disabled_until: member.timedOutUntil > 0 ? iso(member.timedOutUntil) : null,
  };
}

export function rolePayload(role: Role): Payload {
  return {
    id: role.id,
    name: role.name,
    permissions: String(role.permissions),
    position: role.position,
    mentionable: role.mentionable,
    managed: role.managed,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    flags: 0,
    ...(role.tags && { tags: role.tags }),
  };
}

export function channelPayload(channel: Channel): Payload {
  const flags = channel.needsTag ? REQUIRES_TAG : 0;
  const base = { id: channel.id, type: channelTypes[channel.kind], last_message_id: null, flags };
  if (!channel.guild)
    return { ...base, recipients: channel.recipient ? [userPayload(channel.recipient)] : [] };
  const inGuild = {
    ...base,
    name: channel.name,
    guild_id: channel.guild.id,
    parent_id: channel.parent?.id ?? null,
    rate_limit_per_user: 0,
  };
  if (isThread(channel))
    return {
      ...inGuild,
      owner_id: (channel.owner ?? channel.guild.owner).id,
      applied_tags: channel.appliedTags,
      message_count: 0,
      member_count: 1,
      thread_metadata: {
        archived: channel.archived,
        locked: channel.locked,
        auto_archive_duration: 1440,
        archive_timestamp: JOINED,
      },
    };
  return {
    ...inGuild,
    position: channel.position,
    topic: null,
    nsfw: false,
    ...(isForum(channel) && {
      available_tags: channel.tags.map((tag) => ({ ...tag, emoji_id: null, emoji_name: null })),
      default_reaction_emoji: null,
    }),
    permission_overwrites: channel.overwrites.map(({ id, of, allow, deny }) => ({
      id,
      type: of === 'role' ? 0 : 1,
      allow: String(allow),
      deny: String(deny),
    })),
  };
}

/** GUILD_CREATE for an app without the members intent: of the members, it contains the app only. */
export function guildPayload(guild: Guild, bot: User): Payload {
  const self = guild.members.get(bot.id);
  const channels = [...guild.channels.values()];
  return {
    id: guild.id,
    name: guild.name,
    owner_id: guild.owner.id,
    icon: null,
    unavailable: false,
    large: false,
    joined_at: iso(guild.joinedAt),
    member_count: guild.members.size,
    features: [],
    preferred_locale: guild.locale,
    premium_tier: 0,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    system_channel_id: guild.systemChannel?.id ?? null,
    system_channel_flags: 0,
    afk_channel_id: null,
    afk_timeout: 300,
    rules_channel_id: null,
    public_updates_channel_id: null,
    roles: [...guild.roles.values()].map(rolePayload),
    channels: channels.filter((channel) => !isThread(channel)).map(channelPayload),
    threads: channels.filter((channel) => isThread(channel) && !channel.archived).map(channelPayload),
    members: self ? [memberPayload(self)] : [],
    emojis: [],
    stickers: [],
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** The data of the dispatch. */
export function changePayload(change: Change, bot: User): Payload {
  if ('channel' in change) return channelPayload(change.channel);
  const guild_id = change.guild.id;
  if ('role' in change)
    return change.type === 'GUILD_ROLE_DELETE'
      ? { guild_id, role_id: change.role.id }
      : { guild_id, role: rolePayload(change.role) };
  if ('member' in change) return { guild_id, ...memberPayload(change.member) };
  if (change.type === 'GUILD_DELETE')
    return { id: guild_id, ...(change.guild.unavailable && { unavailable: true }) };
  return guildPayload(change.guild, bot);
}

/** An app with these intents receives the change. Without the members intent, it receives its own member updates only (Gateway, Caveats). */
export function receivesChange(change: Change, intents: number, bot: User): boolean {
  const isOfMember = change.type === 'GUILD_MEMBER_UPDATE';
  if (isOfMember && change.member.user === bot) return true;
  return (intents & (isOfMember ? bits.guildMembers : bits.guilds)) !== 0;
}
