import {
  type APIApplication,
  type APIChannel,
  type APIGatewayBotInfo,
  type APIGuildMember,
  type APIOverwrite,
  type APIRole,
  type APIUser,
  ApplicationFlags,
  ChannelFlags,
  ChannelType,
  PermissionFlagsBits,
  REST,
  Routes,
} from 'discord.js';
import { plural } from '../../i18n/en/plural.ts';
import { textsFor } from '../../i18n/texts.ts';
import { type Finding, failed, ok, warning } from '../../lib/finding.ts';
import type { PlatformInspection, TokenProbe } from '../platform.ts';
import { classifyError } from './api/classify-error.ts';
import { restOptions } from './api/rest-clients.ts';
import { typeObstacle } from './guilds/delivery-obstacle.ts';
import { inviteUrl } from './guilds/invite.ts';
import { ALL_PERMISSIONS, permissionsIn } from './guilds/own-permissions.ts';
import { type PermissionName, requiredPermissions } from './guilds/required-permissions.ts';

const API_URL = 'https://discord.com/api';
const TIMEOUT_MS = 10_000;
/** Warn when fewer logins than this are left today: a crash loop uses them up, and then Discord resets the token. */
const FEW_LOGINS = 100;
const PRIVILEGED_INTENTS = [
  ApplicationFlags.GatewayPresence,
  ApplicationFlags.GatewayPresenceLimited,
  ApplicationFlags.GatewayGuildMembers,
  ApplicationFlags.GatewayGuildMembersLimited,
  ApplicationFlags.GatewayMessageContent,
  ApplicationFlags.GatewayMessageContentLimited,
].reduce((all, one) => all | one, 0);
/** Posts can be sent without these, but look plainer. */
const USEFUL_PERMISSIONS = [
  ['Embed Links', PermissionFlagsBits.EmbedLinks],
  ['Attach Files', PermissionFlagsBits.AttachFiles],
  ['Read Message History', PermissionFlagsBits.ReadMessageHistory],
] as const;

const TIMED_OUT = 'A moderator has put the bot in time-out. End it: right-click the bot → Remove Timeout.';

const { discord: texts } = textsFor('en');
const READ_GUIDE = 'See README.md, “Discord, in five minutes”.';

/** Checks over REST alone whether the token works and what is missing. Changes nothing. Its methods never reject. */
export function inspectDiscord(options: {
  readonly token: string;
  readonly apiUrl?: string;
}): PlatformInspection {
  const rest = new REST({ ...restOptions(options.apiUrl), timeout: TIMEOUT_MS }).setToken(options.token);
  const get = async <T>(route: `/${string}`): Promise<T> => (await rest.get(route)) as T;
  const self = once(() => get<APIUser>(Routes.user()));
  const application = () => get<APIApplication>(Routes.currentApplication());
  const membershipIn = memoized(async (guild: string) => ({
    guild,
    member: await get<APIGuildMember>(Routes.guildMember(guild, (await self()).id)),
    roles: await get<readonly APIRole[]>(Routes.guildRoles(guild)),
  }));

  async function identify(): Promise<TokenProbe> {
    try {
      const { id, name } = await application();
      return { status: 'valid', name, links: { 'Add to a server': inviteUrl(id) } };
    } catch (error) {
      const { kind, reason } = classifyError(error);
      return kind === 'token' ? { status: 'refused' } : { status: 'unanswered', reason };
    }
  }

  async function account(): Promise<readonly Finding[]> {
    const user = await self();
    const { id, approximate_guild_count: guilds, bot_public: isPublic, flags } = await application();
    const invite = inviteUrl(id);
    return [
      guilds === 0
        ? warning(`logged in as ${nameOf(user)}, which is in no server`, `Invite it: ${invite}`)
        : ok(
            `logged in as ${nameOf(user)}${guilds === undefined ? '' : `, in ${plural(guilds, 'server', 'servers')}`}; ${isPublic ? 'others can' : 'only its owner can'} invite it: ${invite}`,
          ),
      ...intentFindings(flags ?? 0),
      ...loginFindings(await get<APIGatewayBotInfo>(Routes.gatewayBot())),
    ];
  }

  async function channel(id: string): Promise<readonly Finding[]> {
    const fetched = await get<APIChannel>(Routes.channel(id));
    const where = 'name' in fetched && fetched.name ? `#${fetched.name}` : id;
    const needs = requiredPermissions(fetched.type);
    if (!needs || !('guild_id' in fetched) || fetched.guild_id === undefined)
      return [failed(`can't post in ${where}`, typeObstacle(fetched.type, texts) ?? texts.fixes.kind)];
    const membership = await membershipIn(fetched.guild_id);
    const granted = permissionsIn(membership, await overwritesOf(fetched));
    const has = (bit: bigint): boolean => (granted & bit) === bit;
    const timedOutUntil = membership.member.communication_disabled_until;
    const isTimedOut = timedOutUntil && Date.parse(timedOutUntil) > Date.now();
    if (isTimedOut && granted !== ALL_PERMISSIONS)
      return [failed(`can't post in ${where} until ${timedOutUntil}`, TIMED_OUT)];
    const missing = (Object.entries(needs) as [PermissionName, bigint][])
      .filter(([, bit]) => !has(bit))
      .map(([name]) => texts.permissions[name]);
    if (missing.length > 0) return [failed(`can't post in ${where}`, texts.missingPermissions(missing))];
    const blocked = blockedBy(fetched, has(PermissionFlagsBits.ManageThreads));
    if (blocked !== undefined) return [failed(`can't post in ${where}`, blocked)];
    const useful = USEFUL_PERMISSIONS.filter(([, bit]) => !has(bit)).map(([name]) => name);
    if (useful.length === 0) return [ok(`can post in ${where}`)];
    const them = useful.length === 1 ? 'it' : 'them';
    return [
      warning(
        `can post in ${where}, but without ${useful.join(', ')}: posts look plainer there`,
        `Add ${them} under Edit Channel → Permissions.`,
      ),
    ];
  }

  /** Threads have none of their own, so theirs are those of the parent channel. */
  async function overwritesOf(fetched: APIChannel): Promise<readonly APIOverwrite[]> {
    if ('permission_overwrites' in fetched) return fetched.permission_overwrites ?? [];
    const parent = 'parent_id' in fetched ? fetched.parent_id : undefined;
    return parent ? overwritesOf(await get<APIChannel>(Routes.channel(parent))) : [];
  }

  return {
    apiUrl: options.apiUrl ?? API_URL,
    identify,
    account: () => explained(account()),
    destination: (id) => explained(channel(id)),
  };
}

