import type { Context } from '../context.ts';
import { OPTION } from '../rules/command-options.ts';
import type { Component } from '../rules/message-body.ts';
import { messagePayload, type StoredMessage } from '../world/message-store.ts';
import type { Channel, User } from '../world/model.ts';
import type { Payload } from '../world/payloads.ts';
import { type AutocompleteInput, createAutocomplete } from './autocomplete.ts';
import { fillOptions, NotOffered, type OptionValues, resolve } from './fill-options.ts';
import { selectData } from './fill-select.ts';
import {
  INTERACTION,
  type InteractionInput,
  type InteractionOutcome,
  type ShownModal,
} from './interactions.ts';
import type { Choice, RegisteredCommand, RegisteredOption } from './registered-commands.ts';
import { createInteractionSender, type TypedCommand } from './send-interaction.ts';
import { appCapabilities, messageInstallOwners, visibleCommands } from './visible-commands.ts';

const BUTTON = 2;

interface SlashCommandInput extends TypedCommand {
  /** By name. For users, roles and channels, their ids. */
  readonly options?: OptionValues;
  /** Of the user's client. Default: `en-US`. */
  readonly locale?: string;
}

interface ComponentInput {
  readonly user: User;
  readonly message: StoredMessage;
  readonly customId: string;
  /** Of a select. */
  readonly values?: readonly string[];
  readonly locale?: string;
}

/**
 * Acts for users. Resolves with what the user sees in the end: a deferred response counts once it is complete. Rejects with
 * `NotOffered` what the client would not let them do.
 */
export interface UserActions {
  slash(slash: SlashCommandInput): Promise<InteractionOutcome>;
  press(press: ComponentInput): Promise<InteractionOutcome>;
  /** `values` by custom id. The client enforces required fields and lengths. */
  submitModal(form: ShownModal, values: Readonly<Record<string, string>>): Promise<InteractionOutcome>;
  /** The app's suggestions; `undefined` if it doesn't answer in time. */
  autocomplete(completing: AutocompleteInput): Promise<readonly Choice[] | undefined>;
  /** The commands that the client shows the user in this channel. */
  visibleCommands(channel: Channel, user: User): readonly RegisteredCommand[];
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

/** Nests the options in the subcommands `names`. */
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

export function createUserActions(context: Context): UserActions {
  const { world, clock } = context;
  const { checkMayTalk, commandFor, send } = createInteractionSender(context);

  return {
    autocomplete: createAutocomplete(context),
    visibleCommands: (channel, user) => visibleCommands(channel, user, context),
    async slash({ user, channel, name, options = {}, locale = 'en-US' }) {
      const { command, names, owners } = commandFor({ user, channel, name });
      const { options: nested, leaf, filled } = nest(command.options, names, options);
      const resolved = resolve(leaf, filled, { world, guild: channel.guild, user, now: clock.now() });
      const asked: InteractionInput = {
        type: INTERACTION.command,
        channel,
        user,
        ...appCapabilities(channel, user, owners, context),
      };
      return send(asked, owners, locale, {
        data: {
          id: command.id,
          name: command.name,
          type: command.type,
          ...(nested.length > 0 && { options: nested }),
          ...(Object.keys(resolved).length > 0 && { resolved }),
          ...(command['guild_id'] !== undefined && { guild_id: command['guild_id'] }),
        },
      }).seen;
    },
    async submitModal({ customId, channel, user, fields }, values) {
      checkMayTalk(channel, user);
      const components = fields.map((field, index) => {
        const value = values[field.customId] ?? '';
        if (value.length < field.minLength || value.length > field.maxLength)
          throw new NotOffered(`"${field.label}" takes ${field.minLength} to ${field.maxLength} characters`);
        const component = { type: 4, id: 2 * index + 2, custom_id: field.customId, value };
        return { type: 18, id: 2 * index + 1, component };
      });
      const owners = messageInstallOwners(channel, user);
      const asked: InteractionInput = {
        type: INTERACTION.form,
        channel,
        user,
        ...appCapabilities(channel, user, owners, context),
      };
      return send(asked, owners, 'en-US', { data: { custom_id: customId, components } }).seen;
    },
    async press({ user, message, customId, values, locale = 'en-US' }) {
      const { channel } = message;
      checkMayTalk(channel, user);
      const component = findComponent(message.components as readonly Component[], customId);
      if (message.deleted || (message.onlyFor && message.onlyFor !== user))
        throw new NotOffered(`${user.name} does not see that message`);
      if (!component || component.disabled) throw new NotOffered(`Nothing to press has the id "${customId}"`);
      const owners = messageInstallOwners(channel, user);
      const asked: InteractionInput = {
        type: INTERACTION.component,
        channel,
        user,
        source: message,
        ...appCapabilities(channel, user, owners, context),
      };
      return send(asked, owners, locale, {
        data: {
          custom_id: customId,
          component_type: component.type,
          ...(component.type !== BUTTON &&
            selectData(component, values ?? [], { world, guild: channel.guild, user, now: clock.now() })),
        },
        message: messagePayload(message),
      }).seen;
    },
  };
}
