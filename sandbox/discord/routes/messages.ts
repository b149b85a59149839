import type { Call, Context, Reply, Route } from '../context.ts';
import { plainRefusal, refusal } from '../http/api-errors.ts';
import { readMessage } from '../rules/message.ts';
import type { MessageBody } from '../rules/message-body.ts';
import { checkForm, integer, isObject, list, required, snowflake } from '../rules/rules.ts';
import { type MessageText, messagePayload, type StoredMessage } from '../world/message-store.ts';
import { may } from '../world/permissions.ts';
import { timeOf } from '../world/snowflakes.ts';
import { type Access, checkNotArchived, requireSendable, requireViewable } from './channel-access.ts';
import { composeEdit, composeNew, type Sender } from './compose-message.ts';
import { applyPermissions, checkAutoMod, DEFAULT_MENTIONS, postOwnMessage } from './new-message.ts';

const BULK_DELETE_AGE_MS = 14 * 24 * 3_600_000;

function messageIn(context: Context, { channel, bits }: Access, id: string | undefined): StoredMessage {
  const message = context.store.get(channel.id, id ?? '');
  if (!message || message.onlyFor) throw refusal(10008);
  if (channel.guild && !may(bits, 'ReadMessageHistory') && message.author !== context.world.bot)
    throw refusal(50013);
  return message;
}

function referenced(
  context: Context,
  { channel, bits }: Access,
  body: MessageBody,
): StoredMessage | undefined {
  const reference = body.message_reference;
  if (!reference) return undefined;
  if (!may(bits, 'ReadMessageHistory')) throw refusal(160002);
  const found =
    (reference.channel_id ?? channel.id) === channel.id
      ? context.store.get(channel.id, reference.message_id)
      : undefined;
  if (!found && reference.fail_if_not_exists !== false)
    checkForm((report) => report.at('message_reference').fail('REPLIES_UNKNOWN_MESSAGE', 'Unknown message'));
  return found;
}

function sameNonce(context: Context, body: MessageBody): StoredMessage | undefined {
  if (!body.enforce_nonce || body.nonce === undefined || body.nonce === null) return undefined;
  const since = context.clock.now() - context.nonceWindowMs;
  return [...context.store.all()].find(
    ({ nonce, createdAt, deleted, author }) =>
      author === context.world.bot &&
      !deleted &&
      nonce !== undefined &&
      String(nonce) === String(body.nonce) &&
      createdAt >= since,
  );
}

function create({ params, body: raw, uploads }: Call, context: Context): Reply {
  const access = requireSendable(context, params['channel']);
  const body = applyPermissions(readMessage(raw, uploads), access, uploads.length);
  checkAutoMod(raw, access);
  const again = sameNonce(context, body);
  if (again) return created(again);
  const repliedTo = referenced(context, access, body);
  const sender: Sender = { ...access, byDefault: DEFAULT_MENTIONS, repliedTo: repliedTo?.author };
  const message = postOwnMessage(context, composeNew(context, body, uploads, sender), {
    id: context.nextId(),
    channel: access.channel,
    nonce: body.nonce ?? undefined,
    replyTo: repliedTo && { channelId: access.channel.id, messageId: repliedTo.id },
  });
  return created(message);
}

/** Only the response to Create Message contains the nonce (discord.py issue 2451). */
function created(message: StoredMessage): Reply {
  return {
    body: { ...messagePayload(message), ...(message.nonce !== undefined && { nonce: message.nonce }) },
  };
}

/** Without Embed Links, an edit succeeds but drops the embeds (discord-api-docs issue 2601). */
function shown(text: MessageText, body: MessageBody, { channel, bits }: Access): MessageText {
  return body.embeds && channel.guild && !may(bits, 'EmbedLinks') ? { ...text, embeds: [] } : text;
}

