import type { Context, Route } from '../context.ts';
import { refusal } from '../http/api-errors.ts';
import { isThread } from '../world/model.ts';
import {
  channelPayload,
  guildPayload,
  memberPayload,
  type Payload,
  rolePayload,
  userPayload,
} from '../world/payloads.ts';

function installedGuild(context: Context, id: string | undefined) {
  const guild = context.world.guilds.get(id ?? '');
  if (!guild) throw refusal(10004);
  if (!guild.installed) throw refusal(50001);
  return guild;
}

function selfIn(context: Context, id: string | undefined): Payload {
  const member = installedGuild(context, id).members.get(context.world.bot.id);
  if (!member) throw refusal(10007);
  return memberPayload(member);
}

/** The app, its guilds, and the gateway's address. */
export const accountRoutes: readonly Route[] = [
  {
    pattern: 'GET /gateway',
    open: true,
    handle: (_call, context) => ({ body: { url: context.gatewayUrl() } }),
  },
  {
    pattern: 'GET /gateway/bot',
    handle(_call, context) {
      const { remaining, resetAfter } = context.gateway.starts();
      const session_start_limit = {
        total: 1000,
        remaining,
        reset_after: resetAfter,
        max_concurrency: context.gateway.maxConcurrency,
      };
      return {
        body: { url: context.gatewayUrl(), shards: context.gateway.recommended(), session_start_limit },
      };
    },
  },
  { pattern: 'GET /users/@me', handle: (_call, { world }) => ({ body: userPayload(world.bot) }) },
  {
    pattern: 'GET /applications/@me',
    handle: (_call, { world }) => ({
      body: {
        id: world.applicationId,
        name: world.bot.name,
        description: '',
        icon: null,
        bot_public: world.isPublic,
        bot_require_code_grant: false,
        verify_key: '0'.repeat(64),
        flags: 0,
        bot: userPayload(world.bot),
        approximate_guild_count: [...world.guilds.values()].filter(({ installed }) => installed).length,
        integration_types_config: { 0: {}, 1: {} },
      },
    }),
  },
  {
    pattern: 'GET /users/@me/guilds',
    handle: (_call, { world }) => ({
      body: [...world.guilds.values()]
        .filter(({ installed }) => installed)
        .map(({ id, name }) => ({ id, name, icon: null, owner: false, permissions: '0', features: [] })),
    }),
  },
  {
    pattern: 'GET /guilds/:guild',
    handle: ({ params }, context) => ({
      body: guildPayload(installedGuild(context, params['guild']), context.world.bot),
    }),
  },
  {
    pattern: 'GET /guilds/:guild/roles',
    handle: ({ params }, context) => ({
      body: [...installedGuild(context, params['guild']).roles.values()].map(rolePayload),
    }),
  },
  {
    // Includes channels that the app can't view, but no threads (Guild, Get Guild Channels).
    pattern: 'GET /guilds/:guild/channels',
    handle: ({ params }, context) => ({
      body: [...installedGuild(context, params['guild']).channels.values()]
        .filter((channel) => !isThread(channel))
        .map(channelPayload),
    }),
  },
  {
    pattern: 'GET /guilds/:guild/members/:user',
    handle({ params }, context) {
      const guild = installedGuild(context, params['guild']);
      const member = guild.members.get(
        params['user'] === '@me' ? context.world.bot.id : (params['user'] ?? ''),
      );
      if (!member) throw refusal(10007);
      return { body: memberPayload(member) };
    },
  },
  {
    pattern: 'GET /users/@me/guilds/:guild/member',
    handle: ({ params }, context) => ({ body: selfIn(context, params['guild']) }),
  },
  {
    pattern: 'DELETE /users/@me/guilds/:guild',
    handle({ params }, context) {
      context.world.remove(installedGuild(context, params['guild']));
      return {};
    },
  },
  {
    pattern: 'POST /users/@me/channels',
    handle({ body }, { world }) {
      const id = (body as { recipient_id?: unknown } | undefined)?.recipient_id;
      const user = world.users.get(String(id));
      if (!user || user === world.bot) throw refusal(50033);
      return { body: channelPayload(world.openDm(user)) };
    },
  },
];
