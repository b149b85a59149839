import type { Call, Context, Reply, Route } from '../context.ts';
import { refusal } from '../http/api-errors.ts';
import { readMessage } from '../rules/message.ts';
import { isObject } from '../rules/rules.ts';
import { CALLBACK, type Interaction } from '../users/interactions.ts';
import { messageFlags } from '../world/flags.ts';
import { messagePayload, type StoredMessage } from '../world/message-store.ts';
import { composeEdit, composeNew } from './compose-message.ts';
import { addResponse, announceResponse, isEphemeral, senderOf } from './interaction-callback.ts';

/** With a user install only (code 40094). */
const MAX_FOLLOWUPS = 5;

function interactionFor({ params }: Call, context: Context): Interaction {
  if (params['application'] !== context.world.applicationId) throw refusal(10015);
  return context.interactions.answered(params['token'] ?? '');
}

function isLoading({ deleted, flags }: StoredMessage): boolean {
  return !deleted && (flags & messageFlags.loading) !== 0;
}

/** `@original`, or a follow-up by id. */
function named(call: Call, interaction: Interaction): StoredMessage {
  const id = call.params['message'];
  const message =
    id === '@original'
      ? interaction.original
      : [interaction.original, ...interaction.followups].find((one) => one?.id === id);
  if (!message || message.deleted) throw refusal(10008);
  return message;
}

/** Completes a deferred response. To the channel it is a new message, not an edit. */
function fill(context: Context, interaction: Interaction, waiting: StoredMessage, call: Call): void {
  const hidden = waiting.onlyFor !== undefined;
  const body = readMessage(call.body, call.uploads);
  const text = composeNew(context, body, call.uploads, senderOf(interaction, hidden));
  context.store.fill(waiting, { ...text, flags: text.flags | (hidden ? messageFlags.ephemeral : 0) });
  announceResponse(context, waiting);
  interaction.show('reply', waiting);
}

function followUp(call: Call, context: Context): Reply {
  const interaction = interactionFor(call, context);
  if (interaction.userInstallOnly && interaction.followups.length >= MAX_FOLLOWUPS) throw refusal(40094);
  // The first follow-up to a pending response replaces it.
  const { original } = interaction;
  if (original && isLoading(original)) {
    fill(context, interaction, original, call);
    return { body: messagePayload(original) };
  }
  const body = readMessage(call.body, call.uploads);
  const hidden = isEphemeral(interaction, isObject(call.body) ? call.body['flags'] : 0);
  const text = composeNew(context, body, call.uploads, senderOf(interaction, hidden));
  const message = addResponse(context, interaction, text, hidden);
  interaction.followups.push(message);
  announceResponse(context, message);
  context.events.emit('followup', message);
  interaction.show('reply', message);
  return { body: messagePayload(message) };
}

function edit(call: Call, context: Context): Reply {
  const interaction = interactionFor(call, context);
  const message = named(call, interaction);
  if (isLoading(message)) {
    fill(context, interaction, message, call);
    return { body: messagePayload(message) };
  }
  const body = readMessage(call.body, call.uploads, message);
  const sender = senderOf(interaction, message.onlyFor !== undefined);
  const text = composeEdit(context, message, body, call.uploads, sender);
  context.store.edit(message, text, context.clock.now());
  context.events.emit('edit', message);
  interaction.show(message === interaction.source ? 'update' : 'reply', message);
  return { body: messagePayload(message) };
}

function remove(call: Call, context: Context): Reply {
  const interaction = interactionFor(call, context);
  const message = named(call, interaction);
  context.store.markDeleted(message);
  context.events.emit('delete', message);
  if (interaction.response === CALLBACK.deferredMessage && message === interaction.original)
    interaction.fail('The application took its answer back');
  return {};
}

/** Everything after the first response to an interaction. */
export const webhookRoutes: readonly Route[] = [
  { pattern: 'POST /webhooks/:application/:token', open: true, handle: followUp },
  {
    pattern: 'GET /webhooks/:application/:token/messages/:message',
    open: true,
    handle: (call, context) => ({
      body: messagePayload(named(call, interactionFor(call, context))),
    }),
  },
  { pattern: 'PATCH /webhooks/:application/:token/messages/:message', open: true, handle: edit },
  { pattern: 'DELETE /webhooks/:application/:token/messages/:message', open: true, handle: remove },
];
