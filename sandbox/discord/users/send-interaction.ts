import type { Context } from '../context.ts';
import { MAX_FILE_BYTES } from '../rules/message.ts';
import type { Channel, User } from '../world/model.ts';
import { memberPayload, type Payload, userPayload } from '../world/payloads.ts';
import { may, permissionsIn } from '../world/permissions.ts';
import { channelWithPermissions, NotOffered } from './fill-options.ts';
import type { InteractionInput } from './interactions.ts';
import type { RegisteredCommand } from './registered-commands.ts';
import { CONTEXT, installOwners, type Owners, visibleCommands } from './visible-commands.ts';

/** A command that a user types. */
export interface TypedCommand {
  readonly user: User;
  readonly channel: Channel;
  /** With subcommands after spaces: `relay list`. */
  readonly name: string;
}

/** Common to all interactions: permissions, and the event for the app. */
export function createInteractionSender(context: Context) {
  const { world, clock, interactions, gateway } = context;

  function checkMayTalk(channel: Channel, user: User): bigint {
    const bits = permissionsIn(channel, user, clock.now());
    if (!may(bits, 'ViewChannel')) throw new NotOffered(`${user.name} does not see #${channel.name}`);
    return bits;
  }

  /** Throws `NotOffered` unless the client offers the command to the user in the channel. */
  function commandFor({ user, channel, name }: TypedCommand): {
    readonly command: RegisteredCommand;
    readonly names: readonly string[];
    readonly owners: Owners;
  } {
    const bits = checkMayTalk(channel, user);
    if (channel.guild && !(may(bits, 'UseApplicationCommands') && may(bits, 'SendMessages')))
      throw new NotOffered(`${user.name} may not use commands in #${channel.name}`);
    const [first = '', ...names] = name.split(' ');
    const command = visibleCommands(channel, user, context).find(
      (one) => one.type === 1 && one.name === first,
    );
    if (!command) throw new NotOffered(`/${first} is not offered to ${user.name} in #${channel.name}`);
    return { command, names, owners: installOwners(command, channel, user, context) };
  }

  function send(asked: InteractionInput, owners: Owners, locale: string, more: Payload) {
    const { channel, user } = asked;
    const { guild } = channel;
    const { interaction, seen } = interactions.open(asked);
    const member = guild?.members.get(user.id);
    gateway.dispatch('INTERACTION_CREATE', {
      id: interaction.id,
      application_id: world.applicationId,
      type: asked.type,
      token: interaction.token,
      version: 1,
      ...more,
      channel_id: channel.id,
      channel: channelWithPermissions(channel, { world, guild, user, now: clock.now() }),
      ...(guild && member
        ? {
            guild_id: guild.id,
            guild: { id: guild.id, locale: guild.locale, features: [] },
            guild_locale: guild.locale,
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
    return { id: interaction.id, seen };
  }

  return { checkMayTalk, commandFor, send };
}
