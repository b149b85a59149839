import {
  type Client,
  Events,
  type Interaction,
  Message,
  MessageFlags,
  type ModalSubmitInteraction,
} from 'discord.js';
import { canonicalName } from '../../../command/command-aliases.ts';
import type { PromptForm } from '../../../command/form.ts';
import type { Answer, CommandInput, Invocation, User } from '../../../command/invocation.ts';
import { type Texts, textsFor } from '../../../i18n/texts.ts';
import type { Log } from '../../../lib/log.ts';
import { readySentence } from '../../../note/present/finish.ts';
import { decodeCallback } from '../../callback-codec.ts';
import type { Host } from '../../platform.ts';
import { classifyError } from '../api/classify-error.ts';
import { destinationOf } from '../destinations.ts';
import { createFetchRoles } from '../guilds/role-facts.ts';
import { answerAutocomplete } from './autocomplete.ts';
import {
  type ComponentInteraction,
  canWrite,
  chatOf,
  interactionChannel,
  isInstalledHere,
  isPrivate,
  type UserInteraction,
  userOf,
} from './interaction-context.ts';
import { openModal, readModalSubmit } from './modal.ts';
import type { createResponder, InteractionRef, ResponseMode } from './responder.ts';

interface Parts {
  readonly host: Host;
  readonly respond: ReturnType<typeof createResponder>;
  readonly deferAfterMs: number;
  readonly log: Log;
}

/**
 * Where only the asker has installed the app, five messages may follow the first response (JSON code 40094), which may
 * be no more than the sign that an answer is coming.
 */
const MAX_FOLLOW_UPS = 5;

export interface InteractionService {
  /** The end of those in hand; no new ones are taken then. */
  drain(): Promise<void>;
}

/** Answers slash commands, what is being typed into them, and buttons. */
export function serveInteractions(client: Client, parts: Parts): InteractionService {
  const { host, respond, log } = parts;
  const askFacts = createFetchRoles(client.rest);
  const inHand = new Set<Promise<void>>();
  let closed = false;

  client.on(Events.InteractionCreate, (interaction) => {
    if (closed) return;
    const work = attend(interaction).finally(() => inHand.delete(work));
    inHand.add(work);
  });

  async function attend(interaction: Interaction): Promise<void> {
    if (interaction.isChatInputCommand()) {
      const named = Object.fromEntries(
        interaction.options.data.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
      );
      // The app may still show a menu that it fetched before.
      await answer(interaction, canonicalName(interaction.commandName), { named }, false);
    } else if (interaction.isButton()) await press(interaction);
    else if (interaction.isAnySelectMenu()) await press(interaction, interaction.values);
    else if (interaction.isModalSubmit()) await take(interaction);
    else if (interaction.isAutocomplete()) await answerAutocomplete(interaction, parts);
  }

  async function press(interaction: ComponentInteraction, chosen?: readonly string[]): Promise<void> {
    const pressed = decodeCallback(interaction.customId, chosen);
    if (!pressed || !host.menu.some(({ name }) => name === pressed.command))
      return refuse(interaction, (await asking(interaction)).texts.platform.oldButton);
    await answer(interaction, pressed.command, pressed.input, pressed.responseMode === 'replace');
  }

  /** Who asks, in the language that they chose. */
  async function asking(asked: UserInteraction): Promise<{ readonly asker: User; readonly texts: Texts }> {
    const asker = userOf(asked);
    const { language } = await host.readerFor(asker.id, asker.language);
    return { asker: { ...asker, language, reported: asker.language }, texts: textsFor(language) };
  }

  async function take(interaction: ModalSubmitInteraction): Promise<void> {
    const sent = readModalSubmit(interaction);
    if (!sent || !host.menu.some(({ name }) => name === sent.command)) {
      const { texts } = await asking(interaction);
      return refuse(interaction, texts.platform.oldButton);
    }
    await answer(interaction, sent.command, sent.input, false);
  }

  async function answer(
    asked: UserInteraction,
    command: string,
    input: CommandInput,
    replace: boolean,
  ): Promise<void> {
    const item = host.menu.find(({ name }) => name === command);
    const { asker, texts } = await asking(asked);
    const admission = host.admit({ command, asker, place: destinationOf(interactionChannel(asked)) });
    // Discord wants every interaction answered, so there is no silence for who goes on.
    if (admission.status === 'refused') return refuse(asked, admission.sentence);
    // Who sees a command is up to the server's settings, and nothing keeps anybody from a button.
    if (item?.for === 'managers' && !asker.manages) return refuse(asked, texts.platform.notYours.discord);
    const place = chatOf(asked, texts, askFacts);
    const invocation: Invocation = { platform: 'discord', command, input, asker, place };
    // There is no form in answer to a form.
    const form = asked.isModalSubmit() ? undefined : await host.form(invocation);
    if (form) return show(asked, form);
    const manner = responseMode(asked, replace, item?.answerTo === 'asker', asker.language);
    await respond(interactionRef(asked), manner, (show) =>
      // In a private chat posts are the asker's anyway, and can be taken away again.
      host.answer(isPrivate(asked) ? invocation : { ...invocation, show }),
    );
  }

  async function show(asked: UserInteraction, form: PromptForm): Promise<void> {
    try {
      await openModal(client.rest, interactionRef(asked), form);
    } catch (error) {
      log.warn('answer.lost', { reason: classifyError(error).reason });
    }
  }

  async function refuse(asked: UserInteraction, sentence: string): Promise<void> {
    const refusal: Answer = { document: readySentence(sentence, asked.locale), to: 'asker' };
    await respond(interactionRef(asked), responseMode(asked, false, true, asked.locale), async () => refusal);
  }

  return {
    async drain() {
      closed = true;
      await Promise.allSettled(inHand);
    },
  };
}