function edit({ params, body: raw, uploads }: Call, context: Context): Reply {
  const access = requireViewable(context, params['channel']);
  const message = messageIn(context, access, params['message']);
  if (message.author !== context.world.bot) throw refusal(50005);
  checkNotArchived(access);
  const body = readMessage(raw, uploads, message);
  checkAutoMod(raw, access);
  const text = composeEdit(context, message, body, uploads, { ...access, byDefault: DEFAULT_MENTIONS });
  context.store.edit(message, shown(text, body, access), context.clock.now());
  context.events.emit('edit', message);
  return { body: messagePayload(message) };
}

function remove(context: Context, message: StoredMessage): void {
  context.store.markDeleted(message);
  context.events.emit('delete', message);
}

function bulkDelete({ params, body }: Call, context: Context): Reply {
  const access = requireViewable(context, params['channel']);
  if (!access.channel.guild) throw plainRefusal(403, 'Forbidden');
  if (!may(access.bits, 'ManageMessages')) throw refusal(50013);
  const ids = isObject(body) ? body['messages'] : undefined;
  checkForm((report) => required(list(snowflake))(ids, report.at('messages')));
  const wanted = ids as string[];
  if (wanted.length < 2 || wanted.length > 100) throw refusal(50016);
  if (wanted.some((id) => timeOf(id) < context.clock.now() - BULK_DELETE_AGE_MS)) throw refusal(50034);
  for (const id of wanted) {
    const message = context.store.get(access.channel.id, id);
    if (message) remove(context, message);
  }
  return {};
}

function crosspost({ params }: Call, context: Context): Reply {
  const access = requireViewable(context, params['channel']);
  if (access.channel.kind !== 'announcement') throw refusal(50024);
  const message = messageIn(context, access, params['message']);
  const own = message.author === context.world.bot;
  if (!may(access.bits, own ? 'SendMessages' : 'ManageMessages')) throw refusal(50013);
  if (message.crossposted) throw refusal(40033);
  context.store.markCrossposted(message);
  context.events.emit('crosspost', message);
  return { body: messagePayload(message) };
}

function page({ params, query }: Call, context: Context): Reply {
  const { channel, bits } = requireViewable(context, params['channel']);
  const limit = Number(query.get('limit') ?? 50);
  checkForm((report) => integer({ min: 1, max: 100 })(limit, report.at('limit')));
  // Empty without Read Message History (Message, Get Channel Messages).
  if (!may(bits, 'ReadMessageHistory')) return { body: [] };
  const [before, after] = [query.get('before'), query.get('after')];
  const newestFirst = context.store
    .history(channel.id)
    .filter(({ deleted, onlyFor }) => !deleted && !onlyFor)
    .filter(({ id }) => !before || BigInt(id) < BigInt(before))
    .filter(({ id }) => !after || BigInt(id) > BigInt(after))
    .toReversed();
  const shown = after ? newestFirst.slice(-limit) : newestFirst.slice(0, limit);
  return { body: shown.map((message) => messagePayload(message)) };
}

/** Messages. */
export const messageRoutes: readonly Route[] = [
  { pattern: 'POST /channels/:channel/messages', handle: create },
  { pattern: 'GET /channels/:channel/messages', handle: page },
  { pattern: 'POST /channels/:channel/messages/bulk-delete', handle: bulkDelete },
  {
    pattern: 'GET /channels/:channel/messages/:message',
    handle({ params }, context) {
      const access = requireViewable(context, params['channel']);
      if (!may(access.bits, 'ReadMessageHistory')) throw refusal(50013);
      return { body: messagePayload(messageIn(context, access, params['message'])) };
    },
  },
  { pattern: 'PATCH /channels/:channel/messages/:message', handle: edit },
  {
    pattern: 'DELETE /channels/:channel/messages/:message',
    handle({ params }, context) {
      const access = requireViewable(context, params['channel']);
      const message = messageIn(context, access, params['message']);
      checkNotArchived(access);
      if (message.author !== context.world.bot && !may(access.bits, 'ManageMessages')) throw refusal(50013);
      remove(context, message);
      return {};
    },
  },
  { pattern: 'POST /channels/:channel/messages/:message/crosspost', handle: crosspost },
];
