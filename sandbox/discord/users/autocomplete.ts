import type { Context } from '../context.ts';
import { NotOffered, type OptionValues } from './fill-options.ts';
import { INTERACTION, type InteractionInput } from './interactions.ts';
import type { Choice } from './registered-commands.ts';
import { createInteractionSender, type TypedCommand } from './send-interaction.ts';
import { appCapabilities } from './visible-commands.ts';

/** A command with an option being typed. */
export interface AutocompleteInput extends TypedCommand {
  /** The other options, unchecked. */
  readonly options?: OptionValues;
  /** The option being typed, and its text so far. */
  readonly focused: readonly [name: string, typed: string];
  readonly locale?: string;
}

/** Asks for suggestions, as the client does with every letter (Application Commands, Autocomplete). */
export function createAutocomplete(context: Context) {
  const { commandFor, send } = createInteractionSender(context);

  return async (completing: AutocompleteInput): Promise<readonly Choice[] | undefined> => {
    const { user, channel, options = {}, focused, locale = 'en-US' } = completing;
    const { command, owners } = commandFor(completing);
    const [name, typed] = focused;
    const option = command.options.find((one) => one.name === name);
    if (!option?.autocomplete) throw new NotOffered(`Nothing is suggested for the option "${name}"`);
    const values: OptionValues = { ...options, [name]: typed };
    const asked: InteractionInput = {
      type: INTERACTION.autocomplete,
      channel,
      user,
      completes: option.type,
      ...appCapabilities(channel, user, owners, context),
    };
    const answered = Promise.withResolvers<readonly Choice[] | undefined>();
    const off = context.events.on('suggested', ({ interaction, choices }) => {
      if (interaction === id) answered.resolve(choices);
    });
    const { id, seen } = send(asked, owners, locale, {
      data: {
        id: command.id,
        name: command.name,
        type: command.type,
        options: command.options.flatMap((one) => {
          const value = values[one.name];
          if (value === undefined) return [];
          return [{ name: one.name, type: one.type, value, ...(one === option && { focused: true }) }];
        }),
      },
    });
    // Without suggestions, the interaction just expires.
    void seen.then(() => answered.resolve(undefined));
    return answered.promise.finally(off);
  };
}