function intentFindings(flags: number): readonly Finding[] {
  if ((flags & PRIVILEGED_INTENTS) === 0) return [ok('needs no privileged intents, and has none')];
  return [
    warning(
      'privileged intents are turned on, which Postrider never uses',
      'Turn them off: Developer Portal → your app → Bot → Privileged Gateway Intents.',
    ),
  ];
}

function loginFindings({ shards, session_start_limit: limit }: APIGatewayBotInfo): readonly Finding[] {
  const { remaining, total, reset_after: resetMs } = limit;
  const hours = Math.max(1, Math.round(resetMs / 3_600_000));
  const left = `${remaining} of ${total} logins left, renewed in ${plural(hours, 'hour', 'hours')}`;
  if (remaining < shards)
    return [
      failed(left, `Wait: it needs ${plural(shards, 'login', 'logins')} to start, and Discord refuses more.`),
    ];
  if (remaining < FEW_LOGINS)
    return [
      warning(left, 'Find out what logs in so often: the same token in another program, or a crash loop.'),
    ];
  return [ok(left)];
}

function blockedBy(channel: APIChannel, moderates: boolean): string | undefined {
  if ('thread_metadata' in channel && channel.thread_metadata?.locked && !moderates)
    return texts.fixes.locked;
  if (channel.type !== ChannelType.GuildForum && channel.type !== ChannelType.GuildMedia) return undefined;
  const requiresTag = ((channel.flags ?? 0) & ChannelFlags.RequireTag) !== 0;
  const hasTag = channel.available_tags.some(({ moderated }) => moderates || !moderated);
  return requiresTag && !hasTag ? texts.fixes.tags : undefined;
}

/** Turns a failed request into a finding. */
async function explained(findings: Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await findings;
  } catch (error) {
    const failure = classifyError(error);
    if (failure.kind === 'token')
      return [failed('the token was rejected', `${texts.refused.token} ${READ_GUIDE}`)];
    if ('fix' in failure && failure.fix !== undefined)
      return [failed(`can't post there (${failure.reason})`, texts.fixes[failure.fix])];
    if (failure.kind === 'destination-removed')
      return [failed(`can't post there (${failure.reason})`, texts.fixes.missing)];
    return [
      failed(
        `Discord gave no answer (${failure.reason})`,
        'Check the network, and https://discordstatus.com. If DISCORD_API_URL is set, that may be the cause.',
      ),
    ];
  }
}

const nameOf = ({ username, discriminator }: APIUser): string =>
  discriminator === '0' ? username : `${username}#${discriminator}`;

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => (loading ??= load());
}

function memoized<T>(load: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const cache = new Map<string, Promise<T>>();
  return (key) => {
    const value = cache.get(key) ?? load(key);
    cache.set(key, value);
    return value;
  };
}
