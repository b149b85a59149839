import type { Call, Context, Reply, Route } from '../context.ts';
import { choicesRule } from '../rules/command-options.ts';
import { readMessage } from '../rules/message.ts';
import type { MessageBody, Upload } from '../rules/message-body.ts';
import { readModal } from '../rules/modal.ts';
import { checkForm, isObject, object, oneOf, required } from '../rules/rules.ts';
import { CALLBACK, INTERACTION, type Interaction } from '../users/interactions.ts';
import type { Choice } from '../users/registered-commands.ts';
import { messageFlags } from '../world/flags.ts';
import { type MessageText, messagePayload, type StoredMessage } from '../world/message-store.ts';
import { composeEdit, composeNew, type Sender } from './compose-message.ts';

const { message, deferredMessage, deferredUpdate, updateMessage, suggestions, form } = CALLBACK;
const CALLBACKS = {
  [INTERACTION.command]: [message, deferredMessage, form],
  [INTERACTION.component]: [message, deferredMessage, deferredUpdate, updateMessage, form],
  // A modal can't be answered with a modal.
  [INTERACTION.form]: [message, deferredMessage],
  [INTERACTION.autocomplete]: [suggestions],
};

/** By default, responses to interactions notify users only (Message, Allowed Mentions). */
export function senderOf(interaction: Interaction, hidden: boolean): Sender {
  return { channel: interaction.channel, bits: interaction.appBits, byDefault: ['users'], hidden };
}

export function isEphemeral(interaction: Interaction, flags: unknown): boolean {
  return interaction.forcedEphemeral || (Number(flags ?? 0) & messageFlags.ephemeral) !== 0;
}

/** Adds a response to the channel, or for one user. */
export function addResponse(
  context: Context,
  interaction: Interaction,
  text: MessageText,
  hidden: boolean,
): StoredMessage {
  const answer: StoredMessage = {
    ...text,
    flags: text.flags | (hidden ? messageFlags.ephemeral : 0),
    id: context.nextId(),
    channel: interaction.channel,
    author: context.world.bot,
    createdAt: context.clock.now(),
    editedAt: undefined,
    nonce: undefined,
    replyTo: undefined,
    onlyFor: hidden ? interaction.user : undefined,
    interaction: { id: interaction.id, type: interaction.type, user: interaction.user },
    crossposted: false,
    deleted: false,
    earlier: [],
  };
  context.store.add(answer);
  return answer;
}

export function announceResponse(context: Context, answer: StoredMessage): void {
  context.events.emit(answer.onlyFor ? 'ephemeral' : 'message', answer);
}

const LOADING_TEXT: MessageText = {
  content: '',
  embeds: [],
  components: [],
  attachments: [],
  flags: messageFlags.loading,
  pings: { users: [], roles: [], everyone: false },
};

type Respond = (
  context: Context,
  interaction: Interaction,
  data: unknown,
  uploads: readonly Upload[],
) => StoredMessage | undefined;

const respond: Readonly<Record<number, Respond>> = {
  [message](context, interaction, data, uploads) {
    const body: MessageBody = readMessage(data, uploads);
    const hidden = isEphemeral(interaction, body.flags);
    const answer = addResponse(
      context,
      interaction,
      composeNew(context, body, uploads, senderOf(interaction, hidden)),
      hidden,
    );
    interaction.response = message;
    announceResponse(context, answer);
    interaction.show('reply', answer);
    return answer;
  },
  // Only the ephemeral flag counts; Components V2 is set when the response is edited.
  [deferredMessage](context, interaction, data) {
    const hidden = isEphemeral(interaction, isObject(data) ? data['flags'] : 0);
    interaction.response = deferredMessage;
    return addResponse(context, interaction, LOADING_TEXT, hidden);
  },
  [deferredUpdate](_context, interaction) {
    interaction.response = deferredUpdate;
    return interaction.source;
  },
  [updateMessage](context, interaction, data, uploads) {
    const { source } = interaction;
    if (!source) return undefined;
    const body = readMessage(data, uploads, source);
    const sender = senderOf(interaction, source.onlyFor !== undefined);
    const text = composeEdit(context, source, body, uploads, sender);
    context.store.edit(source, text, context.clock.now());
    interaction.response = updateMessage;
    context.events.emit('edit', source);
    interaction.show('update', source);
    return source;
  },
  [suggestions](context, interaction, data) {
    const given = isObject(data) ? data : {};
    checkForm((report) =>
      required(choicesRule(interaction.completes ?? 0))(given['choices'], report.at('data').at('choices')),
    );
    interaction.response = suggestions;
    context.events.emit('suggested', {
      interaction: interaction.id,
      choices: given['choices'] as readonly Choice[],
    });
    return undefined;
  },
  [form](_context, interaction, data) {
    const shown = readModal(data, interaction);
    interaction.response = form;
    interaction.showForm(shown);
    return undefined;
  },
};

function callback({ params, query, body: raw, uploads }: Call, context: Context): Reply {
  const interaction = context.interactions.unanswered(params['id'] ?? '', params['token'] ?? '');
  const body = isObject(raw) ? raw : {};
  checkForm((report) => object({ type: required(oneOf(...CALLBACKS[interaction.type])) })(body, report));
  const type = Number(body['type']);
  const shown = respond[type]?.(context, interaction, body['data'] ?? {}, uploads);
  interaction.original = shown;
  context.events.emit('acknowledged', { interaction: interaction.id, type });
  if (query.get('with_response') !== 'true') return {};
  return {
    body: {
      interaction: {
        id: interaction.id,
        type: interaction.type,
        response_message_id: shown?.id,
        response_message_loading: type === deferredMessage,
        response_message_ephemeral: shown?.onlyFor !== undefined,
      },
      resource: { type, ...(shown && type !== deferredUpdate && { message: messagePayload(shown) }) },
    },
  };
}

export const callbackRoutes: readonly Route[] = [
  { pattern: 'POST /interactions/:id/:token/callback', open: true, handle: callback },
];
