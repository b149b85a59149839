import { OPTION } from '../rules/command-options.ts';
import { lengthOf } from '../rules/rules.ts';
import { channelTypes } from '../world/flags.ts';
import type { Channel, Guild, User } from '../world/model.ts';
import { channelPayload, memberPayload, type Payload, rolePayload, userPayload } from '../world/payloads.ts';
import { guildPermissions, permissionsIn } from '../world/permissions.ts';
import type { World } from '../world/world.ts';
import type { RegisteredOption } from './registered-commands.ts';

type OptionValue = string | number | boolean;
export type OptionValues = Readonly<Record<string, OptionValue>>;

/** The client does not let the user do this; the message says why. */
export class NotOffered extends Error {
  override readonly name = 'NotOffered';
}

const KINDS: Readonly<Record<number, 'string' | 'number' | 'boolean'>> = {
  [OPTION.integer]: 'number',
  [OPTION.number]: 'number',
  [OPTION.boolean]: 'boolean',
};

/** Why the client refuses the value. */
function whyInvalid(option: RegisteredOption, value: OptionValue): string | undefined {
  const { type, choices, min_value, max_value, min_length, max_length } = option;
  if (typeof value !== (KINDS[type] ?? 'string')) return 'has a value of the wrong type';
  if (type === OPTION.integer && !Number.isInteger(value)) return 'must be whole';
  if (choices && !choices.some((choice) => choice.value === value)) return 'is none of its choices';
  if (typeof value === 'number' && (value < (min_value ?? -Infinity) || value > (max_value ?? Infinity)))
    return 'is out of range';
  const length = typeof value === 'string' ? lengthOf(value) : 1;
  if (type === OPTION.string && (length < (min_length ?? 1) || length > (max_length ?? 6000)))
    return 'has a bad length';
  return undefined;
}

/** Fills in a command's options. Throws `NotOffered` for values that the client refuses. */
export function fillOptions(
  registered: readonly RegisteredOption[],
  values: OptionValues,
): readonly Payload[] {
  for (const name of Object.keys(values))
    if (!registered.some((option) => option.name === name))
      throw new NotOffered(`The command has no option "${name}"`);
  return registered.flatMap((option): Payload[] => {
    const value = values[option.name];
    if (value === undefined) {
      if (option.required) throw new NotOffered(`The option "${option.name}" is required`);
      return [];
    }
    const wrong = whyInvalid(option, value);
    if (wrong) throw new NotOffered(`The option "${option.name}" ${wrong}`);
    return [{ name: option.name, type: option.type, value }];
  });
}

export interface FillContext {
  readonly world: World;
  readonly guild: Guild | undefined;
  readonly user: User;
  readonly now: number;
}

/** As in interactions: with the permissions of the user and of the app. */
export function channelWithPermissions(channel: Channel, { world, user, now }: FillContext): Payload {
  return {
    ...channelPayload(channel),
    permissions: String(permissionsIn(channel, user, now)),
    app_permissions: String(permissionsIn(channel, world.bot, now)),
  };
}

function requireFound<T>(thing: T | undefined, id: string): T {
  if (thing === undefined) throw new NotOffered(`Nothing to choose has the id ${id}`);
  return thing;
}

/** The users, roles and channels in the options. Throws `NotOffered` for channels of the wrong type. */
export function resolve(
  registered: readonly RegisteredOption[],
  filled: readonly Payload[],
  around: FillContext,
): Payload {
  const resolved = { users: {}, members: {}, roles: {}, channels: {} } as Record<string, Payload>;
  const put = (kind: string, id: string, payload: Payload) => {
    (resolved[kind] ??= {})[id] = payload;
  };
  const { world, guild } = around;
  for (const option of filled) {
    const id = String(option['value']);
    const type = Number(option['type']);
    if (type === OPTION.channel) {
      const channel = requireFound(guild?.channels.get(id), id);
      const types = registered.find(({ name }) => name === option['name'])?.channel_types;
      if (types && !types.includes(channelTypes[channel.kind]))
        throw new NotOffered(`The option "${String(option['name'])}" takes no channel of this type`);
      put('channels', id, channelWithPermissions(channel, around));
    }
    const role = type === OPTION.role || type === OPTION.mentionable ? guild?.roles.get(id) : undefined;
    if (type === OPTION.role) put('roles', id, rolePayload(requireFound(role, id)));
    else if (role) put('roles', id, rolePayload(role));
    else if (type === OPTION.user || type === OPTION.mentionable) {
      const user = requireFound(world.users.get(id), id);
      put('users', id, userPayload(user));
      const member = guild?.members.get(id);
      if (!member || !guild) continue;
      const { user: _user, ...partial } = memberPayload(member);
      put('members', id, { ...partial, permissions: String(guildPermissions(guild, user)) });
    }
  }
  return Object.fromEntries(
    Object.entries(resolved).filter(([, entries]) => Object.keys(entries).length > 0),
  );
}
