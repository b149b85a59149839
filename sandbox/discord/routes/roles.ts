import type { Call, Context, Reply, Route } from '../context.ts';
import { refusal } from '../http/api-errors.ts';
import { boolean, checkForm, isObject, object, string } from '../rules/rules.ts';
import type { Guild, Role } from '../world/model.ts';
import { rolePayload } from '../world/payloads.ts';
import { guildPermissions, may } from '../world/permissions.ts';

/** Throws unless the bot may manage the guild's roles. */
function manageable({ params }: Call, { world }: Context): Guild {
  const guild = world.guilds.get(params['guild'] ?? '');
  if (!guild) throw refusal(10004);
  if (!guild.installed) throw refusal(50001);
  if (!may(guildPermissions(guild, world.bot), 'ManageRoles')) throw refusal(50013);
  return guild;
}

/** If two roles have the same position, the older one is higher. */
const isBelow = (one: Role, other: Role): boolean =>
  one.position === other.position ? BigInt(one.id) > BigInt(other.id) : one.position < other.position;

const shape = object({ name: string({ max: 100 }), permissions: string({}, /^\d+$/), mentionable: boolean });

function create(call: Call, context: Context): Reply {
  const guild = manageable(call, context);
  const body = isObject(call.body) ? call.body : {};
  checkForm((report) => shape(body, report));
  const {
    name = 'new role',
    permissions = '0',
    mentionable = false,
  } = body as {
    readonly name?: string;
    readonly permissions?: string;
    readonly mentionable?: boolean;
  };
  // A bot can't grant permissions that it lacks.
  if (BigInt(permissions) & ~guildPermissions(guild, context.world.bot)) throw refusal(50013);
  const role = context.world.addRole(guild, { name, mentionable });
  role.permissions = BigInt(permissions);
  return { body: rolePayload(role) };
}

/** The bot can assign roles below its highest one, unless an integration manages them. */
function change(call: Call, context: Context, has: boolean): Reply {
  const guild = manageable(call, context);
  const role = guild.roles.get(call.params['role'] ?? '');
  const member = guild.members.get(call.params['user'] ?? '');
  if (!role) throw refusal(10011);
  if (!member) throw refusal(10007);
  const own = guild.members.get(context.world.bot.id)?.roles.flatMap((id) => guild.roles.get(id) ?? []) ?? [];
  if (role.managed || role.id === guild.id || !own.some((one) => isBelow(role, one))) throw refusal(50013);
  const others = member.roles.filter((id) => id !== role.id);
  context.world.setMember(guild, member.user, { roles: has ? [...others, role.id] : others });
  return {};
}

/** Roles and their members. */
export const roleRoutes: readonly Route[] = [
  { pattern: 'POST /guilds/:guild/roles', handle: create },
  {
    pattern: 'PUT /guilds/:guild/members/:user/roles/:role',
    handle: (call, context) => change(call, context, true),
  },
  {
    pattern: 'DELETE /guilds/:guild/members/:user/roles/:role',
    handle: (call, context) => change(call, context, false),
  },
];
