import type { RegisteredCommand, RegisteredOption } from './command-book.ts';
import type { Context } from './context.ts';
import { channelFor, fillOptions, NotOffered, type OptionValues, resolve } from './fill-options.ts';
import { type Asked, INTERACTION, type Seen } from './interactions.ts';
import type { Component } from './message-body.ts';
import { MAX_FILE_BYTES } from './message-form.ts';
import type { Channel, User } from './model.ts';
import { CONTEXT, type Owners, offered, ownersOf, ownersOfMessage, standing } from './offer.ts';
import { OPTION } from './option-form.ts';
import { memberPayload, type Payload, userPayload } from './payload.ts';
import { may, permissionsIn } from './permissions.ts';
import { messagePayload, type StoredMessage } from './store.ts';

interface Slash {
  readonly user: User;
  readonly channel: Channel;
  /** The command's name; subcommands follow after blanks: `relay list`. */
  readonly name: string;
  /** By name; users, roles and channels by id. */
  readonly options?: OptionValues;
  /** The user's language as their client says it; `en-US` where left out. */
  readonly locale?: string;
}

interface PressOptions {
  readonly user: User;
  readonly message: StoredMessage;
  readonly customId: string;
  /** What was chosen, where it is a select. */
  readonly values?: readonly string[];
  readonly locale?: string;
}

/**
 * Acts for people. Both promise what the user sees in the end, and reject with `NotOffered` what the client would
 * not let them do. An answer that is pending counts as seen once it says something.
 */
export interface Ask {
  slash(slash: Slash): Promise<Seen>;
  press(press: PressOptions): Promise<Seen>;
  /** The commands this user is shown in this channel. */
  offered(channel: Channel, user: User): readonly RegisteredCommand[];
}

function findComponent(components: readonly Component[], customId: string): Component | undefined {
  for (const component of components) {
    if (component.custom_id === customId) return component;
    const inside = [...(component.components ?? []), ...(component.accessory ? [component.accessory] : [])];
    const found = findComponent(inside, customId);
    if (found) return found;
  }
  return undefined;
}

/** Walks down the subcommands that `names` say, and wraps the filled options in them. */
function nest(
  registered: readonly RegisteredOption[],
  names: readonly string[],
  values: OptionValues,
): {
  readonly options: readonly Payload[];
  readonly leaf: readonly RegisteredOption[];
  readonly filled: readonly Payload[];
} {
  const [first, ...rest] = names;
  const isBranch = registered.some(({ type }) => type === OPTION.subcommand || type === OPTION.group);
  if (first === undefined) {
    if (isBranch) throw new NotOffered('The command is used by one of its subcommands');
    const filled = fillOptions(registered, values);
    return { options: filled, leaf: registered, filled };
  }
  const sub = isBranch ? registered.find(({ name }) => name === first) : undefined;
  if (!sub) throw new NotOffered(`The command has no subcommand "${first}"`);
  const inner = nest(sub.options ?? [], rest, values);
  return { ...inner, options: [{ type: sub.type, name: sub.name, options: inner.options }] };
}

export function createAsk(context: Context): Ask {
  const { world, clock, interactions, gateway } = context;

  function checkMayTalk(channel: Channel, user: User): bigint {
    const bits = permissionsIn(channel, user, clock.now());
    if (!may(bits, 'ViewChannel')) throw new NotOffered(`${user.name} does not see #${channel.name}`);
    return bits;
  }

  function send(asked: Asked, type: number, owners: Owners, locale: string, more: Payload): Promise<Seen> {
    const { channel, user } = asked;
    const { guild } = channel;
    const { interaction, seen } = interactions.open(asked);
    const member = guild?.members.get(user.id);
    gateway.dispatch('INTERACTION_CREATE', {
      id: interaction.id,
      application_id: world.applicationId,
      type,
      token: interaction.token,
      version: 1,
      ...more,
      channel_id: channel.id,
      channel: channelFor(channel, { world, guild, user, now: clock.now() }),
      ...(guild && member
        ? {
            guild_id: guild.id,
            guild: { id: guild.id, locale: 'en-US', features: [] },
            guild_locale: 'en-US',
            member: {
              ...memberPayload(member),
              permissions: String(permissionsIn(channel, user, clock.now())),
            },
          }
        : { user: userPayload(user) }),
      app_permissions: String(asked.appBits),
      locale,
      entitlements: [],
      authorizing_integration_owners: owners,
      context: guild ? CONTEXT.guild : CONTEXT.botDm,
      attachment_size_limit: MAX_FILE_BYTES,
    });
    return seen;
  }

  return {
    offered: (channel, user) => offered(channel, user, context),
    async slash({ user, channel, name, options = {}, locale = 'en-US' }) {
      const bits = checkMayTalk(channel, user);
      if (channel.guild && !(may(bits, 'UseApplicationCommands') && may(bits, 'SendMessages')))
        throw new NotOffered(`${user.name} may not use commands in #${channel.name}`);
      const [first = '', ...names] = name.split(' ');
      const command = offered(channel, user, context).find((one) => one.type === 1 && one.name === first);
      if (!command) throw new NotOffered(`/${first} is not offered to ${user.name} in #${channel.name}`);
      const { options: nested, leaf, filled } = nest(command.options, names, options);
      const owners = ownersOf(command, channel, user, context);
      const resolved = resolve(leaf, filled, { world, guild: channel.guild, user, now: clock.now() });
      const asked: Asked = {
        type: INTERACTION.command,
        channel,
        user,
        ...standing(channel, user, owners, context),
      };
      return send(asked, INTERACTION.command, owners, locale, {
        data: {
          id: command.id,
          name: command.name,
          type: command.type,
          ...(nested.length > 0 && { options: nested }),
          ...(Object.keys(resolved).length > 0 && { resolved }),
          ...(command['guild_id'] !== undefined && { guild_id: command['guild_id'] }),
        },
      });
    },
    async press({ user, message, customId, values, locale = 'en-US' }) {
      const { channel } = message;
      checkMayTalk(channel, user);
      const component = findComponent(message.components as readonly Component[], customId);
      if (message.deleted || (message.onlyFor && message.onlyFor !== user))
        throw new NotOffered(`${user.name} does not see that message`);
      if (!component || component.disabled) throw new NotOffered(`Nothing to press has the id "${customId}"`);
      const owners = ownersOfMessage(channel, user);
      const asked: Asked = {
        type: INTERACTION.component,
        channel,
        user,
        source: message,
        ...standing(channel, user, owners, context),
      };
      return send(asked, INTERACTION.component, owners, locale, {
        data: { custom_id: customId, component_type: component.type, ...(values && { values }) },
        message: messagePayload(message),
      });
    },
  };
}