function interactionRef(asked: UserInteraction): InteractionRef {
  const { id, token, applicationId } = asked;
  return { id, token, applicationId, channel: interactionChannel(asked) };
}

/**
 * Only who asked turns the pages of an answer: everybody else gets a copy that nobody else sees. What follows from a
 * hidden answer stays hidden. Who may not write in the channel can press a button there all the same, and makes the bot
 * write for nobody but themselves.
 */
function responseMode(
  asked: UserInteraction,
  replace: boolean,
  toAsker: boolean,
  language: string,
): ResponseMode {
  const others = !isPrivate(asked);
  const alone = (toAsker || !canWrite(asked)) && others;
  const limit = { messages: MAX_FOLLOW_UPS };
  const shared = { others, language, ...(others && !isInstalledHere(asked) && { limit }) };
  if (!asked.isMessageComponent()) return { replace: false, hidden: alone, ...shared };
  const { askedBy, hidden } = sourceMessage(asked);
  if (!replace) return { replace, hidden: hidden || alone, ...shared };
  const own = !others || askedBy === asked.user.id;
  return { replace: own, hidden: own ? hidden : true, ...shared };
}

/** Whose question the message answered, and whether only that person sees it. */
function sourceMessage({ message }: ComponentInteraction): {
  readonly askedBy?: string;
  readonly hidden: boolean;
} {
  // Where the channel is not in the cache, discord.js hands the message over as it came.
  if (message instanceof Message) {
    const askedBy = message.interactionMetadata?.user.id;
    return { hidden: message.flags.has(MessageFlags.Ephemeral), ...(askedBy ? { askedBy } : {}) };
  }
  const raw = message as { flags?: number; interaction_metadata?: { user?: { id: string } } };
  const askedBy = raw.interaction_metadata?.user?.id;
  return { hidden: ((raw.flags ?? 0) & MessageFlags.Ephemeral) !== 0, ...(askedBy ? { askedBy } : {}) };
}
