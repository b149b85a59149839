import { type Client, Events, type Interaction } from 'discord.js';
import type { UserRequest } from '../../../command/request.ts';
import type { Host } from '../../platform.ts';
import { createFetchRoles, type FetchRoles } from '../guilds/role-facts.ts';
import { answerAutocomplete } from './autocomplete.ts';
import { chatOf, type UserInteraction, userOf } from './interaction-context.ts';
import { modalFields } from './modal.ts';
import { createResponder, type ResponderParts } from './responder.ts';

export interface InteractionService {
  /** Ignores new interactions from now on, and resolves once those in progress have their responses. */
  drain(): Promise<void>;
}

/** Passes slash commands, buttons, selects and forms to the host, each with a responder; also serves autocomplete. */
export function serveInteractions(
  client: Client,
  parts: Omit<ResponderParts, 'rest'> & { readonly host: Host },
): InteractionService {
  const { host } = parts;
  const { rest } = client;
  const fetchRoles = createFetchRoles(rest);
  const inProgress = new Set<Promise<void>>();
  let isDraining = false;

  client.on(Events.InteractionCreate, (interaction) => {
    if (isDraining) return;
    const work = serve(interaction).finally(() => inProgress.delete(work));
    inProgress.add(work);
  });

  async function serve(interaction: Interaction): Promise<void> {
    if (interaction.isAutocomplete()) return answerAutocomplete(interaction, parts);
    if (interaction.isChatInputCommand() || interaction.isMessageComponent() || interaction.isModalSubmit())
      await host.handle(toRequest(interaction, fetchRoles), createResponder(interaction, { ...parts, rest }));
  }

  return {
    async drain() {
      isDraining = true;
      await Promise.allSettled(inProgress);
    },
  };
}

function toRequest(interaction: UserInteraction, fetchRoles: FetchRoles): UserRequest {
  const base = {
    platform: 'discord',
    user: userOf(interaction),
    chat: (texts) => chatOf(interaction, texts, fetchRoles),
  } satisfies Partial<UserRequest>;
  if (interaction.isModalSubmit())
    return { ...base, type: 'form', token: interaction.customId, fields: modalFields(interaction) };
  if (interaction.isMessageComponent())
    return {
      ...base,
      type: 'callback',
      token: interaction.customId,
      ...(interaction.isAnySelectMenu() && { selected: interaction.values }),
    };
  const named = Object.fromEntries(
    interaction.options.data.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
  );
  return { ...base, type: 'command', command: interaction.commandName, input: { named }, isAddressed: true };
}
